package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.EventLake.Event;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.GoldJob;
import io.tidemark.merge.MergeJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static CheckedTable checked(TableRef table, String name, Subject subject, Bounds bounds) {
    DatasetCheck check =
        new DatasetCheck(
            name,
            subject,
            bounds,
            Optional.empty(),
            Optional.empty(),
            Severity.ERROR,
            Dimension.VALIDITY);
    return new CheckedTable(table, Optional.empty(), RowRules.NONE, List.of(check));
  }

  private static final ChecksSpec CHECKS =
      new ChecksSpec(
          Optional.empty(),
          Map.of(
              ORDERS,
              checked(
                  ORDERS,
                  "amounts",
                  new Subject.Completeness("amount"),
                  new Bounds(Optional.of(1.0), Optional.empty(), 0)),
              REVENUE,
              checked(
                  REVENUE,
                  "plausible",
                  new Subject.Maximum("total"),
                  new Bounds(Optional.empty(), Optional.of(100.0), 0))));

  private PipelineSpec spec() {
    PipelineSpec read = events.spec();
    return new PipelineSpec(
        read.name(),
        read.lake(),
        read.source(),
        read.tables(),
        read.gold(),
        read.trigger(),
        read.maxBadShare(),
        read.parallelTables(),
        read.file(),
        read.masking(),
        read.database(),
        CHECKS,
        read.redaction());
  }

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

  /** Lands, and runs what follows as a new process does; tells how it ends. */
  private int run(Event... landed) {
    if (landed.length > 0) {
      events.land(landed);
    }
    PipelineSpec spec = spec();
    Lake lake = events.lake();
    RunReport report =
        new RunReport(
            spec,
            PipelineRun.runId(Clock.systemUTC()),
            Clock.systemUTC(),
            PipelineOptions.Format.TEXT);
    RunContext context = report.context(new StopSignal());
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    Checks checks = Checks.of(spec, lake, context, runs);
    new MergeJob(spec, lake, context, runs).run();
    checks.audits().runDue();
    new GoldJob(spec, lake, context, runs, checks.gate()).run(checks.audits().bad());
    return report.finish().code();
  }

  private List<TableStatus> status() {
    return new StatusReader(spec(), events.lake(), Clock.systemUTC())
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
    return new ArrayList<>(
        events.lake().gold("revenue").read().toJSON().collectAsList());
  }

  @Test
  void goldStaysGoodAndStatusTellsWhy(SparkSession spark) throws IOException {
    for (String layer : List.of("bronze", "silver", "gold", "tidemark", "tombstones")) {
      spark.sql("DROP DATABASE IF EXISTS " + layer + " CASCADE");
    }
    Files.writeString(
        folder.resolve("revenue.sql"),
        "select cast(sum(cast(amount as int)) as int) as total from silver.orders");
    events =
        new EventLake(spark, folder, "gold: {revenue: {sql: revenue.sql, key: [total]}}");

    assertThat(run(order(1, 1, "50"))).isZero();
    assertThat(revenue()).containsExactly("{\"total\":50}");
    assertThat(status(ORDERS)).containsEntry("verdict", "pass").containsEntry("state", "ok");
    assertThat(status(REVENUE)).containsEntry("verdict", "pass").containsEntry("state", "ok");

    assertThat(run(order(2, 2, "500"))).as("a bad mart").isEqualTo(3);
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
    assertThat(run()).as("still bad, though nothing has changed").isEqualTo(3);
    assertThat(status(REVENUE)).containsEntry("since", held.get("since"));

    assertThat(run(order(3, 2, "null"))).as("a bad table").isEqualTo(3);
    assertThat(status(ORDERS)).containsEntry("state", "bad").containsEntry("verdict", "fail");
    assertThat(status(REVENUE).get("error"))
        .asString()
        .startsWith("Cannot refresh mart 'revenue': checks of silver.orders fail: amounts: is 0.5");
    System.out.print(TableStatus.text(status()));
    assertThat(run()).as("a bad batch stays bad").isEqualTo(3);
    assertThat(revenue()).containsExactly("{\"total\":50}");

    assertThat(run(order(4, 2, "20"))).isZero();
    assertThat(revenue()).containsExactly("{\"total\":70}");
    assertThat(status(ORDERS)).containsEntry("state", "ok").containsEntry("since", null);
    assertThat(status(REVENUE)).containsEntry("state", "ok").containsEntry("error", null);
  }
}
