package io.tidemark.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.letters.Letters;
import io.tidemark.quality.reconcile.ReconcileLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Reads how the tables of a pipeline are from the lake alone: no checkpoint, no memory. */
final class StatusReader {
  private final PipelineSpec spec;
  private final Lake lake;
  private final Clock clock;

  StatusReader(PipelineSpec spec, Lake lake, Clock clock) {
    this.spec = spec;
    this.lake = lake;
    this.clock = clock;
  }

  /** What the newest run of a table or mart did. */
  private record LastRun(Instant endedAt, Optional<String> error, Optional<Instant> newest) {}

  List<TableStatus> tables(SourceLag lag) {
    Map<String, LastRun> merges = lastRuns("merge");
    Map<String, LastRun> histories = lastRuns("history");
    Map<String, LastRun> golds = lastRuns("gold");
    Map<String, String> heldBack = new HeldTables(spec, lake).reasons();
    Map<String, Instant> verified = new ReconcileLog(lake, spec.name()).verifiedThrough();
    Map<String, Long> deadLetters = new Letters(lake, spec.name()).openByTable();
    List<TableStatus> tables = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(lake.bronzeTables());
    names.addAll(spec.tables().keySet());
    for (String name : names) {
      tables.add(
          status(
              "silver." + name,
              lake.silver(name),
              merges.get(name),
              lag.of(name),
              Optional.ofNullable(verified.get(name)),
              deadLetters.getOrDefault(name, 0L),
              Optional.ofNullable(heldBack.get(name))));
      if (spec.tables().containsKey(name) && spec.tables().get(name).history()) {
        tables.add(
            status(
                "history." + name,
                lake.history(name),
                histories.get(name),
                SourceLag.notInHistory(lake, spec.name(), name),
                Optional.empty(),
                0L,
                Optional.empty()));
      }
    }
    for (String mart : spec.gold().keySet()) {
      tables.add(
          status(
              "gold." + mart,
              lake.gold(mart),
              golds.get(mart),
              Optional.empty(),
              Optional.empty(),
              0L,
              Optional.empty()));
    }
    tables.addAll(lag.lines());
    long unknown = deadLetters.getOrDefault("", 0L);
    if (unknown > 0) {
      tables.add(
          new TableStatus(
              "(no table)",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              unknown,
              Optional.empty()));
    }
    return tables;
  }

  private TableStatus status(
      String name,
      LakeTable table,
      LastRun run,
      Optional<Long> lag,
      Optional<Instant> verified,
      long deadLetters,
      Optional<String> heldBack) {
    Optional<LastRun> last = Optional.ofNullable(run);
    return new TableStatus(
        name,
        table.exists() ? Optional.of(table.read().count()) : Optional.empty(),
        last.flatMap(LastRun::newest).map(n -> Duration.between(n, clock.instant())),
        lag,
        last.map(LastRun::endedAt),
        verified,
        deadLetters,
        heldBack.or(() -> last.flatMap(LastRun::error)));
  }

  private Map<String, LastRun> lastRuns(String step) {
    Map<String, LastRun> runs = new HashMap<>();
    if (!lake.runs().exists()) {
      return runs;
    }
    for (Row row :
        lake.runs()
            .read()
            .filter(col("pipeline").equalTo(spec.name()).and(col("step").equalTo(step)))
            .groupBy("table")
            .agg(
                max_by(struct("ended_at", "error"), col("ended_at")).as("last"),
                max(col("newest_source_time")).as("newest"))
            .select("table", "last.ended_at", "last.error", "newest")
            .collectAsList()) {
      runs.put(
          row.getString(0),
          new LastRun(
              row.getAs(1),
              Optional.ofNullable(row.getString(2)),
              Optional.ofNullable(row.getAs(3))));
    }
    return runs;
  }
}
