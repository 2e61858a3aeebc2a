package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.SideBySide;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 12: progress lives in silver's commits, so that nothing is applied twice or not at all. */
class MergeProgressTest {
  private static final Shape ITEMS = Shape.of("id bigint", "name string", "body string");
  private static final String UNLOGGED = "__debezium_unavailable_value";

  private TestLake lake;

  private static String row(int id, String name, String body) {
    return "{'id':%d,'name':'%s','body':'%s'}".formatted(id, name, body);
  }

  @BeforeEach
  void openLake(@TempDir Path folder) {
    lake = new TestLake(folder);
  }

  private LakeTable silver() {
    return lake.lake().silver("items");
  }

  @Test
  void theAppliedBronzeVersionIsInTheCommitOfTheData() {
    lake.land("items", ITEMS.create(10, row(1, "a", "x")), ITEMS.create(20, row(2, "b", "y")));
    lake.merge("items");
    long version = silver().version();

    assertThat(lake.applied("items")).isEqualTo(lake.lake().bronze("items").version());

    // Nothing in it is later than what silver has, and it is applied all the same.
    lake.land("items", ITEMS.update(5, row(1, "older", "x")));
    StepRecord older = lake.merge("items");

    assertThat(older.counts().of(Count.OLDER)).isEqualTo(1);
    assertThat(lake.applied("items")).isEqualTo(2);
    assertThat(silver().version()).as("one commit for each merge").isEqualTo(version + 1);
  }

  @Test
  void upkeepOfBronzeIsNoChange() {
    lake.land("items", ITEMS.create(10, row(1, "a", "x"))).merge("items");
    lake.land("items", ITEMS.update(20, row(1, "b", "x")));
    DeltaTable.forPath(lake.lake().spark(), lake.lake().bronze("items").path())
        .optimize()
        .executeCompaction();
    lake.land("items", ITEMS.create(30, row(2, "c", "x")));

    assertThat(lake.merge("items").counts().of(Count.READ)).isEqualTo(2);
    assertThat(lake.rows("items")).containsExactly("1|b|x", "2|c|x");
  }

  /** Deletes are remembered and rows quarantined, but the MERGE has not happened. */
  @Test
  void aMergeThatWasCutOffIsMadeUpFor() {
    lake.land(
            "items",
            ITEMS.create(10, row(1, "a", "x")),
            ITEMS.create(10, row(2, "b", "x")),
            ITEMS.create(10, row(3, "c", "x")))
        .merge("items");
    long before = silver().version();
    lake.land(
            "items",
            ITEMS.delete(20, "{'id':1}"),
            ITEMS.delete(20, "{'id':2}"),
            ITEMS.create(30, row(2, "again", "y")),
            ITEMS.update(30, row(3, "d", UNLOGGED)),
            ITEMS.update(30, row(4, "lost", UNLOGGED)))
        .merge("items");
    List<String> done = lake.rows("items");
    List<String> quarantined = lake.quarantined("items");

    CutOff.after(lake.lake(), silver(), before);
    assertThat(lake.rows("items")).contains("1|a|x");
    lake.land("items", ITEMS.update(15, row(1, "older", "x")));
    lake.merge("items");

    assertThat(lake.rows("items")).isEqualTo(done).containsExactly("2|again|y", "3|d|x");
    assertThat(lake.quarantined("items")).isEqualTo(quarantined).hasSize(1);
  }

  @Test
  void aDeletedSilverTableIsRebuiltFromBronze() {
    lake.land("items", ITEMS.create(10, row(1, "a", "x")), ITEMS.create(10, row(2, "b", "x")));
    lake.merge("items");
    lake.land("items", ITEMS.update(20, row(1, "b", UNLOGGED)), ITEMS.delete(20, "{'id':2}"));
    lake.merge("items");
    List<String> rows = lake.rows("items");

    CutOff.remove(lake.lake(), silver());

    assertThat(lake.merge("items").counts().of(Count.READ)).isEqualTo(4);
    assertThat(lake.rows("items")).isEqualTo(rows).containsExactly("1|b|x");
  }

  @Test
  void deletionVectorsMarkRowsInsteadOfRewritingFiles() {
    List<Change> rows = new ArrayList<>();
    for (int id = 0; id < 2000; id++) {
      rows.add(ITEMS.create(10, row(id, "a", "x")));
    }
    lake.land("items", rows).merge("items");
    lake.land("items", ITEMS.update(20, row(7, "b", "y")), ITEMS.delete(20, "{'id':8}"));
    lake.merge("items");

    assertThat(silver().properties()).containsEntry("delta.enableDeletionVectors", "true");
    assertThat(lastMetrics())
        .containsEntry("numTargetRowsCopied", "0")
        .hasEntrySatisfying(
            "numTargetDeletionVectorsAdded", added -> assertThat(added).isNotEqualTo("0"));
    assertThat(lake.rows("items")).hasSize(1999).contains("7|b|y");
  }

  private Map<String, String> lastMetrics() {
    return DeltaTable.forPath(lake.lake().spark(), silver().path())
        .history(1)
        .select("operationMetrics")
        .head()
        .getJavaMap(0);
  }

  @Test
  void aKeyWithMostOfTheChangesIsFoldedWhole() {
    int changes = 50_000;
    List<Change> batch = new ArrayList<>();
    batch.add(ITEMS.create(1, row(0, "v0", "large")));
    for (int i = 1; i < changes; i++) {
      batch.add(ITEMS.update(i, row(0, "v" + i, UNLOGGED)));
    }
    for (int id = 1; id <= 20; id++) {
      batch.add(ITEMS.create(changes + id, row(id, "n" + id, "small")));
    }
    StepRecord step = lake.land("items", batch).merge("items");

    assertThat(step.counts().of(Count.FOLDED)).isEqualTo(changes - 1);
    assertThat(step.counts().of(Count.INSERTED)).isEqualTo(21);
    assertThat(lake.rows("items")).hasSize(21).contains("0|v49999|large", "20|n20|small");
  }

  @Test
  void ofTwoMergesAtOnceOneWinsAndTheOtherDoesNoHarm() {
    lake.land("items", ITEMS.create(10, row(1, "a", "x")), ITEMS.create(10, row(2, "b", "x")));
    lake.merge("items");
    lake.land(
        "items",
        ITEMS.update(20, row(1, "b", UNLOGGED)),
        ITEMS.create(20, row(3, "c", "x")),
        ITEMS.delete(20, "{'id':2}"));

    List<Optional<Exception>> ends = SideBySide.each(2, List.of(1, 2), i -> tryToMerge());

    assertThat(ends.stream().filter(Optional::isEmpty)).as("one or both: %s", ends).isNotEmpty();
    assertThat(ends.stream().flatMap(Optional::stream))
        .allSatisfy(
            e ->
                assertThat(e)
                    .isInstanceOfAny(
                        TidemarkException.class, DeltaConcurrentModificationException.class));
    assertThat(lake.rows("items")).containsExactly("1|b|x", "3|c|x");
    assertThat(lake.applied("items")).isEqualTo(2);
    assertThat(lake.pass("items")).isEmpty();
  }

  private Optional<Exception> tryToMerge() {
    try {
      lake.pass("items");
      return Optional.empty();
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      return Optional.of(e);
    }
  }
}
