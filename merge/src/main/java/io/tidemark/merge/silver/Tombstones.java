package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The memory of deletes: an older change of a deleted key must not bring its row back. A truncate
 * is remembered as the delete of every key, in a row without a key.
 */
final class Tombstones {
  private static final StructType COLUMNS =
      new StructType()
          .add("key", DataTypes.StringType)
          .add("position", DataTypes.StringType)
          .add("source_time", DataTypes.TimestampType)
          .add("applied_at", DataTypes.TimestampType);

  private static final String REMEMBERED = "__deleted_at";

  private final LakeTable table;

  Tombstones(LakeTable table) {
    this.table = table;
    table.create(
        new TableDefinition(COLUMNS, List.of(), Map.of(), TableDefinition.Feature.APPEND_LOG));
  }

  /** The position of the last truncate it remembers. */
  Optional<String> lastTruncate() {
    if (areNone()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        table.read().filter(col("key").isNull()).agg(max(col("position"))).head().getString(0));
  }

  /** Whether nothing was ever deleted: then there is nothing to compare with. */
  boolean areNone() {
    return table.version() == 0;
  }

  /** Leaves out the changes of keys that were deleted later. */
  Dataset<Row> withoutDeleted(Dataset<Row> folded) {
    Dataset<Row> deleted =
        table
            .read()
            .filter(col("key").isNotNull())
            .groupBy(col("key").as("__deleted_key"))
            .agg(max(col("position")).as(REMEMBERED));
    return folded
        .join(deleted, col(FoldedColumns.KEY).equalTo(col("__deleted_key")), "left")
        .filter(
            col(FoldedColumns.KIND)
                .equalTo("d")
                .or(col(REMEMBERED).isNull())
                .or(col(SilverColumns.POSITION).gt(col(REMEMBERED))))
        .drop("__deleted_key", REMEMBERED);
  }

  /** Remembers the deletes among the folded changes; a second time does no harm. */
  void remember(
      Dataset<Row> folded, Optional<String> truncate, Instant now, String tokenName, long version) {
    Dataset<Row> deletes =
        folded
            .filter(col(FoldedColumns.KIND).equalTo("d"))
            .select(
                col(FoldedColumns.KEY).as("key"),
                col(SilverColumns.POSITION).as("position"),
                col(SilverColumns.SOURCE_TIME).as("source_time"),
                lit(now).as("applied_at"));
    if (truncate.isPresent()) {
      deletes =
          deletes.union(
              folded
                  .sparkSession()
                  .range(1)
                  .select(
                      lit(null).cast("string"),
                      lit(truncate.get()),
                      lit(null).cast("timestamp"),
                      lit(now)));
    }
    long remembered = table.token(tokenName);
    table.append(
        deletes.coalesce(1),
        List.of(new CommitToken(tokenName, remembered, Math.max(remembered, version))));
  }
}
