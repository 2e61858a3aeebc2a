package io.tidemark.merge.silver;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What merges remember of a table besides its rows, on its way from a stage of the lake to the
 * lake: deletes, and changes in quarantine.
 *
 * <p>To be made before the stage reads bronze for the last time: all that the lake remembers by
 * then comes from changes that the stage has, too. What a merge beside it remembers later stays.
 */
public final class SilverMemory {
  private final Lake lake;
  private final Lake stage;
  private final TableSpec spec;
  private final RebuiltQuarantine quarantine;

  /** The memory of a table as it is now. */
  public SilverMemory(Lake lake, Lake stage, TableSpec spec) {
    this.lake = lake;
    this.stage = stage;
    this.spec = spec;
    this.quarantine = RebuiltQuarantine.of(lake.quarantine(spec.name()));
  }

  /**
   * Adds what the stage remembers. The rows that silver has still need what it remembers itself, so
   * nothing is taken away; and a delete that bronze has no longer must not be forgotten either.
   */
  public void add() {
    LakeTable deleted = stage.tombstones(spec.name());
    if (deleted.exists()) {
      new Tombstones(lake.tombstones(spec.name()), spec.tombstoneRetention()).learn(deleted);
    }
    quarantine.add(stage.quarantine(spec.name()));
  }

  /** Lets go of what only the rows before had in quarantine, once silver has the stage's rows. */
  public void settle(CommitToken merged) {
    quarantine.settle(merged);
  }

  /** Where all rows of a table ended last: by a truncate, or a snapshot without them. */
  public static Optional<String> lastEnd(Lake lake, String table) {
    return Tombstones.lastTruncate(lake.tombstones(table));
  }

  /** The positions of changes that wait for a value in the stage. */
  public static Optional<Dataset<Row>> waiting(Lake stage, String table) {
    return new Quarantine(stage.quarantine(table)).unresolvedPositions();
  }
}
