package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules 2, 4, 5 and 7: only a later change replaces a row, whatever the order of arrival.
 *
 * <p>Every case has keys of its own, and all of them share three batches: a merge takes seconds.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MergeGuardTest {
  private static final Shape ITEMS = Shape.of("id bigint", "name string");

  private final List<Change> first = new ArrayList<>();
  private final List<Change> second = new ArrayList<>();
  private final List<Change> third = new ArrayList<>();
  private final List<StepRecord> steps = new ArrayList<>();
  private List<String> rows;
  private List<Row> stored;
  private TestLake lake;

  private static String row(int id, String name) {
    return "{'id':%d,'name':'%s'}".formatted(id, name);
  }

  private static String key(int id) {
    return "{'id':%d}".formatted(id);
  }

  @BeforeAll
  void mergeThreeBatches(@TempDir Path folder) {
    arrange();
    lake = new TestLake(folder);
    for (List<Change> batch : List.of(first, second, third)) {
      steps.add(lake.land("items", batch).merge("items"));
    }
    rows = lake.rows("items");
    stored = lake.lake().silver("items").read().orderBy("id").collectAsList();
  }

  private void arrange() {
    first.add(ITEMS.create(10, row(1, "inserted")));
    second.add(ITEMS.update(20, row(1, "updated")));

    first.add(ITEMS.create(10, row(2, "x")));
    second.add(ITEMS.delete(20, key(2)));

    first.add(ITEMS.update(30, row(3, "newest")));
    second.add(ITEMS.update(20, row(3, "older")));
    third.add(ITEMS.delete(25, key(3)));

    // Deleted, then older changes arrive: with the delete remembered, and in the batch after.
    first.add(ITEMS.create(10, row(4, "x")));
    second.add(ITEMS.delete(30, key(4)));
    third.add(ITEMS.update(20, row(4, "from before the delete")));

    first.add(ITEMS.delete(30, key(5))); // Never seen before.
    second.add(ITEMS.create(10, row(5, "from before the delete")));

    first.add(ITEMS.create(10, row(6, "x")));
    second.add(ITEMS.delete(20, key(6)));
    third.add(ITEMS.create(30, row(6, "inserted again")));

    first.add(ITEMS.create(10, row(7, "x")));
    second.add(ITEMS.create(30, row(7, "inserted again")));
    third.add(ITEMS.delete(20, key(7)));

    // Rule 5: the snapshot read the row at 50.
    first.add(ITEMS.update(60, row(8, "streamed")));
    second.add(ITEMS.read(50, row(8, "snapshot")));
    first.add(ITEMS.read(50, row(9, "snapshot")));
    second.add(ITEMS.update(60, row(9, "streamed")));
    first.add(ITEMS.read(50, row(10, "snapshot")));
    second.add(ITEMS.update(50, row(10, "streamed at the same position")));
    first.add(ITEMS.update(50, row(11, "streamed at the same position")));
    second.add(ITEMS.read(50, row(11, "snapshot")));
    first.add(ITEMS.delete(60, key(12)));
    second.add(ITEMS.read(50, row(12, "snapshot")));

    // Rule 7: the key 20 becomes 21, and 22 becomes 23.
    first.add(ITEMS.create(10, row(20, "moves")));
    second.add(ITEMS.delete(40, key(20)));
    third.add(ITEMS.create(40, row(21, "moves")));
    first.add(ITEMS.create(10, row(22, "moves")));
    second.add(ITEMS.create(40, row(23, "moves")));
    third.add(ITEMS.delete(40, key(22)));
    // There and back again.
    first.add(ITEMS.create(10, row(24, "moves")));
    second.add(ITEMS.delete(40, key(24)));
    second.add(ITEMS.create(40, row(25, "moves")));
    third.add(ITEMS.delete(50, key(25)));
    third.add(ITEMS.create(50, row(24, "moved back")));

    // Many changes of a key in one batch, out of order.
    third.add(ITEMS.update(30, row(30, "third")));
    third.add(ITEMS.create(10, row(30, "first")));
    third.add(ITEMS.update(20, row(30, "second")));
    third.add(ITEMS.delete(30, key(31)));
    third.add(ITEMS.create(10, row(31, "first")));
  }

  private void assertRow(int id, String name) {
    assertThat(rows).contains(id + "|" + name);
  }

  private void assertNoRow(int id) {
    assertThat(rows).noneMatch(row -> row.startsWith(id + "|"));
  }

  @Test
  void changesAreApplied() {
    assertRow(1, "updated");
    assertNoRow(2);
  }

  @Test
  void olderChangesAreIgnored() {
    assertRow(3, "newest");
  }

  @Test
  void aDeletedRowStaysDeleted() {
    assertNoRow(4);
    assertNoRow(5);
  }

  @Test
  void aRowInsertedAgainIsThereWhateverArrivesFirst() {
    assertRow(6, "inserted again");
    assertRow(7, "inserted again");
  }

  @Test
  void snapshotRowsLoseAgainstLaterStreamedChanges() {
    assertRow(8, "streamed");
    assertRow(9, "streamed");
    assertRow(10, "streamed at the same position");
    assertRow(11, "streamed at the same position");
    assertNoRow(12);
  }

  @Test
  void aKeyChangeLeavesOneRow() {
    assertNoRow(20);
    assertRow(21, "moves");
    assertNoRow(22);
    assertRow(23, "moves");
    assertNoRow(25);
    assertRow(24, "moved back");
  }

  @Test
  void manyChangesOfAKeyAreOne() {
    assertRow(30, "third");
    assertNoRow(31);
    assertThat(rows).doesNotHaveDuplicates().hasSize(12);
  }

  @Test
  void rowsTellWhereTheyComeFrom() {
    Row row = stored.get(0);

    assertThat(row.<String>getAs(SilverColumns.POSITION)).startsWith("0000.0000000000000014.1.");
    assertThat(row.<Object>getAs(SilverColumns.SOURCE_TIME)).isEqualTo(BronzeLog.timeOf(20));
    assertThat(row.<Object>getAs(SilverColumns.APPLIED_AT)).isEqualTo(TestLake.NOW);
    assertThat(row.schema().fieldNames())
        .containsExactly("id", "name", "_position", "_source_ts", "_applied_at");
  }

  @Test
  void everyChangeIsCountedOnce() {
    Counts counts = steps.get(2).counts();

    assertThat(counts.of(Count.READ)).isEqualTo(third.size());
    assertThat(counts.of(Count.FOLDED)).as("keys 30 and 31").isEqualTo(3);
    assertThat(counts.of(Count.INSERTED)).as("keys 6, 21, 24 and 30").isEqualTo(4);
    assertThat(counts.of(Count.UPDATED)).isZero();
    assertThat(counts.of(Count.DELETED)).as("keys 22 and 25").isEqualTo(2);
    assertThat(counts.of(Count.OLDER)).as("keys 3, 4, 7 and 31").isEqualTo(4);
    assertThat(steps.get(2).newestSourceTime()).contains(BronzeLog.timeOf(50));
    assertThat(steps.get(2).detail()).contains("\"bronze_from\":2,\"bronze_to\":3");
  }

  /** Changes come again in runs after a connector's restart, and all of them change nothing. */
  @Test
  void replaysChangeNothing() {
    StepRecord step = lake.land("items", second).land("items", third).merge("items");

    assertThat(lake.rows("items")).isEqualTo(rows);
    assertThat(step.counts().of(Count.INSERTED)).isZero();
    assertThat(step.counts().of(Count.DELETED)).isZero();
  }

  @Test
  void withoutNewChangesThereIsNothingToDo() {
    assertThat(lake.pass("items")).isEmpty();
  }
}
