package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spark.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 1 for tables that are built anew from bronze: what {@link ConvergenceTest} holds of silver,
 * history, quarantine and dead letters that were merged portion by portion holds of them, too.
 */
@Tag("nightly")
@ExtendWith(SharedSpark.class)
final class RebuildTest {
  private static final int TABLES = 2;

  /** The one with history. */
  private static final int TABLE = 1;

  private static final int HISTORIES = 8;

  @Test
  void rule1ARebuiltTableEqualsTheHistoryAppliedOnceAndInOrder(
      SparkSession spark, @TempDir Path folder) {
    List<Integer> histories = IntStream.range(0, HISTORIES).boxed().toList();
    Size size =
        new Size(Long.getLong("tidemark.proof.seed", 1), TABLES, TABLES, TABLE, histories, 2, 0);
    Coverage coverage = new Coverage();
    Findings findings = new Findings(size);
    Wave wave = new Wave(spark, folder, size, 0, coverage);
    wave.run();
    for (TableDelivery table : wave.tables()) {
      wave.lake().rebuild(table.life().name());
      new Comparison(wave.lake().lake(), table, findings, coverage).run();
    }
    assertThat(findings.all()).as(findings.report()).isEmpty();
  }
}
