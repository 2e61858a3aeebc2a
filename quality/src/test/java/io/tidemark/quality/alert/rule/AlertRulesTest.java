package io.tidemark.quality.alert.rule;

import static io.tidemark.quality.alert.Pipelines.NOW;
import static io.tidemark.quality.alert.Pipelines.ORDERS;
import static io.tidemark.quality.alert.Pipelines.done;
import static io.tidemark.quality.alert.Pipelines.failed;
import static io.tidemark.quality.alert.Pipelines.said;
import static io.tidemark.quality.alert.Pipelines.seen;
import static io.tidemark.quality.alert.Pipelines.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.alert.Pipelines;
import io.tidemark.quality.alert.rule.Observation.End;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What raises an alert, and what ends one: a look that cannot tell ends none. */
class AlertRulesTest {
  @TempDir Path folder;

  private final Past past = new Past();

  private Findings look(String limits, Observation seen) {
    String channel = "channels: {log: {type: file, path: x}}";
    PipelineSpec spec =
        Pipelines.withAlerts(folder, limits.isEmpty() ? channel : limits + ", " + channel);
    seen.steps().forEach(past::add);
    return AlertRules.look(spec, seen, past, NOW);
  }

  private static Observation steps(StepRecord... steps) {
    return new Observation(Set.of(), List.of(steps), List.of(), Optional.empty());
  }

  private static AlertKey blocked(String table, String step) {
    return new AlertKey(AlertKind.BLOCKED, table, step);
  }

  private static AlertKey check(String name) {
    return new AlertKey(AlertKind.CHECK, ORDERS.toString(), name);
  }

  @Test
  void checksSpeakForThemselvesAndNotYetSaysNothing() {
    Findings findings =
        look(
            "",
            seen(
                verdict(
                    said("good", Verdict.PASS),
                    said("odd", Verdict.WARN),
                    said("bad", Verdict.FAIL),
                    said("early", Verdict.NOT_YET))));
    assertThat(findings.conditions())
        .extracting(Condition::key, Condition::severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(check("odd"), Severity.WARN),
            org.assertj.core.groups.Tuple.tuple(check("bad"), Severity.ERROR));
    assertThat(findings.conditions().get(1).message())
        .isEqualTo("Check 'bad' of silver.orders: it is 0 (expected: at least 1)");
    assertThat(findings.judged())
        .accepts(check("good"), check("removed from the file"))
        .rejects(check("early"), AlertKey.of(AlertKind.QUARANTINE, "silver.orders"));
    assertThat(look("", steps()).judged())
        .as("a table that is not checked any more")
        .accepts(check("good"));
  }

  @Test
  void sharesAreCountedOverTheWindowAndNoRowsProveNothing() {
    AlertKey letters = AlertKey.of(AlertKind.DEAD_LETTERS, AlertKey.ALL);
    AlertKey quarantine = AlertKey.of(AlertKind.QUARANTINE, "silver.orders");
    assertThat(look("dead-letters: 10%", steps()).judged()).rejects(letters, quarantine);

    Counts landed = Counts.none().add(Count.READ, 90).add(Count.DEAD_LETTERED, 9);
    Counts merged = Counts.none().add(Count.READ, 1000).add(Count.QUARANTINED, 11);
    Findings findings =
        look(
            "dead-letters: 10%",
            steps(
                done(Step.INGEST, "*", NOW, landed, null, "{}"),
                done(Step.MERGE, "orders", NOW, merged, NOW, "{}")));
    assertThat(findings.conditions())
        .singleElement()
        .isEqualTo(
            new Condition(
                quarantine,
                Severity.WARN,
                "11 of 1,000 changes of orders were quarantined lately, more than 1%",
                "tidemark quarantine list --table orders --pipeline "
                    + folder.resolve("shop.yml")));
    assertThat(findings.judged()).accepts(letters, quarantine);

    Counts worse = Counts.none().add(Count.READ, 10).add(Count.DEAD_LETTERED, 2);
    assertThat(
            look("dead-letters: 10%", steps(done(Step.INGEST, "*", NOW, worse, null, "{}")))
                .conditions())
        .extracting(Condition::message)
        .contains("11 of 100 records could not be decoded lately, more than 10%");
    past.forget(NOW.plusSeconds(1));
    assertThat(look("", steps()).judged()).rejects(letters, quarantine);
  }

  @Test
  void aTableIsAsOldAsItsNewestChangeOrAsThePipeline() {
    Instant old = NOW.minus(Duration.ofMinutes(61));
    assertThat(look("freshness: 1h", steps()).conditions()).as("never ran").isEmpty();
    past.began(old);
    past.applied("audit", old);
    past.applied("users", NOW);
    assertThat(look("freshness: 1h, table-freshness: {audit: 2h, typo: 5m}", steps()).conditions())
        .extracting(Condition::message)
        .containsExactly(
            "Nothing has come to silver.orders since 2026-02-03T03:04:06Z, which is 1h01m ago;"
                + " it may be 1h00m",
            "Nothing has come to silver.typo since 2026-02-03T03:04:06Z, which is 1h01m ago;"
                + " it may be 5m00s");
    StepRecord merged = done(Step.MERGE, "orders", NOW, Counts.none(), NOW.minusSeconds(60), "");
    Findings findings = look("freshness: 1h, table-freshness: {audit: 0s}", steps(merged));
    assertThat(findings.conditions()).isEmpty();
    assertThat(findings.judged()).accepts(AlertKey.of(AlertKind.FRESHNESS, "silver.orders"));
    assertThat(look("freshness: 61m", steps()).conditions()).as("at the limit").isEmpty();
  }

  @Test
  void aFailedStepBlocksItsTableUntilItWorksOrAWholePassSaysSo() {
    Counts none = Counts.none();
    Findings findings =
        look(
            "",
            steps(
                failed(Step.MERGE, "orders", "No room\nat all"),
                failed(Step.GOLD, "revenue", "Key is not unique"),
                failed(Step.INGEST, "users", "Log ran backwards"),
                done(Step.GOLD, "revenue", NOW, none, null, "3"),
                done(Step.INGEST, "*", NOW, none, null, "{\"tables\":[\"audit\"]}")));
    assertThat(findings.conditions())
        .extracting(Condition::message)
        .containsExactly(
            "silver.orders stays as it was: No room",
            "bronze.users stays as it was: Log ran backwards");
    assertThat(findings.conditions().get(0).remedy()).isEqualTo("tidemark fix it");
    assertThat(findings.judged())
        .accepts(blocked("gold.revenue", "gold"), blocked("bronze.audit", "ingest"))
        .rejects(
            blocked("silver.users", "merge"),
            blocked("bronze.users", "ingest"),
            blocked("history.orders", "history"));

    Observation pass = new Observation(Set.of(Step.MERGE), List.of(), List.of(), Optional.empty());
    assertThat(look("", pass).judged())
        .accepts(blocked("silver.orders", "merge"))
        .rejects(blocked("silver.orders", "sweep"), blocked("bronze.orders", "ingest"));
  }

  @Test
  void aRunThatFailedIsToldWithItsRemedyAndEndsWithOneThatDoesAsMuch() {
    AlertKey run = new AlertKey(AlertKind.RUN, AlertKey.ALL, "ingest");
    Exception known =
        new IllegalStateException(Errors.unavailable("Cannot reach Kafka", "Start it", null));
    assertThat(look("", Observation.ofFailure("ingest", known)).conditions())
        .containsExactly(
            new Condition(
                run,
                Severity.ERROR,
                "tidemark ingest ended before it was done: Cannot reach Kafka",
                "Start it"));
    assertThat(look("", Observation.ofFailure("run", new OutOfMemoryError("heap"))).conditions())
        .extracting(Condition::message)
        .containsExactly(
            "tidemark run ended before it was done: unexpected error:"
                + " java.lang.OutOfMemoryError: heap");
    assertThat(ended("merge").judged()).rejects(run);
    assertThat(ended("run", "ingest").judged()).accepts(run);
  }

  private Findings ended(String... verbs) {
    return look(
        "",
        new Observation(Set.of(), List.of(), List.of(), Optional.of(new End.Done(Set.of(verbs)))));
  }
}
