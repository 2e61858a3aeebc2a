package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.CutOff;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Rule 3: a value that the source did not log is the last one known, or the row waits. */
@TestInstance(Lifecycle.PER_CLASS)
class MergeUnavailableTest {
  private static final String PLACEHOLDER = "__debezium_unavailable_value";
  private static final Shape ITEMS =
      Shape.of("id bigint", "name string", "body string", "tags array<string>");

  private final List<Change> first = new ArrayList<>();
  private final List<Change> second = new ArrayList<>();
  private StepRecord step;
  private List<String> rows;
  private TestLake lake;

  private static String row(int id, String name, String body) {
    return "{'id':%d,'name':'%s','body':'%s','tags':['%s']}".formatted(id, name, body, body);
  }

  /** Body and tags are not logged. */
  private static String toasted(int id, String name) {
    return row(id, name, PLACEHOLDER);
  }

  private static String key(int id) {
    return "{'id':%d}".formatted(id);
  }

  @BeforeAll
  void mergeTwoBatches(@TempDir Path folder) {
    arrange();
    lake = new TestLake(folder);
    lake.land("items", first).merge("items");
    step = lake.land("items", second).merge("items");
    rows = lake.rows("items");
  }

  private void arrange() {
    first.add(ITEMS.create(10, row(1, "a", "stored")));
    second.add(ITEMS.update(20, toasted(1, "b")));

    first.add(ITEMS.create(10, row(2, "a", "stored")));
    second.add(ITEMS.update(20, row(2, "b", "batch")));
    second.add(ITEMS.update(30, toasted(2, "c")));

    second.add(ITEMS.create(20, row(3, "a", "batch")));
    second.add(ITEMS.update(30, toasted(3, "b")));

    // Neither the batch nor silver has the value.
    second.add(ITEMS.update(20, toasted(4, "unknown")));
    // The row that has one was deleted.
    first.add(ITEMS.create(10, row(5, "a", "of another row")));
    second.add(ITEMS.delete(20, key(5)));
    second.add(ITEMS.update(30, toasted(5, "unknown")));

    // The stored row is later, so that the change means nothing.
    first.add(ITEMS.create(50, row(6, "newest", "stored")));
    second.add(ITEMS.update(20, toasted(6, "older")));

    // The connector starts again and sends old changes of a key once more, here before a change
    // of it that silver has: their values are older than the stored ones.
    first.add(ITEMS.create(10, row(7, "a", "first")));
    first.add(ITEMS.update(20, row(7, "b", "second")));
    second.add(ITEMS.update(30, toasted(7, "c")));
    second.add(ITEMS.create(10, row(7, "a", "first")));

    first.add(ITEMS.create(10, row(8, "a", "first")));
    first.add(ITEMS.delete(20, key(8)));
    first.add(ITEMS.create(30, row(8, "b", "second")));
    second.add(ITEMS.update(40, toasted(8, "c")));
    second.add(ITEMS.delete(20, key(8)));

    // Between what lacks a value and what has it lies a delete of an earlier batch.
    first.add(ITEMS.create(5, row(9, "a", "of another row")));
    first.add(ITEMS.delete(20, key(9)));
    second.add(ITEMS.create(10, row(9, "b", "of another row")));
    second.add(ITEMS.update(30, toasted(9, "unknown")));
  }

  @Test
  void theStoredValueStays() {
    assertThat(rows).contains(stored(1, "b", "stored"));
  }

  @Test
  void theBatchsValueIsNewerThanTheStoredOne() {
    assertThat(rows).contains(stored(2, "c", "batch"), stored(3, "b", "batch"));
  }

  @Test
  void anOlderChangeNeedsNoValue() {
    assertThat(rows).contains(stored(6, "newest", "stored"));
  }

  @Test
  void aStoredValueIsNewerThanThatOfAChangeThatCameAgain() {
    assertThat(rows).contains(stored(7, "c", "second"), stored(8, "c", "second"));
  }

  @Test
  void aChangeThatNothingCompletesIsQuarantinedWhole() {
    assertThat(step.counts().of(Count.QUARANTINED)).isEqualTo(3);
    assertThat(lake.quarantined("items"))
        .hasSize(3)
        .allMatch(
            row ->
                row.startsWith(
                    "UNRESOLVED_UNAVAILABLE_VALUE|no earlier change and no stored row has the value"
                        + " of column body, tags|"))
        .anyMatch(row -> row.contains("|{\"id\":4}|{\"id\":4,\"name\":\"unknown\""))
        .anyMatch(row -> row.contains("|{\"id\":5}|"))
        .anyMatch(row -> row.contains("|{\"id\":9}|"));
    assertThat(rows).noneMatch(row -> row.startsWith("4|") || row.startsWith("9|"));
  }

  @Test
  void aReleaseThatWasCutOffIsMadeUpFor(@TempDir Path folder) {
    TestLake cut = new TestLake(folder);
    cut.land("items", ITEMS.create(10, row(1, "a", "stored")), ITEMS.update(20, toasted(4, "b")));
    cut.merge("items");
    LakeTable quarantine = cut.lake().quarantine("items");
    assertThat(cut.quarantined("items")).hasSize(1);
    long waiting = quarantine.version();
    cut.land("items", ITEMS.create(15, row(4, "a", "late"))).merge("items");
    assertThat(cut.quarantined("items")).isEmpty();

    CutOff.after(cut.lake(), quarantine, waiting);
    assertThat(cut.quarantined("items")).as("silver has it, and it waits").hasSize(1);
    assertThat(cut.pass("items")).isPresent();

    assertThat(cut.quarantined("items")).isEmpty();
    assertThat(cut.rows("items")).contains(stored(4, "b", "late"));
    assertThat(cut.pass("items")).isEmpty();
  }

  @Test
  void thePlaceholderIsNeverWritten() {
    assertThat(rows)
        .as("keys 5 and 9 are deleted")
        .hasSize(6)
        .noneMatch(row -> row.contains(PLACEHOLDER));
  }

  private static String stored(int id, String name, String body) {
    return "%d|%s|%s|WrappedArray(%s)".formatted(id, name, body, body);
  }
}
