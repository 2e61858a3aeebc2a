package io.tidemark.quality.reconcile;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What repairs changed: rows of {@code _tidemark/repairs}, one for each key. */
public final class RepairLog {
  private static final StructType COLUMNS =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("reconcile", DataTypes.StringType)
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("key", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("before", DataTypes.StringType)
          .add("after", DataTypes.StringType)
          .add("repaired_at", DataTypes.TimestampType);

  private final Lake lake;
  private final String pipeline;

  /** The repairs of a pipeline. */
  public RepairLog(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /**
   * A key that was repaired.
   *
   * @param found how it differed
   * @param before silver's row before, as JSON; null if it had none
   * @param after silver's row after, as JSON; null if it has none
   */
  public record Repaired(ReconcileLog.StoredKey found, String before, String after) {
    /** Whether silver's row changed at all. */
    public boolean changed() {
      return !Objects.equals(before, after);
    }
  }

  /**
   * Keeps what a repair did.
   *
   * @param runId the repair's
   * @param reconcile the run of the comparison that found the keys
   */
  public void store(
      String runId, String reconcile, String table, List<Repaired> repaired, Instant now) {
    LakeTable log = lake.repairs();
    log.create(TableDefinition.log(COLUMNS));
    List<Row> rows = new ArrayList<>();
    for (Repaired one : repaired) {
      rows.add(
          RowFactory.create(
              runId,
              reconcile,
              pipeline,
              table,
              one.found().kind().name(),
              new TreeMap<>(one.found().key()),
              one.before(),
              one.after(),
              now));
    }
    log.append(lake.spark().createDataFrame(rows, COLUMNS).coalesce(1), List.of());
  }
}
