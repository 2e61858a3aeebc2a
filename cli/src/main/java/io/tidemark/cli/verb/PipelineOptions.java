package io.tidemark.cli.verb;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceType;
import java.nio.file.Path;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Option;

/** What every verb that works on a pipeline is told. */
public final class PipelineOptions {
  @Option(
      names = "--pipeline",
      required = true,
      paramLabel = "FILE",
      description = "The pipeline file, for example conf/pipelines/shop.yml")
  private Path pipeline;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "Output for people or for programs: ${COMPLETION-CANDIDATES}")
  private Format format;

  /** How output is written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** The pipeline file as it was named. */
  public Path file() {
    return pipeline;
  }

  /** For whom output is written. */
  public Format format() {
    return format;
  }

  /** What the pipeline file says. */
  public PipelineSpec read(Environment environment) {
    return PipelineFile.read(pipeline, environment.variables());
  }

  /**
   * The topics of a pipeline, for verbs about them and the connectors that feed them.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it reads another source
   */
  public static KafkaFeed kafka(PipelineSpec spec) {
    if (spec.source().feed() instanceof KafkaFeed kafka) {
      return kafka;
    }
    throw Errors.configuration(
        "Cannot find connectors of pipeline '%s': its source.type is %s, which no connector feeds"
            .formatted(spec.name(), spec.source().type()),
        "Name a pipeline file with source.type: " + SourceType.DEBEZIUM);
  }

  /** Does something with the pipeline and its lake, then closes the lake; returns an exit code. */
  public int inLake(Environment environment, ToIntBiFunction<PipelineSpec, Lake> work) {
    PipelineSpec spec = read(environment);
    Lake lake = lake(spec);
    try {
      return work.applyAsInt(spec, lake);
    } finally {
      lake.spark().stop();
    }
  }

  /** Opens the pipeline's lake, and refuses one that a newer version wrote. */
  public static Lake lake(PipelineSpec spec) {
    Lake lake = Lake.at(SparkSessions.open("tidemark " + spec.name()), spec.lake());
    LakeOwner.requireReadable(lake);
    return lake;
  }
}
