package io.tidemark.merge.silver;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.spec.Deletes;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.EventRows;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Creates a table of current rows and lets it grow with its source. */
final class SilverTable {
  private static final String APPEND_ONLY = "append-only";
  private static final StructField FILLED_FROM =
      new StructField(SilverColumns.FILLED_FROM, DataTypes.StringType, true, Metadata.empty());

  private final String pipeline;
  private final LakeTable table;
  private final TableSpec spec;

  SilverTable(String pipeline, LakeTable table, TableSpec spec) {
    this.pipeline = pipeline;
    this.table = table;
    this.spec = spec;
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
    String kind = properties.getOrDefault(SilverColumns.DELETES_PROPERTY, Deletes.HARD.word());
    if (!kind.equals(kind())) {
      throw Errors.deletesChanged(spec.name(), setting(kind), setting(kind()));
    }
    List<LakeField> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (!AppendColumns.isOwn(field.name())) {
        columns.add(new LakeField(field.name(), LakeType.parse(field.dataType().sql())));
      }
    }
    List<String> key = spec.appendOnly() ? List.of() : SilverColumns.key(properties);
    return Optional.of(new SilverPlan.Existing(key, columns));
  }

  /** Makes the table what the plan says. */
  void prepare(SilverPlan plan, AddedDefaults defaults) {
    if (!table.exists()) {
      create(plan);
      return;
    }
    plan.renamed().forEach(table::renameColumn);
    if (plan.renamed().values().stream().anyMatch(plan.key()::contains)) {
      table.setProperties(
          Map.of(SilverColumns.KEY_PROPERTY, SilverColumns.keyProperty(plan.key())));
    }
    if (!plan.widened().isEmpty()) {
      widen(plan.widened());
    }
    if (defaults.concernAny(plan.added())) {
      addFilled(plan, defaults);
    } else if (!plan.added().isEmpty()) {
      List<StructField> added = List.of(FoldedColumns.columns(plan.added()).fields());
      int stored = plan.columns().size() - plan.added().size();
      table.addColumns(added, Optional.of(plan.columns().get(stored - 1).name()));
    }
  }

  /**
   * Writes the table anew with wider columns. Delta's own type widening would leave the files as
   * they are, but on Spark 3.5 it knows none of the types that columns of a source become.
   */
  private void widen(List<LakeField> widened) {
    Dataset<Row> rows = table.read();
    for (LakeField field : widened) {
      rows =
          rows.withColumn(
              field.name(),
              rows.col(SqlNames.quote(field.name())).cast(DataType.fromDDL(field.type().ddl())));
    }
    table.replace(rows, List.of());
  }

  /** Whether some row of the table has, or had, a value from a change before its own. */
  boolean hasFilledRows() {
    return table.schema().getFieldIndex(SilverColumns.FILLED_FROM).isDefined();
  }

  /**
   * Writes the table anew with new columns that its rows have values in: in one commit, as nobody
   * could tell later whether they were filled.
   */
  private void addFilled(SilverPlan plan, AddedDefaults defaults) {
    Dataset<Row> rows = table.read();
    Dataset<Row> values =
        rows.sparkSession()
            .createDataFrame(
                List.of(defaults.row(plan.added())), FoldedColumns.columns(plan.added()));
    List<String> names = new ArrayList<>(plan.columns().stream().map(LakeField::name).toList());
    for (String name : rows.columns()) {
      if (AppendColumns.isOwn(name)) {
        names.add(name);
      }
    }
    Column[] columns =
        names.stream().map(SqlNames::quote).map(functions::col).toArray(Column[]::new);
    table.replace(rows.crossJoin(values).select(columns), List.of());
  }

  /** Adds the column for rows that have values from changes before their own. */
  void prepareForFilledRows() {
    if (!hasFilledRows()) {
      String[] names = table.schema().fieldNames();
      table.addColumns(List.of(FILLED_FROM), Optional.of(names[names.length - 1]));
    }
  }

  /** Ends all rows before a truncate; the rows that end before an earlier one have ended then. */
  void truncate(Truncate truncate, Instant now) {
    String earlier = SilverColumns.POSITION + " < " + SqlNames.literal(truncate.position());
    if (spec.deletes() == Deletes.HARD) {
      table.delete(earlier);
      return;
    }
    String time =
        truncate.sourceTime() == null
            ? "CAST(NULL AS TIMESTAMP)"
            : "TIMESTAMP " + SqlNames.literal(truncate.sourceTime().toString());
    Map<String, String> ended = new LinkedHashMap<>();
    ended.put(SilverColumns.POSITION, SqlNames.literal(truncate.position()));
    ended.put(SilverColumns.SOURCE_TIME, time);
    ended.put(SilverColumns.APPLIED_AT, "TIMESTAMP " + SqlNames.literal(now.toString()));
    ended.put(SilverColumns.DELETED, "true");
    ended.put(SilverColumns.DELETED_AT, time);
    ended.put(
        SilverColumns.FILLED_FROM,
        "coalesce(%s, %s)".formatted(SilverColumns.FILLED_FROM, SilverColumns.POSITION));
    table.update(earlier, ended);
  }

  private void create(SilverPlan plan) {
    StructType columns =
        spec.appendOnly()
            ? EventRows.type(plan.columns(), AppendColumns.type())
            : currentRows(plan);
    table.create(
        new TableDefinition(
            columns,
            List.of(),
            Map.of(
                BronzeColumns.PIPELINE_PROPERTY,
                pipeline,
                SilverColumns.KEY_PROPERTY,
                SilverColumns.keyProperty(plan.key()),
                SilverColumns.DELETES_PROPERTY,
                kind()),
            TableDefinition.Feature.MERGE_TARGET));
  }

  private StructType currentRows(SilverPlan plan) {
    StructType columns =
        FoldedColumns.columns(plan.columns())
            .add(SilverColumns.POSITION, DataTypes.StringType)
            .add(SilverColumns.SOURCE_TIME, DataTypes.TimestampType)
            .add(SilverColumns.APPLIED_AT, DataTypes.TimestampType);
    if (spec.deletes() == Deletes.SOFT) {
      columns =
          columns
              .add(SilverColumns.DELETED, DataTypes.BooleanType)
              .add(SilverColumns.DELETED_AT, DataTypes.TimestampType)
              .add(FILLED_FROM);
    }
    return columns;
  }

  /** What the table's rows are, which it is for life: a word for its properties. */
  private String kind() {
    return spec.appendOnly() ? APPEND_ONLY : spec.deletes().word();
  }

  private static String setting(String kind) {
    return kind.equals(APPEND_ONLY) ? "append-only: true" : "deletes: " + kind;
  }
}
