package io.tidemark.quality.checks;

import static io.tidemark.quality.checks.CheckedLake.check;
import static io.tidemark.quality.checks.CheckedLake.silver;
import static io.tidemark.quality.checks.CheckedLake.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often checks look at the rows. */
final class PassesTest {
  private static final TableRef TABLE = silver("sales");
  private static final Bounds ANY = new Bounds(Optional.empty(), Optional.empty(), 0);
  private static final long ROWS = 1000;

  @TempDir Path folder;

  /** The jobs of Spark that a look took, and how often it read all rows. */
  private record Work(int jobs, long passes) {}

  @Test
  void allChecksTakeOnePassAndOneForEachSetOfGroupedColumns() throws Exception {
    CheckedLake lake = new CheckedLake(folder);
    lake.table(
        TABLE,
        "SELECT id, id % 10 AS n, CAST(id AS STRING) AS s, current_timestamp() AS at FROM range("
            + ROWS
            + ")");
    DatasetCheck size = check("size", new Subject.Size(), ANY);
    DatasetCheck unique = check("unique", new Subject.Uniqueness(List.of("id")), ANY);
    lake.declare(TABLE, size).job().judge(TABLE, lake.lake.table(TABLE).read()); // Reads the log.

    Work one = work(lake.declare(TABLE, size));
    Work many =
        work(
            lake.declare(
                TABLE,
                size,
                where(check("some", new Subject.Size(), ANY), "n > 3"),
                check("completeness", new Subject.Completeness("n"), ANY),
                check("mean", new Subject.Mean("n"), ANY),
                check("deviation", new Subject.StandardDeviation("n"), ANY),
                check("median", new Subject.Quantile("n", 0.5), ANY),
                check("longest", new Subject.MaxLength("s"), ANY),
                check("kind", new Subject.DataType("s", Subject.DataKind.INTEGRAL), ANY),
                check("correlation", new Subject.Correlation("id", "n"), ANY),
                check("clock", new Subject.Compliance("at <= now()"), ANY),
                check("freshness", new Subject.Freshness("at"), ANY),
                check("columns", new Subject.ColumnCount(), ANY)));
    Work grouped = work(lake.declare(TABLE, size, unique));
    Work groupedTwice =
        work(
            lake.declare(
                TABLE,
                size,
                unique,
                check("distinct", new Subject.Distinctness(List.of("id")), ANY)));

    assertThat(one.passes()).isEqualTo(1);
    assertThat(many).isEqualTo(one);
    assertThat(grouped.passes()).isEqualTo(2);
    assertThat(groupedTwice).isEqualTo(grouped);
  }

  private static Work work(CheckedLake lake) throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    AtomicLong rows = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            if (task.taskMetrics().outputMetrics().recordsWritten() == 0) {
              rows.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
            }
          }
        };
    SparkContext context = lake.lake.spark().sparkContext();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(listener);
    lake.measures(TABLE);
    context.listenerBus().waitUntilEmpty();
    context.removeSparkListener(listener);
    return new Work(jobs.get(), rows.get() / ROWS); // A few more are of the table's log.
  }
}
