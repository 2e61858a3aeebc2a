package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spark.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 1, and through it rules 2 to 12: for any history of a table, any duplication, any
 * interleaving, any split into batches, and kills between any two writes, the lake holds what
 * applying the history once and in order gives, column for column.
 *
 * <p>Prints how often each rule was hit. {@code -Pnightly} tries 10,000 histories. A failure names
 * the command that repeats it.
 */
@Tag("slow")
@ExtendWith(SharedSpark.class)
final class ConvergenceTest {
  private final Size size = Size.fromProperties();
  private final Coverage coverage = new Coverage();

  @Test
  void rule1TheLakeEqualsTheHistoryAppliedOnceAndInOrder(SparkSession spark, @TempDir Path folder)
      throws Exception {
    Findings findings = new Findings(size);
    for (int first = 0; first < size.tables(); first += size.tablesAtOnce()) {
      if (IntStream.range(first, first + size.tablesAtOnce()).anyMatch(size::isWanted)) {
        Path place = Files.createDirectory(folder.resolve("wave-" + first));
        Wave wave = new Wave(spark, place, size, first, coverage);
        wave.run();
        for (TableDelivery table : wave.tables()) {
          new Comparison(wave.lake().lake(), table, findings, coverage).run();
        }
        PowerCut.deleteTree(place);
      }
    }
    System.out.println(coverage);
    assertThat(findings.all()).as(findings.report()).isEmpty();
    assertThat(coverage.below(size.minimum())).as("hit too seldom").isEmpty();
  }
}
