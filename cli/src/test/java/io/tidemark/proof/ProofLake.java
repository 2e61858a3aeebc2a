package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.MergeJob;
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
  private int runs;

  ProofLake(SparkSession spark, Path folder, List<TableLife> tables) {
    this.folder = folder;
    this.lake = Lake.at(spark, folder.resolve("lake").toString());
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
   * Lands what the topics hold and the lake has not, and returns how many records it read.
   *
   * @param topics their records, partition by partition
   */
  long ingest(List<List<SourceRecord>> topics) {
    RunLog log = new RunLog(lake.spark(), lake.runs());
    return new BatchFeed(spec, lake, context(), log).land(topics);
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
