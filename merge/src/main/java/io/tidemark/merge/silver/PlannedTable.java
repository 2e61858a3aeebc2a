package io.tidemark.merge.silver;

import static io.tidemark.core.table.SqlNames.literal;
import static org.apache.spark.sql.functions.expr;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.lake.TableOwner;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.FoldedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** A table with the columns of a source and some of its own, which grows as a plan says. */
public final class PlannedTable {
  private final String pipeline;
  private final LakeTable table;
  private final Predicate<String> isOwn;

  /**
   * A table of a pipeline.
   *
   * @param isOwn whether a column is none of the source's
   */
  public PlannedTable(String pipeline, LakeTable table, Predicate<String> isOwn) {
    this.pipeline = pipeline;
    this.table = table;
    this.isOwn = isOwn;
  }

  /**
   * The table as it is, or empty if it is yet to be created.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if another pipeline has it
   */
  public Optional<SilverPlan.Existing> existing() {
    if (!table.exists()) {
      return Optional.empty();
    }
    Map<String, String> properties = table.properties();
    TableOwner.require(table, properties, pipeline);
    List<LakeField> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (!isOwn.test(field.name())) {
        columns.add(new LakeField(field.name(), LakeType.parse(field.dataType().sql())));
      }
    }
    return Optional.of(new SilverPlan.Existing(SilverColumns.key(properties), columns));
  }

  /** Renames, widens and adds columns; the rows have no value in new ones. */
  public void follow(SilverPlan plan) {
    follow(plan, AddedDefaults.NONE);
  }

  /** Renames, widens and adds columns, which have their default in all rows. */
  void follow(SilverPlan plan, AddedDefaults defaults) {
    plan.renamed().forEach(this::rename);
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

  private boolean hasOriginals() {
    return table.hasColumn(SilverColumns.ORIGINAL);
  }

  /** First what is kept under the name: cut off between the two, it is done once more. */
  private void rename(String from, String to) {
    if (hasOriginals()) {
      table.update(
          "map_contains_key(%s, %s)".formatted(SilverColumns.ORIGINAL, literal(from)),
          Map.of(
              SilverColumns.ORIGINAL,
              "transform_keys(%s, (k, v) -> if(k = %s, %s, k))"
                  .formatted(SilverColumns.ORIGINAL, literal(from), literal(to))));
    }
    table.renameColumn(from, to);
  }

  /**
   * Writes the table anew with wider columns. Delta's own type widening would leave the files as
   * they are, but on Spark 3.5 it knows none of the types that columns of a source become.
   */
  private void widen(List<LakeField> widened) {
    Dataset<Row> rows = table.read();
    for (LakeField field : widened) {
      if (hasOriginals()) {
        rows = rows.withColumn(SilverColumns.ORIGINAL, expr(widenedOriginal(field)));
      }
      rows =
          rows.withColumn(
              field.name(),
              rows.col(SqlNames.quote(field.name())).cast(DataType.fromDDL(field.type().ddl())));
    }
    table.replace(rows, List.of());
  }

  /** The nearest double of a float is none of the float's text. */
  private String widenedOriginal(LakeField field) {
    return "transform_values(%s, (k, v) -> if(k = %s, cast(cast(cast(v AS %s) AS %s) AS string), v))"
        .formatted(
            SilverColumns.ORIGINAL,
            literal(field.name()),
            table.schema().apply(field.name()).dataType().sql(),
            field.type().ddl());
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
      if (isOwn.test(name)) {
        names.add(name);
      }
    }
    Column[] columns =
        names.stream().map(SqlNames::quote).map(functions::col).toArray(Column[]::new);
    table.replace(rows.crossJoin(values).select(columns), List.of());
  }
}
