package io.tidemark.cli.status;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.VerdictDetail;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What the newest steps of a pipeline's tables did, read from the run records in one query. */
final class LastRuns {
  private record Key(String step, String table) {}

  /**
   * The newest step of one kind.
   *
   * @param newest the source's time of the newest change that any of them applied
   * @param failing since when all of them have failed; empty if the newest did not
   * @param good the newest that did not fail; empty if all did
   */
  record LastRun(
      String runId,
      Instant startedAt,
      Instant endedAt,
      Optional<String> error,
      Optional<Instant> newest,
      Optional<Instant> failing,
      Optional<GoodRun> good) {}

  /**
   * A step that did not fail.
   *
   * @param detail what it says of the table's version; empty of steps that tell none
   */
  record GoodRun(Instant endedAt, Optional<VerdictDetail> detail) {}

  private final Map<Key, LastRun> runs = new HashMap<>();

  /** Reads them. */
  LastRuns(Lake lake, String pipeline) {
    if (!lake.runs().exists()) {
      return;
    }
    Column good = when(col("error").isNull(), col("ended_at"));
    Column failed =
        when(
            col("error")
                .isNotNull()
                .and(col("ended_at").gt(coalesce(col("good_at"), lit(Instant.EPOCH)))),
            col("ended_at"));
    for (Row row :
        lake.runs()
            .read()
            .filter(col("pipeline").equalTo(pipeline).and(col("table").notEqual("*")))
            .withColumn("good_at", max(good).over(Window.partitionBy("step", "table")))
            .groupBy("step", "table")
            .agg(
                max_by(struct("run_id", "started_at", "ended_at", "error"), col("ended_at"))
                    .as("last"),
                max(col("newest_source_time")).as("newest"),
                min(failed).as("failing"),
                max_by(struct("ended_at", "detail"), good).as("good"))
            .select("step", "table", "last.*", "newest", "failing", "good")
            .collectAsList()) {
      runs.put(new Key(row.getString(0), row.getString(1)), run(row));
    }
  }

  private static LastRun run(Row row) {
    Optional<String> error = Optional.ofNullable(row.getAs("error"));
    return new LastRun(
        row.getAs("run_id"),
        row.getAs("started_at"),
        row.getAs("ended_at"),
        error,
        Optional.ofNullable(row.getAs("newest")),
        error.flatMap(failed -> Optional.ofNullable(row.getAs("failing"))),
        Optional.ofNullable(row.<Row>getAs("good"))
            .map(good -> new GoodRun(good.getAs(0), VerdictDetail.parse(good.getString(1)))));
  }

  /** The newest step of a kind on a table; empty if there was none. */
  Optional<LastRun> of(Step step, String table) {
    return Optional.ofNullable(runs.get(new Key(step.name().toLowerCase(Locale.ROOT), table)));
  }
}
