package io.tidemark.merge.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.log.CutOff;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules 1, 4, 11 and 12 for tables that are built anew from bronze. That the result is the same
 * function of the events as the merge's is held by {@code MergeAnyOrderTest} and {@code
 * TableHistoryTest}.
 */
@Tag("slow")
class TableRebuildTest {
  private static final String UNLOGGED = "__debezium_unavailable_value";
  private static final Shape NOTES = Shape.of("id bigint", "size string", "body string");

  private static final Shape UNFIT = Shape.of("id bigint", "size array<int>", "body string");

  private TestLake lake;

  @BeforeEach
  void openLake(@TempDir java.nio.file.Path folder) {
    lake = new TestLake(folder);
  }

  private static String row(int id, String size, String body) {
    return "{'id':%d,'size':'%s','body':'%s'}".formatted(id, size, body);
  }

  private static String key(int id) {
    return "{'id':%d}".formatted(id);
  }

  /** Two rows live, one deleted, one that waits for a value. */
  private void landSome() {
    lake.land(
        "notes",
        NOTES.create(10, row(1, "7", "x")),
        NOTES.create(11, row(2, "8", "y")),
        NOTES.create(12, row(3, "9", "z")));
    lake.merge("notes");
    lake.land("notes", NOTES.delete(20, key(2)), NOTES.update(30, row(4, "4", UNLOGGED)));
    lake.merge("notes");
  }

  /** The file says other things of the table than it did when it was made: silver follows it. */
  @Test
  void rule11SilverIsAsIfTodaysFileHadBeenThereFromTheStart() {
    landSome();
    assertThat(lake.rows("notes")).containsExactly("1|7|x", "3|9|z");
    String id = lake.lake().silver("notes").id();
    lake.declare("notes", "deletes: soft", "rename: {body: content}", "columns: {size: int}");

    lake.rebuild("notes");
    LakeTable silver = lake.lake().silver("notes");
    assertThat(silver.schema().fieldNames()).startsWith("id", "size", "content");
    assertThat(silver.schema().apply("size").dataType().simpleString()).isEqualTo("int");
    assertThat(silver.id()).as("readers and marts know it by").isEqualTo(id);
    assertThat(TestLake.texts(silver.read().select("id", "size", "content", "_deleted")))
        .containsExactly("1|7|x|false", "2|8|y|true", "3|9|z|false");
    assertThat(lake.quarantined("notes")).hasSize(1);

    // What waits is let go when its value comes; old text is read as the file declares it.
    lake.land(
        "notes", NOTES.create(25, row(4, "3", "found")), NOTES.update(15, row(2, "0", "old")));
    lake.merge("notes");
    assertThat(TestLake.texts(silver.read().select("id", "size", "content", "_deleted")))
        .containsExactly("1|7|x|false", "2|0|old|true", "3|9|z|false", "4|4|found|false");
    assertThat(lake.quarantined("notes")).isEmpty();
    assertThat(lake.lake().silver("notes").properties())
        .containsEntry(SilverColumns.DELETES_PROPERTY, "soft");
  }

  /** Whatever the process got done, the lake is right, and the next rebuild completes it. */
  @Test
  void rule12AKillBetweenTheCommitsLeavesARightLake() throws IOException {
    landSome();
    LakeTable silver = lake.lake().silver("notes");
    LakeTable quarantine = lake.lake().quarantine("notes");
    long before = silver.version();
    List<String> rows = lake.rows("notes");
    lake.rebuild("notes");
    assertThat(lake.rows("notes")).isEqualTo(rows);
    assertThat(silver.version()).as("one commit").isEqualTo(before + 1);
    assertThat(lake.quarantined("notes")).hasSize(1);
    Path stages = new Path(lake.lake().root(), "_tidemark/rebuild/notes");
    assertThat(lake.lake().files().exists(stages)).as("the building site").isFalse();

    // Killed with the rows in place: what waits is remembered twice. Then, killed before that.
    CutOff.after(lake.lake(), quarantine, quarantine.version() - 1);
    assertThat(lake.quarantined("notes")).hasSize(2);
    CutOff.after(lake.lake(), silver, before);
    assertThat(lake.rows("notes")).isEqualTo(rows);
    lake.land(
        "notes", NOTES.update(15, row(2, "0", "late")), NOTES.create(25, row(4, "3", "found")));
    lake.merge("notes");
    assertThat(lake.rows("notes")).containsExactly("1|7|x", "3|9|z", "4|4|found");
    assertThat(lake.quarantined("notes")).isEmpty();
    lake.rebuild("notes");
    assertThat(lake.rows("notes")).containsExactly("1|7|x", "3|9|z", "4|4|found");
  }

  /** Changes land and are merged while it is at work; what does not fit is a dead letter once. */
  @Test
  void rule12WhatIsMergedMeanwhileIsNotLost() {
    landSome();
    lake.land("notes", UNFIT.create(35, "{'id':6,'size':[1],'body':'b'}"));
    lake.merge("notes");
    assertThat(lake.lake().deadLetters().read().count()).isEqualTo(1);
    lake.rebuilding("notes", contextThat(this::mergeMore), line -> {})
        .run(Set.of(TableRebuild.Layer.SILVER), false);
    assertThat(lake.rows("notes")).containsExactly("1|7|x", "3|9|z", "5|5|new");
    assertThat(lake.pass("notes")).as("all that landed is in silver").isEmpty();
    assertThat(lake.lake().deadLetters().read().count()).isEqualTo(1);
    lake.land("notes", NOTES.create(11, row(2, "8", "y")));
    lake.merge("notes");
    assertThat(lake.rows("notes")).as("rule 4").containsExactly("1|7|x", "3|9|z", "5|5|new");
  }

  private void mergeMore() {
    lake.land("notes", NOTES.create(40, row(5, "5", "new")));
    lake.merge("notes");
  }

  /** What a rebuild asks first when it has read how far bronze has come. */
  private static RunContext contextThat(Runnable action) {
    Clock clock =
        new Clock() {
          private int asked;

          @Override
          public Instant instant() {
            if (++asked == 3) {
              action.run();
            }
            return TestLake.NOW;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    return new RunContext("run-2", TestLake.PIPELINE, clock, new StopSignal(), step -> {});
  }

  /** Somebody deleted rows of bronze: only they knew what silver has. */
  @Test
  void lostChangesAreToldAndOnlyLetGoWhenAccepted() {
    landSome();
    lake.lake().bronze("notes").delete("key = '{\"id\":3}'");
    TableRebuild rebuild = lake.rebuilding("notes", TestLake.context(), line -> {});
    assertThat(rebuild.preview().bronze().rows()).isEqualTo(4);
    assertThatThrownBy(() -> rebuild.run(rebuild.layers(), false))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
              assertThat(e).hasMessageContaining("1 of its rows").hasMessageContaining("id=3");
            });
    assertThat(lake.rows("notes")).containsExactly("1|7|x", "3|9|z");
    rebuild.run(rebuild.layers(), true);
    assertThat(lake.rows("notes")).containsExactly("1|7|x");
  }
}
