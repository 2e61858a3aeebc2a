package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Changes that were decoded but not accepted, with the reason and the whole bronze row. */
final class Quarantine {

  private static final StructType COLUMNS =
      new StructType()
          .add("reason", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("position", DataTypes.StringType)
          .add("quarantined_at", DataTypes.TimestampType)
          .add(BronzeColumns.OPERATION, DataTypes.StringType)
          .add(BronzeColumns.KEY, DataTypes.StringType)
          .add(BronzeColumns.BEFORE, DataTypes.StringType)
          .add(BronzeColumns.AFTER, DataTypes.StringType)
          .add(BronzeColumns.SOURCE_TIME, DataTypes.TimestampType)
          .add(BronzeColumns.SCHEMA, DataTypes.StringType)
          .add(BronzeColumns.TOPIC, DataTypes.StringType)
          .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
          .add(BronzeColumns.OFFSET, DataTypes.LongType);

  private static final String UNKNOWN =
      "array_join(map_keys(map_filter(%s, (name, since) -> since = '')), ', ')"
          .formatted(FoldedColumns.UNAVAILABLE);

  /** What makes two bronze rows the same change. */
  private static final Seq<String> IDENTITY =
      asScalaBuffer(List.of("position", BronzeColumns.KEY)).toSeq();

  private final LakeTable table;

  Quarantine(LakeTable table) {
    this.table = table;
  }

  /** Keeps changes with unavailable values that no earlier change and no stored row can fill. */
  void keepUnresolved(Dataset<Row> unresolved, Dataset<Row> bronze, Instant now) {
    table.create(
        new TableDefinition(COLUMNS, List.of(), Map.of(), TableDefinition.Feature.APPEND_LOG));
    Dataset<Row> reasons =
        unresolved.select(
            col(SilverColumns.POSITION).as("position"),
            col(FoldedColumns.KEY).as(BronzeColumns.KEY),
            lit("UNRESOLVED_UNAVAILABLE_VALUE").as("reason"),
            concat(
                    lit("no earlier change and no stored row has the value of column "),
                    expr(UNKNOWN))
                .as("message"),
            lit(now).as("quarantined_at"));
    Dataset<Row> rows =
        bronze
            .join(reasons, IDENTITY)
            // A record that bronze has twice is one change.
            .dropDuplicates(IDENTITY)
            // A step that was cut off may come again with the same rows.
            .join(table.read().select("position", BronzeColumns.KEY), IDENTITY, "left_anti")
            .select(columns());
    table.append(rows.coalesce(1), List.of());
  }

  private static Column[] columns() {
    return Arrays.stream(COLUMNS.fieldNames()).map(functions::col).toArray(Column[]::new);
  }
}
