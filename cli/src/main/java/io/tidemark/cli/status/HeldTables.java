package io.tidemark.cli.status;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.Epochs;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of a pipeline that do not land until an operator decides. */
public record HeldTables(PipelineSpec spec, Lake lake) {
  /** Why a table does not land. */
  public Optional<String> reason(String table) {
    return Optional.ofNullable(reasons().get(table));
  }

  /**
   * Why tables do not land: what the newest ingest that left records says, unless an operator has
   * declared a new epoch since.
   */
  Map<String, String> reasons() {
    Map<String, String> held = new HashMap<>();
    if (!lake.runs().exists()) {
      return held;
    }
    Dataset<Row> ingests =
        lake.runs()
            .read()
            .filter(col("pipeline").equalTo(spec.name()).and(col("step").equalTo("ingest")));
    Row newest = ingests.agg(max_by(col("run_id"), col("ended_at"))).head();
    if (newest.isNullAt(0)) {
      return held;
    }
    Map<String, Instant> declared = new HashMap<>();
    new Epochs(spec.name(), lake)
        .declared()
        .forEach(epoch -> declared.put(epoch.table(), epoch.at()));
    for (Row row :
        ingests
            .filter(col("run_id").equalTo(newest.getString(0)).and(col("error").isNotNull()))
            .select("table", "ended_at", "error", "detail")
            .collectAsList()) {
      Instant since = declared.getOrDefault(row.getString(0), Instant.MIN);
      if (row.<Instant>getAs(1).isAfter(since)) {
        held.put(row.getString(0), row.getString(2) + " -> " + row.getString(3));
      }
    }
    return held;
  }
}
