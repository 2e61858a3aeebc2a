package io.tidemark.quality.alert;

import static io.tidemark.quality.alert.Pipelines.NOW;
import static io.tidemark.quality.alert.Pipelines.done;
import static io.tidemark.quality.alert.Pipelines.failed;
import static io.tidemark.quality.alert.Pipelines.said;
import static io.tidemark.quality.alert.Pipelines.seen;
import static io.tidemark.quality.alert.Pipelines.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.http.WebhookServer;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.alert.channel.Courier;
import io.tidemark.quality.alert.channel.Patience;
import io.tidemark.quality.alert.rule.Observation;
import io.tidemark.quality.alert.rule.Observation.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Alerts from one process to the next, with a lake, servers that fail, and processes that die. */
@ExtendWith(SharedSpark.class)
class AlertsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Patience QUICK =
      new Patience(2, Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
  private static final Observation BAD = seen(verdict(said("c", Verdict.FAIL)));
  private static final Observation GOOD = seen(verdict(said("c", Verdict.PASS)));

  @TempDir Path folder;

  private static Observation seen(TableVerdict... verdicts) {
    return new Observation(Set.of(), List.of(), List.of(verdicts), Optional.empty());
  }

  private Lake lake(SparkSession spark) {
    return Lake.at(spark, folder.resolve("lake").toString());
  }

  /** A process that knows nothing but the file and the lake. */
  private Alerts process(SparkSession spark, String alerts, Instant now) {
    PipelineSpec spec = Pipelines.withAlerts(folder, alerts);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new Alerts(
        spec,
        lake(spark),
        clock,
        "run-2",
        new Deliveries(spec.name(), spec.alerts(), clock, QUICK));
  }

  private String toFile() {
    return "log: {type: file, path: " + folder.resolve("alerts.jsonl") + "}";
  }

  /** The events that the file was told. */
  private List<String> told() throws Exception {
    List<String> events = new ArrayList<>();
    Path file = folder.resolve("alerts.jsonl");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode notice = JSON.readTree(line);
        events.add(notice.get("event").asText() + " " + notice.get("kind").asText());
      }
    }
    return events;
  }

  @Test
  void aChannelThatFailsHoldsNoOtherUpAndHearsOfItFromTheNextProcess(SparkSession spark)
      throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      String channels = "channels: {chat: " + server.channel() + ", " + toFile() + "}";
      server.answer(500, 500);
      Alerts first = process(spark, channels, NOW);
      assertThat(first.evaluate(BAD))
          .containsExactly(
              "Cannot tell channel 'chat' of an alert (ERROR shop silver.orders: check (c)):"
                  + " HTTP status 500: no");
      assertThat(told()).containsExactly("raised check");
      assertThat(first.evaluate(BAD)).as("the channel is left alone for a while").isEmpty();
      assertThat(server.received()).hasSize(2);
      Alert waiting = log(spark).get(0);
      assertThat(waiting.deliveries().get("chat").error()).isEqualTo("HTTP status 500: no");
      assertThat(waiting.deliveries().get("log").owed()).isEmpty();

      long version = lake(spark).alerts().version();
      assertThat(process(spark, channels, NOW.plusSeconds(60)).evaluate(BAD)).isEmpty();
      assertThat(server.received()).hasSize(3);
      assertThat(told()).containsExactly("raised check");
      assertThat(lake(spark).alerts().version()).as("that it was told").isEqualTo(version + 1);

      Alerts third = process(spark, channels, NOW.plusSeconds(120));
      third.evaluate(BAD);
      assertThat(lake(spark).alerts().version()).as("nothing changed").isEqualTo(version + 1);
      third.evaluate(GOOD);
      assertThat(told()).containsExactly("raised check", "resolved check");
      assertThat(server.received().get(3)).contains("RESOLVED", "From 2026-02-03T04:05:06Z");
      assertThat(log(spark)).isEmpty();
      process(spark, channels, NOW.plusSeconds(180)).evaluate(BAD);
      assertThat(told()).containsExactly("raised check", "resolved check", "raised check");
      assertThat(lake(spark).alerts().read().toJSON().collectAsList().toString())
          .doesNotContain("hunter");
    }
  }

  private List<Alert> log(SparkSession spark) {
    return List.copyOf(new AlertLog(lake(spark), "shop").current().values());
  }

  /** An end of the process that nothing catches. */
  private static final class CutOff extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aProcessThatDiesBeforeItNotedThatItToldTellsAgain(SparkSession spark) throws Exception {
    String channels = "channels: {" + toFile() + "}";
    PipelineSpec spec = Pipelines.withAlerts(folder, channels);
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Deliveries cutOff =
        new Deliveries(
            spec.name(),
            spec.alerts(),
            clock,
            channel ->
                notice -> {
                  new Courier(channel, QUICK).deliver(notice);
                  throw new CutOff();
                });
    Alerts dying = new Alerts(spec, lake(spark), clock, "run-2", cutOff);
    Observation failure = Observation.ofFailure("run", new IllegalStateException("boom"));
    assertThatThrownBy(() -> dying.evaluate(failure)).isInstanceOf(CutOff.class);
    assertThat(told()).containsExactly("raised run");

    Alerts next = process(spark, channels, NOW);
    next.evaluate(seen());
    assertThat(told())
        .as("the next process tells of it, even if it has nothing to look at")
        .containsExactly("raised run", "raised run");
    next.evaluate(seen());
    assertThat(told()).hasSize(2);
  }

  @Test
  void runsAreLookedAtWithWhatEarlierOnesDid(SparkSession spark) throws Exception {
    String alerts = "freshness: 1h, channels: {" + toFile() + "}";
    Instant hourAgo = NOW.minus(Duration.ofMinutes(50));
    StepRecord early =
        new StepRecord(
            "run-1",
            "shop",
            Step.MERGE,
            "orders",
            hourAgo,
            hourAgo,
            Counts.none()
                .add(StepRecord.Count.READ, 10)
                .add(StepRecord.Count.INSERTED, 9)
                .add(StepRecord.Count.QUARANTINED, 1),
            Optional.of(hourAgo),
            "",
            ExitCode.DONE,
            Optional.empty());
    new RunLog(spark, lake(spark).runs()).store(List.of(early), List.of());
    Observation blocked =
        new Observation(
            Set.of(Step.MERGE),
            List.of(failed(Step.MERGE, "users", "It does not fit")),
            List.of(),
            Optional.empty());
    Alerts first = process(spark, alerts, NOW);
    first.evaluate(blocked);
    assertThat(told()).containsExactlyInAnyOrder("raised quarantine", "raised blocked");

    process(spark, alerts, NOW.plus(Duration.ofMinutes(30)))
        .evaluate(Observation.ofFailure("run", new IllegalStateException("boom")));
    assertThat(told()).hasSize(4).contains("raised freshness", "raised run");

    Instant later = NOW.plus(Duration.ofMinutes(31));
    Counts merged =
        Counts.none().add(StepRecord.Count.READ, 500).add(StepRecord.Count.INSERTED, 500);
    Observation good =
        new Observation(
            Set.of(Step.MERGE),
            List.of(done(Step.MERGE, "orders", later, merged, later, "")),
            List.of(),
            Optional.of(new End.Done(Set.of("run"))));
    process(spark, alerts, later).evaluate(good);
    assertThat(told().subList(4, 8))
        .containsExactlyInAnyOrder(
            "resolved freshness", "resolved run", "resolved blocked", "resolved quarantine");
    assertThat(log(spark)).isEmpty();
  }

  @Test
  void aLakeThatTakesNoNotesIsToldOfToo(SparkSession spark) throws Exception {
    Path own = Files.createDirectories(folder.resolve("lake/_tidemark"));
    Files.writeString(own.resolve("alerts"), "in the way");
    Alerts alerts = process(spark, "channels: {" + toFile() + "}", NOW);
    assertThat(alerts.evaluate(BAD)).first().asString().startsWith("Cannot keep the alerts");
    assertThat(told()).containsExactlyInAnyOrder("raised check", "raised run");
    alerts.evaluate(BAD);
    assertThat(told()).as("once for a process").hasSize(2);
  }
}
