package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.merge.MergeJob;
import io.tidemark.merge.rebuild.TableRebuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The product under proof: a pipeline with a lake, run by the jobs that the command runs. */
final class ProofLake {
  static final String PIPELINE = "proof";
  private static final Instant NOW = Instant.parse("2026-06-07T08:09:10.111213Z");

  private final Path folder;
  private final Lake lake;
  private final PipelineSpec spec;
  private final EventFiles files;
  private int runs;

  ProofLake(SparkSession spark, Path folder, List<TableLife> tables) {
    this.folder = folder;
    this.lake = Lake.at(spark, folder.resolve("lake").toString());
    this.files = new EventFiles(folder.resolve("events"), tables.size());
    this.spec = spec(folder, PipelineText.of(folder, tables));
  }

  private static PipelineSpec spec(Path folder, String text) {
    try {
      return PipelineFile.read(Files.writeString(folder.resolve("proof.yml"), text), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Lake lake() {
    return lake;
  }

  /** The lake's root. */
  Path root() {
    return folder.resolve("lake");
  }

  /** What all steps of a new run share; every run is a process that knows nothing but the lake. */
  private RunContext context() {
    return new RunContext(
        "run-" + runs++, PIPELINE, Clock.fixed(NOW, ZoneOffset.UTC), new StopSignal(), step -> {});
  }

  /**
   * Writes what is new in the topics to files, and lands all files that the lake has not. Returns
   * how many records were read that an earlier run had read already.
   */
  long ingest(TopicLog topics) {
    List<SourceRecord> sent = topics.takeNew();
    files.write(sent);
    SparkSession.setActiveSession(lake.spark()); // A process has one; a merge leaves none.
    IngestJob.claim(spec, lake);
    RunLog log = new RunLog(lake.spark(), lake.runs());
    Counts counts =
        new IngestJob(spec, lake, context(), log, () -> {}).run(IngestJob.Mode.ONCE).counts();
    assertThat(counts.unaccounted()).as("%s", counts).isZero();
    return counts.of(Count.READ) - sent.size();
  }

  /** Builds all that a table has anew from bronze. */
  void rebuild(String table) {
    TableRebuild rebuild = new TableRebuild(spec, lake, table, context(), line -> {});
    assertThat(rebuild.run(rebuild.layers(), false))
        .hasSize(rebuild.layers().size())
        .allSatisfy(step -> assertThat(step.counts().unaccounted()).as("%s", step).isZero());
  }

  /** Merges what has landed. */
  void merge() {
    RunLog log = new RunLog(lake.spark(), lake.runs());
    List<StepRecord> steps = new MergeJob(spec, lake, context(), log).run().steps();
    assertThat(steps)
        .allSatisfy(
            step -> {
              assertThat(step.error()).as("error of %s", step.table()).isEmpty();
              assertThat(step.counts().unaccounted()).as("%s", step).isZero();
              assertThat(step.counts().of(Count.READ)).as("%s", step).isPositive();
            });
  }
}
