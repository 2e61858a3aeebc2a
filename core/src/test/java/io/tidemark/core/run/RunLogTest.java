package io.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RunLogTest {
  private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant ENDED = Instant.parse("2026-03-01T10:00:07.123456Z");
  private static final Instant NEWEST = Instant.parse("2026-03-01T09:59:59.000001Z");
  private static final RunContext CONTEXT =
      new RunContext(
          "run-1", "shop", Clock.fixed(ENDED, ZoneOffset.UTC), new StopSignal(), record -> {});

  @TempDir private Path folder;
  private RunLog log;

  @BeforeEach
  void openLog(SparkSession spark) {
    log = new RunLog(spark, LakeTables.at(spark, folder.resolve("runs").toString()));
  }

  private static StepRecord ingested(long read, long landed) {
    Counts counts = new Counts().add(Count.READ, read).add(Count.LANDED, landed);
    return CONTEXT.done(Step.INGEST, "*", STARTED, counts, Optional.of(NEWEST), "{}");
  }

  @Test
  void keepsRecordsAndTokensInOneCommit(SparkSession spark) {
    StepRecord failed =
        CONTEXT.failed(Step.MERGE, "orders", STARTED, Errors.dataLoss("It broke", "Mend it"));

    log.store(List.of(ingested(5, 5), failed), List.of(new CommitToken("t", -1, 5)));

    assertThat(log.table().version()).isEqualTo(1);
    assertThat(log.table().tokens("")).isEqualTo(Map.of("t", 5L));
    List<Row> rows = log.table().read().orderBy("step").collectAsList();
    assertThat(rows).hasSize(2);
    assertRow(
        rows.get(0),
        Map.of("run_id", "run-1", "pipeline", "shop", "step", "ingest", "table", "*"),
        Map.of("started_at", STARTED, "ended_at", ENDED, "newest_source_time", NEWEST),
        Map.of("rows_read", 5L, "rows_landed", 5L, "rows_ignored", 0L, "exit_code", 0));
    assertThat(rows.get(0).<String>getAs("error")).isNull();
    assertRow(
        rows.get(1),
        Map.of("step", "merge", "table", "orders", "error", "It broke"),
        Map.of("exit_code", 5, "rows_read", 0L));
    assertThat(rows.get(1).<Instant>getAs("newest_source_time")).isNull();
  }

  @SafeVarargs
  private static void assertRow(Row row, Map<String, ?>... expected) {
    for (Map<String, ?> values : expected) {
      values.forEach(
          (name, value) -> assertThat(row.<Object>getAs(name)).as(name).isEqualTo(value));
    }
  }

  @Test
  void refusesRecordsThatDoNotAddUpAndStoresNoneOfThem() {
    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () ->
                log.store(
                    List.of(ingested(5, 5), ingested(5, 4)),
                    List.of(new CommitToken("t", CommitToken.NONE, 5))));

    assertThat(error)
        .hasMessage("Cannot account for all rows of INGEST of *: {READ=5, LANDED=4}")
        .extracting(TidemarkException::exitCode)
        .isEqualTo(ExitCode.UNEXPECTED);
    assertThat(error.remedy()).contains("Report this as a bug", "nothing was lost");
    assertThat(log.table().version()).isZero();
    assertThat(log.table().tokens("")).isEmpty();
  }

  @Test
  void openingItAgainKeepsWhatIsThere(SparkSession spark) {
    log.store(List.of(ingested(1, 1)), List.of());

    RunLog again = new RunLog(spark, LakeTables.at(spark, log.table().path()));

    assertThat(again.table().read().count()).isEqualTo(1);
  }
}
