package io.tidemark.merge.log;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;

/** Brings a lake into the state in which a killed process leaves it. */
public final class CutOff {
  private CutOff() {}

  /** Undoes a table's commits after a version, as if the process had died before them. */
  public static void after(Lake lake, LakeTable table, long version) {
    try {
      FileSystem files = lake.files();
      Path log = new Path(table.path(), "_delta_log");
      for (long undone = table.version(); undone > version; undone--) {
        files.delete(new Path(log, "%020d.json".formatted(undone)), false);
        files.delete(new Path(log, "%020d.crc".formatted(undone)), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forget(lake, table);
  }

  /** Removes a table's folder. */
  public static void remove(Lake lake, LakeTable table) {
    try {
      lake.files().delete(new Path(table.path()), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    forget(lake, table);
  }

  /** A new process knows nothing of a table but its files. */
  private static void forget(Lake lake, LakeTable table) {
    DeltaLog.invalidateCache(lake.spark(), new Path(table.path()));
  }
}
