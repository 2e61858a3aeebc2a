package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the pipeline's process between every two of its writes and in the middle of a MERGE, with
 * changes before each kill, and then runs it to its end: the lake must equal the source, and every
 * change must be in bronze exactly once.
 */
@Tag("slow")
@WithSandbox
final class KillTest {
  private static final int ATTEMPTS = 5;

  /**
   * This pipeline has no marts, no files, no polls, no table of several sources, and replays,
   * rebuilds and backfills nothing.
   */
  private static final EnumSet<CrashPoint> ELSEWHERE =
      EnumSet.of(
          CrashPoint.AFTER_FILE_PLAN,
          CrashPoint.AFTER_POLL_PLAN,
          CrashPoint.AFTER_BACKFILL_PLAN,
          CrashPoint.BEFORE_COMBINED,
          CrashPoint.AFTER_GOLD,
          CrashPoint.AFTER_REPLAYED_CHANGES,
          CrashPoint.AFTER_REBUILT_MEMORY,
          CrashPoint.AFTER_REBUILT_ROWS);

  @Test
  void equalsItsSourceAfterKillsAnywhere(SandboxAddresses sandbox, @TempDir Path folder)
      throws Exception {
    Path lake = folder.resolve("lake");
    try (KillSource source = new KillSource(sandbox)) {
      source.create();
      PipelineProcess pipeline =
          new PipelineProcess(folder, sandbox, lake, KillSource.PREFIX + ".kill.*");
      long events = source.change();
      assertThat(pipeline.here("run", "--once")).as(pipeline.output()).isZero();

      for (CrashPoint point : EnumSet.complementOf(ELSEWHERE)) {
        events += source.change();
        assertThat(pipeline.runOnce(point.name()).waitFor())
            .as("killed at %s; output: %s", point, pipeline.output())
            .isEqualTo(CrashPoint.EXIT);
      }
      events += killDuringMerge(source, pipeline, lake);

      assertThat(pipeline.here("run", "--once")).as(pipeline.output()).isZero();
      SparkSession spark = SharedSpark.session();
      for (String table : KillSource.TABLES) {
        assertThat(source.silverRows(spark, lake, table))
            .as("silver.%s after all kills", table)
            .isEqualTo(source.sourceRows(table));
      }
      assertThat(source.currentRows(spark, lake, "accounts"))
          .as("history.accounts after all kills")
          .isEqualTo(source.sourceRows("accounts"));
      assertThat(source.bronzeOffsets(spark, lake))
          .as("bronze has each record once")
          .doesNotHaveDuplicates();
      assertThat(source.bronzeOffsets(spark, lake)).hasSize((int) events);
    }
  }

  /** Kills once new data files lie in a silver folder and no commit names them yet. */
  private static long killDuringMerge(KillSource source, PipelineProcess pipeline, Path lake)
      throws IOException, InterruptedException, SQLException {
    long events = 0;
    Path silver = lake.resolve("silver").resolve(KillSource.TABLES.get(0));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      events += source.change();
      long files = count(silver, ".parquet");
      long commits = count(silver.resolve("_delta_log"), ".json");
      Process process = pipeline.runOnce("");
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> count(silver, ".parquet") > files || !process.isAlive());
      process.destroyForcibly().waitFor();
      if (count(silver.resolve("_delta_log"), ".json") == commits) {
        return events;
      }
    }
    throw new AssertionError("No kill hit a MERGE between its files and its commit");
  }

  private static long count(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending) && !name.startsWith("."))
          .count();
    }
  }
}
