package io.tidemark.merge.combine;

import static io.tidemark.core.table.SqlNames.quote;
import static io.tidemark.core.table.SqlNames.timestamp;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.spec.Deletes;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.MergeCounts;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Keeps a table of several sources equal to what its {@link Resolution} makes of their rows.
 *
 * <p>Positions of different sources are never compared: each source's table of current rows has its
 * changes in its own order, and the combined table is a function of those rows. Only the keys that
 * changed in a source are computed anew, one source after the other, and each commit records the
 * version of the source's table that it has seen. Cut off anywhere, the next run does the same
 * again.
 */
public final class CombinedTable {
  private static final String KIND = "__kind";

  private final Lake lake;
  private final TableSpec spec;
  private final RunContext context;
  private final LakeTable target;

  /**
   * A combined table.
   *
   * @param lake with a session that no other table uses at the same time
   * @param spec a table with several sources
   */
  public CombinedTable(Lake lake, TableSpec spec, RunContext context) {
    this.lake = lake;
    this.spec = spec;
    this.context = context;
    this.target = lake.silver(spec.name());
  }

  /**
   * Combines what has changed; one record for each source that had changes.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the sources' keys or types
   *     do not go together; the combined table is as it was then
   */
  public List<StepRecord> run() {
    List<SourceRows> sources = sources();
    List<StepRecord> steps = new ArrayList<>();
    for (SourceRows changed : sources) {
      changed.table().trackChanges();
      String name = "combine/" + context.pipeline() + "/" + changed.table().id();
      long from = target.exists() ? target.token(name) : CommitToken.NONE;
      long to = changed.table().version();
      if (to > from) {
        steps.add(combine(changed, sources, new CommitToken(name, from, to)));
      }
    }
    return steps;
  }

  private List<SourceRows> sources() {
    List<SourceRows> sources = new ArrayList<>();
    spec.sourceTables()
        .forEach(
            (label, table) -> {
              LakeTable rows = lake.silver(table);
              if (rows.exists()) {
                sources.add(new SourceRows(label, sources.size(), rows));
              }
            });
    return sources;
  }

  private StepRecord combine(SourceRows changed, List<SourceRows> sources, CommitToken token) {
    Instant started = context.clock().instant();
    List<String> key = key(sources);
    List<LakeField> columns =
        CombinedColumns.of(spec.name(), sources.stream().map(SourceRows::columns).toList())
            .columns();
    prepare(columns, identity(key));
    Dataset<Row> rows = resolved(changed, sources, columns, key, token);
    try {
      long keys = rows.count();
      long conflicts =
          new ConflictLog(lake.conflicts(spec.name()))
              .keep(rows, spec.sources(), key, started, token);
      CrashPoint.BEFORE_COMBINED.reach();
      MergeCounts merged = target.merge(statement(rows, columns, identity(key), started), token);
      return record(changed, token, started, keys, conflicts, merged);
    } finally {
      rows.unpersist();
    }
  }

  private StepRecord record(
      SourceRows changed,
      CommitToken token,
      Instant started,
      long keys,
      long conflicts,
      MergeCounts merged) {
    if (merged.source() != keys) {
      throw Errors.unaccountedRows(
          "the MERGE into " + target, "%d prepared, %d seen".formatted(keys, merged.source()));
    }
    Counts counts =
        new Counts()
            .add(Count.READ, keys)
            .add(Count.INSERTED, merged.inserted())
            .add(Count.UPDATED, merged.updated())
            .add(Count.DELETED, merged.deleted())
            .add(Count.OLDER, keys - merged.inserted() - merged.updated() - merged.deleted());
    String detail =
        "{\"source\":\"%s\",\"from\":%d,\"to\":%d,\"conflicts\":%d,\"silver\":%d}"
            .formatted(
                changed.label(), token.expected(), token.next(), conflicts, target.version());
    return context.done(Step.MERGE, spec.name(), started, counts, Optional.empty(), detail);
  }

  private List<String> key(List<SourceRows> sources) {
    List<String> key = sources.get(0).key();
    for (SourceRows other : sources) {
      if (!other.key().equals(key)) {
        throw SchemaErrors.sourceKeysDisagree(spec.name(), key, other.key());
      }
    }
    return key;
  }

  /** What makes a row: with a conflict policy the key, else the key of one source. */
  private List<String> identity(List<String> key) {
    List<String> identity = new ArrayList<>(key);
    if (spec.sources().conflicts().isEmpty()) {
      identity.add(spec.sources().column());
    }
    return identity;
  }

  private Dataset<Row> resolved(
      SourceRows changed,
      List<SourceRows> sources,
      List<LakeField> columns,
      List<String> key,
      CommitToken token) {
    Column[] keyColumns = key.stream().map(name -> col(quote(name))).toArray(Column[]::new);
    Dataset<Row> touched =
        token.expected() == CommitToken.NONE
            ? changed.table().readVersion(token.next())
            : changed.table().changedBetween(token.expected(), token.next());
    Dataset<Row> keys = touched.select(keyColumns).distinct();
    List<SourceRows> concerned = spec.sources().conflicts().isEmpty() ? List.of(changed) : sources;
    String sourceColumn = spec.sources().column();
    Dataset<Row> candidates =
        concerned.stream()
            .map(source -> source.read(columns, sourceColumn))
            .reduce(Dataset::union)
            .orElseThrow()
            .join(keys, asScalaBuffer(key).toSeq(), "left_semi");
    Dataset<Row> chosen = new Resolution(spec.sources(), key).of(candidates);
    Column isNowhere = col(Resolution.GONE).isNull();
    // A key that no source has any more is a delete, too.
    return keys.join(chosen, asScalaBuffer(key).toSeq(), "left")
        .withColumn(
            sourceColumn,
            when(col(quote(sourceColumn)).isNull(), changed.label())
                .otherwise(col(quote(sourceColumn))))
        .withColumn(
            KIND, when(soft() ? isNowhere : isNowhere.or(col(Resolution.GONE)), "d").otherwise("u"))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void prepare(List<LakeField> columns, List<String> identity) {
    StructType own = new StructType();
    for (LakeField field : columns) {
      own = own.add(field.name(), DataType.fromDDL(field.type().ddl()));
    }
    own =
        own.add(spec.sources().column(), DataTypes.StringType)
            .add(SilverColumns.POSITION, DataTypes.StringType)
            .add(SilverColumns.SOURCE_TIME, DataTypes.TimestampType)
            .add(SilverColumns.APPLIED_AT, DataTypes.TimestampType);
    if (soft()) {
      own =
          own.add(SilverColumns.DELETED, DataTypes.BooleanType)
              .add(SilverColumns.DELETED_AT, DataTypes.TimestampType);
    }
    if (!target.exists()) {
      target.create(
          new TableDefinition(
              own,
              List.of(),
              Map.of(
                  BronzeColumns.PIPELINE_PROPERTY,
                  context.pipeline(),
                  SilverColumns.KEY_PROPERTY,
                  SilverColumns.keyProperty(identity)),
              TableDefinition.Feature.MERGE_TARGET));
      return;
    }
    grow(columns);
  }

  private boolean soft() {
    return spec.deletes() == Deletes.SOFT;
  }

  /** Adds columns that a source has got, and writes the table anew where one has become wider. */
  private void grow(List<LakeField> columns) {
    StructType stored = target.schema();
    List<String> names = List.of(stored.fieldNames());
    Dataset<Row> rows = target.read();
    boolean wider = false;
    for (LakeField field : columns) {
      DataType wanted = DataType.fromDDL(field.type().ddl());
      if (!names.contains(field.name())) {
        target.addColumns(
            List.of(DataTypes.createStructField(field.name(), wanted, true)), Optional.empty());
        rows = target.read();
      } else if (!stored.apply(field.name()).dataType().equals(wanted)) {
        rows = rows.withColumn(field.name(), rows.col(quote(field.name())).cast(wanted));
        wider = true;
      }
    }
    if (wider) {
      target.replace(rows, List.of());
    }
  }

  private MergeStatement statement(
      Dataset<Row> rows, List<LakeField> columns, List<String> identity, Instant now) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach(field -> values.put(field.name(), "s." + quote(field.name())));
    values.put(spec.sources().column(), "s." + quote(spec.sources().column()));
    values.put(SilverColumns.POSITION, "s." + SilverColumns.POSITION);
    values.put(SilverColumns.SOURCE_TIME, "s." + SilverColumns.SOURCE_TIME);
    values.put(SilverColumns.APPLIED_AT, timestamp(now));
    if (soft()) {
      values.put(SilverColumns.DELETED, "s." + Resolution.GONE);
      values.put(SilverColumns.DELETED_AT, "s." + SilverColumns.DELETED_AT);
    }
    String match =
        String.join(
            " AND ",
            identity.stream().map(c -> "t.%s = s.%s".formatted(quote(c), quote(c))).toList());
    return new MergeStatement(
        rows, match, "s.__kind = 'd'", "s.__kind = 'u'", values, "s.__kind = 'u'", values);
  }
}
