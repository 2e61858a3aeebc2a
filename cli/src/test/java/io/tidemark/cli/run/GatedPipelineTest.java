package io.tidemark.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.TidemarkCommand;
import io.tidemark.cli.fixture.EventLake;
import io.tidemark.cli.fixture.EventLake.Event;
import io.tidemark.cli.status.SourceLag;
import io.tidemark.cli.status.StatusReader;
import io.tidemark.cli.status.TableStatus;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.GoldJob;
import io.tidemark.merge.MergeJob;
import io.tidemark.merge.MergeOutcome;
import io.tidemark.quality.gate.TableAudits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline with checks, from the change to what status says. */
@ExtendWith(SharedSpark.class)
final class GatedPipelineTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final TableRef REVENUE = new TableRef(Layer.GOLD, "revenue");

  @TempDir private Path folder;

  private EventLake events;

  private static Event order(long offset, int id, String amount) {
    return EventLake.change(
        "orders",
        offset,
        offset,
        "u",
        "{\"id\":%d}".formatted(id),
        null,
        "{\"id\":%d,\"amount\":%s}".formatted(id, amount));
  }

  /** The jobs of a new process. */
  private record Jobs(
      RunReport report, RunContext context, MergeJob merge, TableAudits audits, GoldJob gold) {}

  private Jobs jobs(Consumer<StepRecord> listener) {
    PipelineSpec spec = events.spec();
    Lake lake = events.lake();
    Clock clock = Clock.systemUTC();
    String runId = RunIds.next(clock);
    RunReport report = new RunReport(spec, runId, clock, PipelineOptions.Format.TEXT);
    RunContext printed = report.context(new StopSignal());
    RunContext context =
        new RunContext(
            runId, spec.name(), clock, printed.stop(), printed.listener().andThen(listener));
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    Checks checks = Checks.of(spec, lake, context, runs);
    return new Jobs(
        report,
        context,
        new MergeJob(spec, lake, context, runs),
        checks.audits(),
        new GoldJob(spec, lake, context, runs, checks.gate()));
  }

  /** Lands, and does what follows once; tells how it ends. */
  private int run(Event... landed) {
    if (landed.length > 0) {
      events.land(landed);
    }
    Jobs jobs = jobs(step -> {});
    jobs.merge().run();
    jobs.audits().runDue();
    jobs.gold().run(jobs.audits().bad());
    return jobs.report().finish().code();
  }

  /** The same by a run that goes on, until it has tried the mart. */
  private int runOn(Event... landed) throws InterruptedException {
    events.land(landed);
    CountDownLatch tried = new CountDownLatch(1);
    Jobs jobs =
        jobs(
            step -> {
              if (step.step() == Step.GOLD) {
                tried.countDown();
              }
            });
    DeleteSweeps none =
        new DeleteSweeps(
            events.spec(),
            events.lake(),
            jobs.context(),
            new RunLog(events.lake().spark(), events.lake().runs()));
    MergeLoop loop =
        new MergeLoop(
            jobs.merge()::run,
            none,
            jobs.audits(),
            gold(jobs),
            jobs.context().stop(),
            Duration.ofMillis(50));
    loop.start();
    assertThat(tried.await(2, TimeUnit.MINUTES)).isTrue();
    jobs.context().stop().request();
    loop.join();
    return jobs.report().finish().code();
  }

  private static MergeLoop.Gold gold(Jobs jobs) {
    return new MergeLoop.Gold() {
      @Override
      public MergeOutcome refresh() {
        jobs.audits().runDue();
        return jobs.gold().run(jobs.audits().bad());
      }

      @Override
      public boolean isBehind() {
        return jobs.gold().isBehind();
      }
    };
  }

  private List<TableStatus> status() {
    return new StatusReader(events.spec(), events.lake(), Clock.systemUTC())
        .tables(new SourceLag.Unknown());
  }

  private Map<String, Object> status(TableRef table) {
    return status().stream()
        .filter(one -> one.table().equals(table.toString()))
        .findFirst()
        .orElseThrow()
        .asMap();
  }

  private List<String> revenue() {
    return events.lake().gold("revenue").read().toJSON().collectAsList();
  }

  private void openLake(SparkSession spark) throws IOException {
    for (String layer : List.of("bronze", "silver", "gold", "tidemark", "tombstones")) {
      spark.sql("DROP DATABASE IF EXISTS " + layer + " CASCADE");
    }
    Files.writeString(
        folder.resolve("revenue.sql"),
        "select cast(sum(cast(amount as int)) as int) as total from silver.orders");
    Files.writeString(
        folder.resolve("checks.yml"),
        """
        tables:
          silver.orders:
            checks:
              amounts: {type: completeness, column: amount}
          gold.revenue:
            checks:
              plausible: {type: max, column: total, at-most: 100}
        """);
    events =
        new EventLake(
            spark,
            folder,
            "checks: checks.yml",
            "gold: {revenue: {sql: revenue.sql, key: [total]}}");
  }

  @Test
  void goldStaysGoodAndStatusTellsWhy(SparkSession spark) throws IOException, InterruptedException {
    openLake(spark);
    assertThat(run(order(1, 1, "50"))).isZero();
    assertThat(revenue()).containsExactly("{\"total\":50}");
    assertThat(status(ORDERS)).containsEntry("verdict", "pass").containsEntry("state", "ok");
    assertThat(status(REVENUE)).containsEntry("verdict", "pass").containsEntry("state", "ok");

    assertThat(runOn(order(2, 2, "500"))).as("a bad mart").isEqualTo(3);
    assertThat(revenue()).containsExactly("{\"total\":50}");
    Map<String, Object> held = status(REVENUE);
    assertThat(held)
        .containsEntry("state", "held")
        .containsEntry("verdict", "pass")
        .containsEntry("last_good_version", 0L);
    assertThat(held.get("failed_checks"))
        .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
        .singleElement()
        .satisfies(check -> assertThat(check).containsEntry("check", "plausible"))
        .satisfies(check -> assertThat(check).containsEntry("value", 550.0))
        .satisfies(check -> assertThat(check).containsEntry("expected", "at most 100"));

    assertThat(run(order(4, 2, "20"))).isZero();
    assertThat(revenue()).containsExactly("{\"total\":70}");
    assertThat(status(REVENUE)).containsEntry("state", "ok").containsEntry("error", null);

    assertThat(run(order(5, 2, "null"))).as("a bad table").isEqualTo(3);
    assertThat(run()).as("a bad batch stays bad").isEqualTo(3);
    assertThat(revenue()).containsExactly("{\"total\":70}");
    String text = TableStatus.text(status());
    assertThat(text)
        .contains("amounts: is 0.5, expected at least 1")
        .contains("Cannot refresh mart 'revenue': checks of silver.orders fail: amounts: is 0.5")
        .contains("last good (version ");
    theVerbSaysTheSame();
    checksThatCannotBeMadeStopARun();
  }

  /** Before anything is merged or judged. */
  private void checksThatCannotBeMadeStopARun() throws IOException {
    Files.writeString(
        folder.resolve("checks.yml"),
        "tables: {silver.orders: {checks: {c: {type: completeness, column: amuont}}}}");
    Called merge = Called.with("merge", "--pipeline", events.spec().file().toString());
    assertThat(merge.exit()).isEqualTo(2);
    assertThat(merge.err()).contains("checks.yml").contains("amuont").contains("amount");
  }

  /** Ends Spark, as a process does. */
  private void theVerbSaysTheSame() {
    String file = events.spec().file().toString();
    Called quality = Called.with("quality", "--pipeline", file);
    assertThat(quality.exit()).as(quality.err()).isEqualTo(3);
    assertThat(quality.out())
        .contains("silver.orders: FAIL, version ")
        .contains("  FAIL     amounts  is 0.5, expected at least 1")
        .contains("gold.revenue: pass, version ")
        .contains("  pass     plausible  70, expected at most 100");
  }

  @Test
  void theVerbRefusesWhatHasNoChecks() throws IOException {
    Files.writeString(
        folder.resolve("checks.yml"),
        "tables: {silver.orders: {checks: {n: {type: size, at-least: 1}}}}");
    String base = "pipeline: p\nlake: l\nsource: {type: files, path: /e}\n";
    Path bare = Files.writeString(folder.resolve("bare.yml"), base);
    Path file = Files.writeString(folder.resolve("p.yml"), base + "checks: checks.yml\n");

    assertThat(Called.with("quality").err()).contains("Missing required option: '--pipeline=FILE'");
    assertThat(Called.with("quality", "--pipeline", bare.toString()))
        .satisfies(call -> assertThat(call.exit()).isEqualTo(2))
        .satisfies(call -> assertThat(call.err()).contains("it declares no checks"));
    for (String[] option :
        List.of(new String[] {"--table", "users"}, new String[] {"--layer", "gold"})) {
      assertThat(Called.with("quality", "--pipeline", file.toString(), option[0], option[1]))
          .satisfies(call -> assertThat(call.exit()).isEqualTo(2))
          .satisfies(call -> assertThat(call.err()).contains("Name one of [silver.orders]"));
    }
  }

  /** A call of the command. */
  private record Called(int exit, String out, String err) {
    static Called with(String... arguments) {
      PrintStream out = System.out;
      PrintStream err = System.err;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      ByteArrayOutputStream complained = new ByteArrayOutputStream();
      try {
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
        int exit = TidemarkCommand.execute(Map.of(), arguments);
        return new Called(exit, printed.toString(UTF_8), complained.toString(UTF_8));
      } finally {
        System.setOut(out);
        System.setErr(err);
      }
    }
  }
}
