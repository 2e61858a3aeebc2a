package io.tidemark.cli.polls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.ingest.jdbc.ReadPace;
import io.tidemark.merge.MergeJob;
import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.DeleteSweep;
import io.tidemark.quality.reconcile.Sample;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.quality.reconcile.TableReconcile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** A pipeline that polls a database, run as the command runs it. */
final class PolledLake {
  private final SourceDatabase database;
  private final String schema;
  private final PipelineSpec spec;
  private final Lake lake;

  /**
   * A pipeline with a lake of its own.
   *
   * @param schema where its tables are
   * @param source further settings of the source, as in {@code chunk-rows: 100, }
   * @param tables the section {@code tables}, line by line
   */
  PolledLake(
      SparkSession spark,
      Path folder,
      SourceDatabase database,
      String schema,
      String source,
      String... tables) {
    this.database = database;
    this.schema = schema;
    String text =
        """
        pipeline: polls
        lake: %s
        source: {type: jdbc, url: "%s", user: %s, password: "%s", %sretry-timeout: 0s}
        tables:
        """
            .formatted(
                folder.resolve("lake"),
                database.url(),
                database.user(),
                database.password(),
                source);
    try {
      Path file = folder.resolve("polls.yml");
      Files.writeString(file, text + String.join("\n", tables) + "\n");
      this.spec = PipelineFile.read(file, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.lake = Lake.at(spark, spec.lake());
  }

  Lake lake() {
    return lake;
  }

  /** One poll and one merge; returns the rows that landed. */
  long run() {
    return run(step -> {});
  }

  /**
   * The same, watched.
   *
   * @throws IllegalStateException if a table was not polled
   */
  long run(Consumer<StepRecord> watcher) {
    List<StepRecord> steps = new ArrayList<>();
    IngestOutcome outcome =
        poll(
            new StopSignal(),
            step -> {
              steps.add(step);
              watcher.accept(step);
            });
    outcome
        .blocked()
        .values()
        .forEach(
            reason -> {
              throw reason;
            });
    return steps.stream()
        .filter(step -> step.step() == Step.INGEST)
        .mapToLong(step -> step.counts().of(Count.LANDED))
        .sum();
  }

  /** One poll, which may be told to stop, and one merge. */
  IngestOutcome poll(StopSignal stop, Consumer<StepRecord> watcher) {
    IngestJob.claim(spec, lake);
    RunContext context =
        new RunContext(UUID.randomUUID().toString(), spec.name(), Clock.systemUTC(), stop, watcher);
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    IngestOutcome outcome =
        new IngestJob(spec, lake, context, runs, () -> {}).run(IngestJob.Mode.ONCE);
    assertThat(new MergeJob(spec, lake, context, runs).run().failures()).isEmpty();
    return outcome;
  }

  /** A backfill of a table. */
  BackfillJob backfill(String table) {
    return backfill(table, new StopSignal());
  }

  /** A backfill of a table that may be told to stop. */
  BackfillJob backfill(String table, StopSignal stop) {
    RunContext context =
        new RunContext(UUID.randomUUID().toString(), spec.name(), Clock.systemUTC(), stop, s -> {});
    return new BackfillJob(
        spec,
        spec.table(table),
        lake,
        ReadPace.of(spec.source().jdbc()),
        context,
        new RunLog(lake.spark(), lake.runs()));
  }

  /** Reads rows again and merges them; returns what became of them. */
  Counts backfill(String table, BackfillScope scope) {
    Counts counts = backfill(table).run(scope, Duration.ofSeconds(30), rows -> {});
    RunContext context =
        new RunContext(
            UUID.randomUUID().toString(),
            spec.name(),
            Clock.systemUTC(),
            new StopSignal(),
            step -> {});
    new MergeJob(spec, lake, context, new RunLog(lake.spark(), lake.runs())).run();
    return counts;
  }

  /** What a comparison by hashes finds. */
  TableReconcile.Found reconcile(String table) {
    try (Snapshot snapshot = database.snapshot()) {
      TableSpec wanted = spec.table(table);
      return new TableReconcile(
              lake, wanted, snapshot, snapshot.table(wanted.source().orElseThrow()), Sample.ALL)
          .run();
    }
  }

  /** What a sweep finds to be gone from the source. */
  DeleteSweep.Gone sweep(String table) {
    try (Snapshot snapshot = database.snapshot()) {
      TableSpec wanted = spec.table(table);
      return new DeleteSweep(lake, wanted, snapshot, snapshot.table(wanted.source().orElseThrow()))
          .run();
    }
  }

  /** How the source's table and the lake's differ, read without Spark. */
  Comparison compare(String table) {
    return new SourceComparison(database).compare(schema, table, lake.silver(table).path());
  }
}
