package io.tidemark.quality.alert;

import io.tidemark.core.check.Severity;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.alert.Deliveries.Told;
import io.tidemark.quality.alert.channel.Patience;
import io.tidemark.quality.alert.rule.AlertKey;
import io.tidemark.quality.alert.rule.AlertRules;
import io.tidemark.quality.alert.rule.Condition;
import io.tidemark.quality.alert.rule.Findings;
import io.tidemark.quality.alert.rule.Observation;
import io.tidemark.quality.alert.rule.Past;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises alerts of a pipeline, and says when they are over.
 *
 * <p>What channels are owed is stored before they are told, and that they were told after it. A
 * process that is cut off in between tells them twice, never not at all. For one thread.
 */
public final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final AlertKey ITSELF = new AlertKey(AlertKind.RUN, AlertKey.ALL, "alerts");

  private final PipelineSpec spec;
  private final Clock clock;
  private final String runId;
  private final RunHistory history;
  private final AlertLog log;
  private final Deliveries deliveries;

  /** What this process told channels that it could not note. */
  private final Map<AlertKey, Alert> unstored = new LinkedHashMap<>();

  private Past past;

  /**
   * The alerts of a pipeline, for the length of a run.
   *
   * @param runId the run whose steps are handed in; those of others are read from the lake
   */
  public Alerts(PipelineSpec spec, Lake lake, Clock clock, String runId) {
    this(spec, lake, clock, runId, usual(spec, clock));
  }

  Alerts(PipelineSpec spec, Lake lake, Clock clock, String runId, Deliveries deliveries) {
    this.spec = spec;
    this.clock = clock;
    this.runId = runId;
    // Delta takes the commit token from the session's settings.
    Lake own = lake.with(SparkSessions.forTable(lake.spark()));
    this.history = new RunHistory(own, spec.name());
    this.log = new AlertLog(own, spec.name());
    this.deliveries = deliveries;
  }

  private static Deliveries usual(PipelineSpec spec, Clock clock) {
    return new Deliveries(spec.name(), spec.alerts(), clock, Patience.USUAL);
  }

  /**
   * Looks at what was observed, tells the channels, and notes that they were told. Does nothing for
   * a pipeline without channels.
   *
   * @return what went wrong with that, for people, one line each: a channel that took nothing, a
   *     lake that takes no notes; no exception is thrown for either
   */
  public List<String> evaluate(Observation seen) {
    if (spec.alerts().channels().isEmpty()) {
      return List.of();
    }
    Findings findings = new Findings(List.of(), key -> false);
    try {
      findings = AlertRules.look(spec, seen, past(seen), clock.instant());
      return problems(tell(findings));
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      LOG.error("Cannot evaluate the alerts of pipeline '{}'", spec.name(), e);
      return withoutState(spec, deliveries, clock, findings, e, unstored);
    }
  }

  private Past past(Observation seen) {
    Instant from = clock.instant().minus(spec.alerts().window());
    if (past == null) {
      past = history.before(runId, from);
    }
    seen.steps().forEach(past::add);
    past.forget(from);
    return past;
  }

  private List<Told> tell(Findings findings) {
    Map<AlertKey, Alert> alerts =
        log.update(known -> AlertState.next(spec.alerts(), known, findings, clock.instant()));
    List<Told> told = deliveries.send(List.copyOf(alerts.values()));
    if (!told.isEmpty()) {
      log.update(applied(told, clock.instant()));
    }
    return told;
  }

  private static UnaryOperator<Map<AlertKey, Alert>> applied(List<Told> told, Instant now) {
    return known -> {
      Map<AlertKey, Alert> next = new LinkedHashMap<>(known);
      told.forEach(
          one -> next.computeIfPresent(one.alert(), (key, alert) -> one.appliedTo(alert, now)));
      return next;
    };
  }

  private static List<String> problems(List<Told> told) {
    List<String> problems = new ArrayList<>();
    for (Told one : told) {
      if (one.failed()) {
        problems.add(
            "Cannot tell channel '%s' of an alert (%s): %s"
                .formatted(one.channel(), one.notice().headline(), one.answer().text()));
      }
    }
    return problems.stream().distinct().toList();
  }

  /**
   * Tells of a run that failed before its lake could be opened: of that without knowing who was
   * told before.
   *
   * @return what went wrong with that, for people, one line each
   */
  public static List<String> withoutLake(
      PipelineSpec spec, Clock clock, String verb, Throwable failure, Exception noLake) {
    if (spec.alerts().channels().isEmpty()) {
      return List.of();
    }
    Findings findings =
        AlertRules.look(spec, Observation.ofFailure(verb, failure), new Past(), clock.instant());
    return withoutState(spec, usual(spec, clock), clock, findings, noLake, new LinkedHashMap<>());
  }

  /**
   * Who cannot remember whom it told tells again rather than not at all, but once for a process.
   */
  private static List<String> withoutState(
      PipelineSpec spec,
      Deliveries deliveries,
      Clock clock,
      Findings findings,
      Exception why,
      Map<AlertKey, Alert> unstored) {
    String problem =
        "Cannot keep the alerts of pipeline '%s': %s"
            .formatted(
                spec.name(),
                TidemarkException.in(why)
                    .map(Throwable::getMessage)
                    .orElse("unexpected error " + why.getClass().getName()));
    List<Condition> conditions = new ArrayList<>(findings.conditions());
    conditions.add(
        new Condition(
            ITSELF, Severity.ERROR, problem, "tidemark alerts list --pipeline " + spec.file()));
    Findings open = new Findings(conditions, key -> false);
    Map<AlertKey, Alert> next = AlertState.next(spec.alerts(), unstored, open, clock.instant());
    List<Told> told = deliveries.send(List.copyOf(next.values()));
    unstored.putAll(applied(told, clock.instant()).apply(next));
    List<String> lines = new ArrayList<>(List.of(problem));
    lines.addAll(problems(told));
    return lines;
  }
}
