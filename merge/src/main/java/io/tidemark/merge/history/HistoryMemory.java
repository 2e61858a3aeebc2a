package io.tidemark.merge.history;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.LakeTable;
import java.util.Arrays;
import java.util.List;

/**
 * What history remembers besides intervals, on its way from a stage of the lake to the lake. Marks
 * are never taken away before the intervals are there that go with the others; what it has twice
 * counts once.
 *
 * <p>To be made before the stage reads bronze for the last time.
 */
public final class HistoryMemory {
  private final LakeTable marks;
  private final LakeTable staged;
  private final long known;

  /** The memory of a table as it is now; the stage has been built once. */
  public HistoryMemory(Lake lake, Lake stage, String table) {
    this.marks = lake.historyMarks(table);
    this.staged = stage.historyMarks(table);
    // Brings the columns of the key up to what they are called now.
    new HistoryMarks(marks, key(staged));
    this.known = marks.version();
  }

  private static List<LakeField> key(LakeTable marks) {
    return Arrays.stream(marks.schema().fields())
        .filter(field -> !HistoryColumns.isOwn(field.name()))
        .map(f -> new LakeField(f.name(), LakeType.parse(f.dataType().sql())))
        .toList();
  }

  /** Adds what the stage remembers. */
  public void add() {
    marks.append(staged.read().coalesce(1), List.of());
  }

  /** Lets go of what was remembered for the intervals before. */
  public void settle() {
    marks.forget(known, List.of());
  }
}
