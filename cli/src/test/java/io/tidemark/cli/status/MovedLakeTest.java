package io.tidemark.cli.status;

import static io.tidemark.cli.fixture.EventLake.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.fixture.EventLake;
import io.tidemark.cli.fixture.EventLake.Event;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rule 12: progress lives in the lake, and nowhere else. */
@ExtendWith(SharedSpark.class)
class MovedLakeTest {
  @TempDir private Path folder;

  private static Event order(long offset, int id, String total) {
    return change(
        "orders",
        offset,
        offset + 1,
        "u",
        "{\"id\":" + id + "}",
        "null",
        "{\"id\":\"%d\",\"total\":\"%s\"}".formatted(id, total));
  }

  private static Event delete(long offset, int id) {
    return change("orders", offset, offset + 1, "d", "{\"id\":" + id + "}", "null", "null");
  }

  @Test
  void rule12AMovedLakeWithoutCheckpointsGoesOnWithoutLossOrDoubles(SparkSession spark)
      throws IOException {
    Path here = Files.createDirectories(folder.resolve("here"));
    EventLake first = new EventLake(spark, here);
    Event[] old = {order(0, 1, "a"), order(1, 2, "b"), delete(2, 2), order(3, 3, "c")};
    first.land(old);
    first.merge();
    // Landed, and not merged when the machine is lost.
    first.land(order(4, 1, "d"), new Event("shop.orders", 5, "k", "{broken"));
    Files.createDirectories(here.resolve("lake/_tidemark/checkpoints/ingest"));

    Path there = Files.createDirectories(folder.resolve("there"));
    Files.move(here.resolve("lake"), there.resolve("lake"));
    delete(there.resolve("lake/_tidemark/checkpoints"));
    EventLake moved = new EventLake(spark, there);

    assertThat(moved.lake().runs().token("ingest/shop/shop.orders/0")).isEqualTo(6);
    Counts again = moved.land(old[0], old[1], old[2], old[3], order(4, 1, "d"), order(6, 4, "new"));
    assertThat(again.of(Count.LANDED)).isEqualTo(1);
    assertThat(again.of(Count.REPLAYED)).isEqualTo(5);
    moved.merge();
    assertThat(moved.silver("orders"))
        .containsExactly(
            "{\"id\":\"1\",\"total\":\"d\"}",
            "{\"id\":\"3\",\"total\":\"c\"}",
            "{\"id\":\"4\",\"total\":\"new\"}");
    List<TableStatus> status =
        new StatusReader(moved.spec(), moved.lake(), Clock.systemUTC())
            .tables(new SourceLag.Unknown());
    assertThat(status)
        .extracting(TableStatus::table, TableStatus::deadLetters)
        .contains(
            org.assertj.core.groups.Tuple.tuple("silver.orders", 0L),
            org.assertj.core.groups.Tuple.tuple("(no table)", 1L));
    assertNoFileNames(there, here.toString());
  }

  /** A path of the old place in a table's log would be read, or missed, from the new one. */
  private static void assertNoFileNames(Path lake, String old) throws IOException {
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(log)).as("%s", log).doesNotContain(old);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.walk(folder)) {
      found = files.sorted((a, b) -> b.compareTo(a)).toList();
    }
    for (Path file : found) {
      Files.delete(file);
    }
  }
}
