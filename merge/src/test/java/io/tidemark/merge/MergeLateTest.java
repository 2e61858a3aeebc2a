package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What comes after the memory of deletes ends, and what snapshots that are taken again end. */
@TestInstance(Lifecycle.PER_CLASS)
class MergeLateTest {
  private static final Shape ITEMS = Shape.of("id bigint", "name string");

  private final List<List<String>> snapshotRows = new ArrayList<>();
  private final Map<String, StepRecord> last = new TreeMap<>();
  private TestLake lake;

  private static String row(int id, String name) {
    return "{'id':%d,'name':'%s'}".formatted(id, name);
  }

  private static Change delete(long lsn, int id) {
    return ITEMS.delete(lsn, "{'id':%d}".formatted(id));
  }

  @BeforeAll
  void mergeFourTimes(@TempDir Path folder) {
    lake =
        new TestLake(folder)
            .declare("late", "tombstone-retention: 100s")
            .declare("soft", "deletes: soft");
    lake.land("late", create(10, 1), create(10, 2), create(10, 4));
    landSnapshots(create(10, 1), create(10, 2), create(10, 3));
    pass();
    lake.land("late", delete(20, 1));
    landSnapshots(
        ITEMS.update(150, row(3, "after it began")),
        read(100, 1).inSnapshot("first_in_data_collection"),
        read(100, 4).inSnapshot("true"),
        ITEMS.read(120, row(9, "a")).inSnapshot("incremental"));
    pass();
    lake.land("late", delete(500, 2));
    landSnapshots(read(100, 5).inSnapshot("last"));
    pass();
    lake.land(
        "late",
        ITEMS.update(15, row(1, "too late")),
        ITEMS.update(490, row(2, "older than its delete")),
        ITEMS.update(12, row(4, "of a stored row")),
        create(600, 5));
    landSnapshots(
        read(100, 7).inSnapshot("true"), ITEMS.update(50, row(8, "from before the snapshot")));
    pass();
  }

  private static Change create(long lsn, int id) {
    return ITEMS.create(lsn, row(id, "a"));
  }

  private static Change read(long lsn, int id) {
    return ITEMS.read(lsn, row(id, "read"));
  }

  private void landSnapshots(Change... changes) {
    lake.land("hard", changes);
    lake.land("soft", changes);
  }

  private void pass() {
    for (StepRecord step : lake.mergeAll().steps()) {
      assertThat(step.error()).as(step.table()).isEmpty();
      assertThat(step.counts().unaccounted()).as("%s", step).isZero();
      last.put(step.table(), step);
    }
    snapshotRows.add(lake.rows("hard"));
  }

  @Test
  void rule4WhatArrivesAfterItsDeleteIsForgottenIsQuarantined() {
    assertThat(lake.rows("late")).containsExactly("4|of a stored row", "5|a");
    assertThat(last.get("late").counts().of(Count.QUARANTINED)).isEqualTo(1);
    assertThat(last.get("late").counts().of(Count.OLDER)).as("its delete is known").isEqualTo(1);
    assertThat(lake.quarantined("late"))
        .singleElement()
        .asString()
        .startsWith("TOO_LATE|no row of its key is stored, and deletes up to position ")
        .contains("|{\"id\":1}|");
    assertThat(TestLake.texts(lake.lake().tombstones("late").read().select("key")))
        .containsExactly("{\"id\":2}");
  }

  @Test
  void rule5ACompleteSnapshotRemovesTheRowsThatAreNotInIt() {
    List<String> incomplete = List.of("1|read", "2|a", "3|after it began", "4|read", "9|a");
    List<String> complete = List.of("1|read", "3|after it began", "4|read", "5|read", "9|a");
    assertThat(snapshotRows.get(1)).as("its end has not come").isEqualTo(incomplete);
    assertThat(snapshotRows.get(2)).isEqualTo(complete);
    assertThat(snapshotRows.get(3))
        .as("its own rows that arrive later come back, older changes do not")
        .containsExactly("1|read", "3|after it began", "4|read", "5|read", "7|read", "9|a");
  }

  @Test
  void rule5ASnapshotMarksRowsThatAreKept() {
    assertThat(
            TestLake.texts(
                lake.lake().silver("soft").read().select("id", "name", "_deleted", "_deleted_at")))
        .contains(
            "1|read|false|null",
            "2|a|true|2026-01-01T00:01:40Z",
            "8|from before the snapshot|true|2026-01-01T00:01:40Z")
        .hasSize(8);
  }
}
