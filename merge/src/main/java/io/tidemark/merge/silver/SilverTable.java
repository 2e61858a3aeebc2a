package io.tidemark.merge.silver;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Creates a table of current rows and lets it grow with its source. */
final class SilverTable {
  private final String pipeline;
  private final LakeTable table;

  SilverTable(String pipeline, LakeTable table) {
    this.pipeline = pipeline;
    this.table = table;
  }

  /** The table as it is, or empty if it is yet to be created. */
  Optional<SilverPlan.Existing> existing() {
    if (!table.exists()) {
      return Optional.empty();
    }
    Map<String, String> properties = table.properties();
    String owner = properties.getOrDefault(BronzeColumns.PIPELINE_PROPERTY, "");
    if (!owner.equals(pipeline)) {
      throw Errors.foreignTable(table.path(), owner, pipeline);
    }
    List<LakeField> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (!SilverColumns.isOwn(field.name())) {
        columns.add(new LakeField(field.name(), LakeType.parse(field.dataType().sql())));
      }
    }
    List<String> key = SilverColumns.key(properties);
    return Optional.of(new SilverPlan.Existing(key, columns));
  }

  /** Makes the table what the plan says. */
  void prepare(SilverPlan plan) {
    if (!table.exists()) {
      create(plan);
    } else if (!plan.added().isEmpty()) {
      List<StructField> added = List.of(FoldedColumns.columns(plan.added()).fields());
      int stored = plan.columns().size() - plan.added().size();
      table.addColumns(added, Optional.of(plan.columns().get(stored - 1).name()));
    }
  }

  private void create(SilverPlan plan) {
    StructType columns =
        FoldedColumns.columns(plan.columns())
            .add(SilverColumns.POSITION, DataTypes.StringType)
            .add(SilverColumns.SOURCE_TIME, DataTypes.TimestampType)
            .add(SilverColumns.APPLIED_AT, DataTypes.TimestampType);
    table.create(
        new TableDefinition(
            columns,
            List.of(),
            Map.of(
                BronzeColumns.PIPELINE_PROPERTY,
                pipeline,
                SilverColumns.KEY_PROPERTY,
                SilverColumns.keyProperty(plan.key())),
            TableDefinition.Feature.MERGE_TARGET));
  }
}
