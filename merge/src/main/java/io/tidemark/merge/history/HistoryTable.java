package io.tidemark.merge.history;

import static io.tidemark.core.table.SqlNames.literal;

import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.silver.PlannedTable;
import io.tidemark.merge.silver.SilverPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Creates a table of intervals and lets it grow with its source. */
final class HistoryTable {
  private final String pipeline;
  private final LakeTable table;
  private final PlannedTable planned;

  HistoryTable(String pipeline, LakeTable table) {
    this.pipeline = pipeline;
    this.table = table;
    this.planned = new PlannedTable(pipeline, table, HistoryColumns::isOwn);
  }

  /** The table as it is, or empty if it is yet to be created. */
  Optional<SilverPlan.Existing> existing() {
    return planned.existing();
  }

  /**
   * Makes the table what the plan says.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if a column of the source has
   *     a name that intervals need
   */
  void prepare(String name, SilverPlan plan) {
    for (LakeField column : plan.columns()) {
      if (HistoryColumns.isOwn(column.name())) {
        throw SchemaErrors.reservedColumn(name, column.name());
      }
    }
    if (!table.exists()) {
      create(plan);
      return;
    }
    if (!plan.renamed().isEmpty()) {
      renameUnlogged(plan.renamed());
    }
    planned.follow(plan);
  }

  /** Some columns hold names of columns. Comes first: cut off, the renaming follows again. */
  private void renameUnlogged(Map<String, String> renamed) {
    String cases =
        renamed.entrySet().stream()
            .map(e -> "WHEN %s THEN %s".formatted(literal(e.getKey()), literal(e.getValue())))
            .collect(Collectors.joining(" "));
    String mapped = "transform(%s, c -> CASE c " + cases + " ELSE c END)";
    table.update(
        "%s IS NOT NULL OR %s IS NOT NULL"
            .formatted(HistoryColumns.UNLOGGED, HistoryColumns.UNRESOLVED),
        Map.of(
            HistoryColumns.UNLOGGED,
            mapped.formatted(HistoryColumns.UNLOGGED),
            HistoryColumns.UNRESOLVED,
            mapped.formatted(HistoryColumns.UNRESOLVED)));
  }

  /** Current intervals lie apart from ended ones, which are written once and seldom read. */
  private void create(SilverPlan plan) {
    StructType columns =
        FoldedColumns.columns(plan.columns())
            .add(HistoryColumns.VALID_FROM, DataTypes.TimestampType)
            .add(HistoryColumns.VALID_TO, DataTypes.TimestampType)
            .add(HistoryColumns.IS_CURRENT, DataTypes.BooleanType)
            .add(HistoryColumns.OPERATION, DataTypes.StringType)
            .add(HistoryColumns.POSITION, DataTypes.StringType)
            .add(HistoryColumns.END_POSITION, DataTypes.StringType)
            .add(HistoryColumns.SOURCE_TIME, DataTypes.TimestampType)
            .add(HistoryColumns.UNLOGGED, DataTypes.createArrayType(DataTypes.StringType))
            .add(HistoryColumns.UNRESOLVED, DataTypes.createArrayType(DataTypes.StringType))
            .add(HistoryColumns.APPLIED_AT, DataTypes.TimestampType);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(BronzeColumns.PIPELINE_PROPERTY, pipeline);
    properties.put(SilverColumns.KEY_PROPERTY, SilverColumns.keyProperty(plan.key()));
    properties.put("delta.dataSkippingStatsColumns", String.join(",", statistics(plan)));
    table.create(
        new TableDefinition(
            columns,
            List.of(HistoryColumns.IS_CURRENT),
            properties,
            TableDefinition.Feature.MERGE_TARGET));
  }

  /** The columns by which files are left out, wherever they stand among the source's. */
  private static List<String> statistics(SilverPlan plan) {
    List<String> columns = new ArrayList<>();
    plan.columns().stream()
        .filter(column -> plan.key().get(0).equals(column.name()) && hasStatistics(column.type()))
        .map(column -> SqlNames.quote(column.name()))
        .forEach(columns::add);
    columns.add(HistoryColumns.VALID_FROM);
    columns.add(HistoryColumns.VALID_TO);
    columns.add(HistoryColumns.POSITION);
    columns.add(HistoryColumns.END_POSITION);
    return columns;
  }

  private static boolean hasStatistics(LakeType type) {
    return type instanceof LakeType.Int32
        || type instanceof LakeType.Int64
        || type instanceof LakeType.Text
        || type instanceof LakeType.Timestamp
        || type instanceof LakeType.Date;
  }
}
