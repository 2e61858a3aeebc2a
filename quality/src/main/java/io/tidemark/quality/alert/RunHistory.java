package io.tidemark.quality.alert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.quality.alert.rule.Past;
import java.time.Instant;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Reads what earlier runs of a pipeline did from its run records, in one query. */
record RunHistory(Lake lake, String pipeline) {
  /**
   * What was done by all runs but one.
   *
   * @param runId the run whose steps are told by itself
   * @param from from when on rows are counted
   */
  Past before(String runId, Instant from) {
    Past past = new Past();
    if (!lake.runs().exists()) {
      return past;
    }
    lake.runs()
        .read()
        .filter(col("pipeline").equalTo(pipeline).and(col("run_id").notEqual(runId)))
        .groupBy(
            col("step"),
            col("table"),
            when(col("ended_at").geq(lit(from)), date_trunc("minute", col("ended_at")))
                .as("minute"))
        .agg(
            min("started_at").as("first"),
            max("newest_source_time").as("newest"),
            sum("rows_read").as("read"),
            sum("rows_dead_lettered").as("dead_lettered"),
            sum("rows_quarantined").as("quarantined"))
        .collectAsList()
        .forEach(row -> take(past, row));
    return past;
  }

  private static void take(Past past, Row row) {
    String table = row.getAs("table");
    past.began(row.getAs("first"));
    Step step = Step.valueOf(row.<String>getAs("step").toUpperCase(Locale.ROOT));
    Instant newest = row.getAs("newest");
    if (step == Step.MERGE && newest != null) {
      past.applied(table, newest);
    }
    Instant minute = row.getAs("minute");
    if (minute != null) {
      past.counted(
          new Past.Rows(
              minute,
              step,
              table,
              row.<Long>getAs("read"),
              row.<Long>getAs("dead_lettered"),
              row.<Long>getAs("quarantined")));
    }
  }
}
