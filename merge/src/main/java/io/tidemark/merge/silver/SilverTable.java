package io.tidemark.merge.silver;

import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.Deletes;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.EventRows;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Creates a table of current rows and lets it grow with its source. */
final class SilverTable {
  private static final String APPEND_ONLY = "append-only";
  private static final StructField FILLED_FROM =
      new StructField(SilverColumns.FILLED_FROM, DataTypes.StringType, true, Metadata.empty());

  private static final StructField FLAGS =
      new StructField(
          SilverColumns.BROKEN_RULES,
          DataTypes.createArrayType(DataTypes.StringType),
          true,
          Metadata.empty());

  private static final StructField ORIGINAL =
      new StructField(
          SilverColumns.ORIGINAL,
          DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType),
          true,
          Metadata.empty());

  private final String pipeline;
  private final LakeTable table;
  private final TableSpec spec;
  private final PlannedTable planned;

  SilverTable(String pipeline, LakeTable table, TableSpec spec) {
    this.pipeline = pipeline;
    this.table = table;
    this.spec = spec;
    this.planned = new PlannedTable(pipeline, table, AppendColumns::isOwn);
  }

  /** The table as it is, or empty if it is yet to be created. */
  Optional<SilverPlan.Existing> existing() {
    Optional<SilverPlan.Existing> existing = planned.existing();
    if (existing.isPresent()) {
      String word = Deletes.HARD.word();
      String kind = table.properties().getOrDefault(SilverColumns.DELETES_PROPERTY, word);
      if (!kind.equals(kind())) {
        throw SchemaErrors.deletesChanged(spec.name(), setting(kind), setting(kind()));
      }
    }
    return spec.appendOnly()
        ? existing.map(table -> new SilverPlan.Existing(List.of(), table.columns()))
        : existing;
  }

  /** Makes the table what the plan says. */
  void prepare(SilverPlan plan, AddedDefaults defaults) {
    if (table.exists()) {
      planned.follow(plan, defaults);
    } else {
      create(plan);
    }
    prepareForFlags();
    prepareForOriginals();
  }

  /** Whether some row of the table has, or had, a value from a change before its own. */
  boolean hasFilledRows() {
    return table.hasColumn(SilverColumns.FILLED_FROM);
  }

  /** Adds the column for rows that have values from changes before their own. */
  void prepareForFilledRows() {
    if (!hasFilledRows()) {
      addLast(FILLED_FROM);
    }
  }

  private void addLast(StructField column) {
    String[] names = table.schema().fieldNames();
    table.addColumns(List.of(column), Optional.of(names[names.length - 1]));
  }

  /** Whether rows that break rules are shown, or were. */
  boolean hasFlags() {
    return table.hasColumn(SilverColumns.BROKEN_RULES);
  }

  private void prepareForFlags() {
    if (spec.rules().onQuarantine() == OnQuarantine.FLAG
        && !spec.rules().areNone()
        && !hasFlags()) {
      addLast(FLAGS);
    }
  }

  /** Whether values of the table are corrected, or were. */
  boolean hasOriginals() {
    return table.hasColumn(SilverColumns.ORIGINAL);
  }

  private void prepareForOriginals() {
    if (!spec.rules().corrections().isEmpty() && !hasOriginals()) {
      addLast(ORIGINAL);
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
            : SqlNames.timestamp(truncate.sourceTime());
    Map<String, String> ended = new LinkedHashMap<>();
    ended.put(SilverColumns.POSITION, SqlNames.literal(truncate.position()));
    ended.put(SilverColumns.SOURCE_TIME, time);
    ended.put(SilverColumns.APPLIED_AT, SqlNames.timestamp(now));
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
