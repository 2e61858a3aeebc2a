package io.tidemark.quality.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.deequ.Reasons;
import io.tidemark.quality.deequ.Surprise;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Turns what was measured into what it means. */
final class Judgement {
  /** A deviation of one value is none. */
  private static final int LEAST_FOR_DEVIATION = 2;

  private final TableRef table;
  private final Instant now;

  Judgement(TableRef table, Instant now) {
    this.table = table;
    this.now = now;
  }

  /** What a check says; one that could not be computed fails, whatever its severity. */
  CheckResult of(DatasetCheck check, Outcome outcome, History history) {
    if (outcome instanceof Outcome.Nothing its) {
      return result(check, Verdict.NOT_YET, OptionalDouble.empty(), its.reason());
    } else if (outcome instanceof Outcome.Failed its) {
      return result(
          check, Verdict.FAIL, OptionalDouble.empty(), "could not be computed: " + its.reason());
    }
    return ofValue(check, (Outcome.Value) outcome, history);
  }

  private CheckResult ofValue(DatasetCheck check, Outcome.Value measured, History history) {
    double value = measured.value();
    if (Double.isNaN(value)) {
      return result(
          check, broken(check.severity()), OptionalDouble.empty(), "the measure is not a number");
    }
    OptionalDouble found = OptionalDouble.of(value);
    if (!check.bounds().hold(value)) {
      String detail = measured.detail().isEmpty() ? "" : ": " + measured.detail();
      return result(
          check,
          broken(check.severity()),
          found,
          "is " + Numbers.text(check.subject(), value) + detail);
    }
    if (check.anomaly().isEmpty()) {
      return result(check, Verdict.PASS, found, "");
    }
    return compared(check, value, check.anomaly().get(), history);
  }

  private CheckResult compared(DatasetCheck check, double value, Anomaly anomaly, History history) {
    OptionalDouble found = OptionalDouble.of(value);
    List<Double> earlier = history.values(anomaly, now);
    int needed = needed(anomaly);
    if (earlier.size() < needed) {
      return result(
          check,
          Verdict.NOT_YET,
          found,
          "%d earlier values to compare with, %d are needed".formatted(earlier.size(), needed));
    }
    try {
      return Surprise.is(anomaly, earlier, value)
          ? result(check, broken(check.severity()), found, surprise(check, value, earlier))
          : result(check, Verdict.PASS, found, "");
    } catch (RuntimeException e) {
      return result(check, Verdict.FAIL, found, "could not be compared: " + Reasons.of(e));
    }
  }

  private static int needed(Anomaly anomaly) {
    if (anomaly instanceof Anomaly.Deviation its) {
      return Math.max(its.minHistory(), LEAST_FOR_DEVIATION);
    } else if (anomaly instanceof Anomaly.Weekday its) {
      return Math.max(its.minHistory(), LEAST_FOR_DEVIATION);
    }
    return 1;
  }

  private static String surprise(DatasetCheck check, double value, List<Double> earlier) {
    double last = earlier.get(earlier.size() - 1);
    return "is %s after %s"
        .formatted(Numbers.text(check.subject(), value), Numbers.text(check.subject(), last));
  }

  private static Verdict broken(Severity severity) {
    return severity == Severity.WARN ? Verdict.WARN : Verdict.FAIL;
  }

  /** What a row rule says of all rows together. */
  CheckResult of(RowRule rule, OnQuarantine onQuarantine, Outcome outcome) {
    boolean shown = rule.action() == RowRule.Action.QUARANTINE && onQuarantine == OnQuarantine.FLAG;
    Severity severity =
        shown || rule.action() == RowRule.Action.WARN ? Severity.WARN : Severity.ERROR;
    Verdict verdict = Verdict.PASS;
    OptionalDouble value = OptionalDouble.empty();
    String message = "";
    if (outcome instanceof Outcome.Value its) {
      value = OptionalDouble.of(its.value());
      if (its.value() < 1) {
        verdict = broken(severity);
        message = Numbers.percent(1 - its.value()) + " of the rows break it";
      }
    } else if (outcome instanceof Outcome.Nothing its) {
      verdict = Verdict.NOT_YET;
      message = its.reason();
    } else if (outcome instanceof Outcome.Failed its) {
      verdict = Verdict.FAIL;
      message = "could not be computed: " + its.reason();
    }
    return new CheckResult(
        table, rule.name(), rule.dimension(), severity, verdict, value, "every row", message);
  }

  private CheckResult result(
      DatasetCheck check, Verdict verdict, OptionalDouble value, String message) {
    return new CheckResult(
        table,
        check.name(),
        check.dimension(),
        check.severity(),
        verdict,
        value,
        Expectation.of(check),
        message);
  }
}
