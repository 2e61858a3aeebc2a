package io.tidemark.core.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;
import static scala.collection.JavaConverters.mapAsJavaMap;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.tidemark.core.error.Errors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionNotFoundException;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.util.FileNames;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A Delta table at a path.
 *
 * <p>Commit tokens are Delta's transaction identifiers ({@code txn} actions of the Delta protocol):
 * part of the table's state, so that they outlive log clean-up. Appends and replacements go through
 * Delta's own transaction classes, because the public writer takes only one identifier a commit.
 */
final class DeltaLakeTable implements LakeTable {
  /**
   * Every micro-batch commits: a checkpoint after each ten, the default, costs more than it saves.
   */
  private static final Map<String, String> COMMITTED_OFTEN =
      Map.of("delta.checkpointInterval", "50");

  private static final String MAPPING_MODE = "delta.columnMapping.mode";
  private static final Map<String, String> MAPPED_BY_NAME =
      Map.of(MAPPING_MODE, "name", "delta.feature.columnMapping", "supported");
  private static final String CHANGE_FEED = "delta.enableChangeDataFeed";

  private final SparkSession spark;
  private final String path;

  DeltaLakeTable(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public boolean exists() {
    return log().tableExists();
  }

  @Override
  public void create(TableDefinition definition) {
    if (exists()) {
      return; // Delta would find that out, too, after much more work.
    }
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark).location(path).addColumns(definition.columns());
    if (!definition.partitionedBy().isEmpty()) {
      builder = builder.partitionedBy(definition.partitionedBy().toArray(String[]::new));
    }
    initialProperties(definition).forEach(builder::property);
    builder.execute();
  }

  private static Map<String, String> initialProperties(TableDefinition definition) {
    Map<String, String> properties = new LinkedHashMap<>(definition.properties());
    properties.putAll(COMMITTED_OFTEN);
    properties.putAll(featureProperties(definition.feature()));
    if (ParquetNames.refusesAny(definition.columns())) {
      properties.putAll(MAPPED_BY_NAME);
    }
    return properties;
  }

  private static Map<String, String> featureProperties(TableDefinition.Feature feature) {
    return switch (feature) {
        // The change feed of an append is the appended files themselves: it costs nothing.
      case APPEND_LOG -> Map.of(CHANGE_FEED, "true");
        // A column of local time may be added to any table later, and needs its feature then.
      case MERGE_TARGET ->
          Map.of("delta.enableDeletionVectors", "true", "delta.feature.timestampNtz", "supported");
      case REPLACED -> Map.of("delta.feature.timestampNtz", "supported");
    };
  }

  @Override
  public long version() {
    return snapshot().version();
  }

  @Override
  public String id() {
    return snapshot().metadata().id();
  }

  @Override
  public StructType schema() {
    return snapshot().metadata().schema();
  }

  @Override
  public Map<String, String> properties() {
    return Map.copyOf(mapAsJavaMap(snapshot().metadata().configuration()));
  }

  @Override
  public Map<String, Long> tokens(String namePrefix) {
    if (!exists()) {
      return Map.of();
    }
    return DeltaTokens.of(snapshot()).entrySet().stream()
        .filter(token -> token.getKey().startsWith(namePrefix))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  @Override
  public Dataset<Row> readVersion(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path);
  }

  @Override
  public TableFiles files() {
    return new DeltaFiles(log(), snapshot());
  }

  @Override
  public TableFiles filesOf(long version) {
    return new DeltaFiles(log(), log().getSnapshotAt(version, Option.empty(), Option.empty()));
  }

  @Override
  public void trackChanges() {
    if (!"true".equals(properties().get(CHANGE_FEED))) {
      spark.sql("ALTER TABLE %s SET TBLPROPERTIES (%s = true)".formatted(sqlName(), CHANGE_FEED));
    }
  }

  @Override
  public Dataset<Row> appendedBetween(long fromVersion, long toVersion) {
    return changedBetween(fromVersion, toVersion)
        .filter("_change_type = 'insert'")
        .drop("_change_type", "_commit_version", "_commit_timestamp");
  }

  @Override
  public Dataset<Row> changedBetween(long fromVersion, long toVersion) {
    if (fromVersion >= 0 && !hasVersion(fromVersion + 1)) {
      throw Errors.versionsExpired(path, fromVersion + 1, toVersion);
    }
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", fromVersion + 1)
        .option("endingVersion", toVersion)
        .load(path);
  }

  private boolean hasVersion(long version) {
    try {
      log().history().checkVersionExists(version, true, false);
      return true;
    } catch (Exception e) { // Scala throws it undeclared, so it cannot be caught by its type.
      if (e instanceof VersionNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public long append(Dataset<Row> rows, List<CommitToken> tokens) {
    return new DeltaAppend(spark, this).commit(rows, tokens, SaveMode.Append, Map.of());
  }

  @Override
  public void replace(Dataset<Row> rows, List<CommitToken> tokens) {
    new DeltaAppend(spark, this)
        .commit(rows, tokens, SaveMode.Overwrite, Map.of("overwriteSchema", "true"));
  }

  @Override
  public void replace(TableDefinition definition, Dataset<Row> rows, List<CommitToken> tokens) {
    if (exists()) {
      replace(rows, tokens);
    } else {
      new DeltaAppend(spark, this).create(initialProperties(definition), rows, tokens);
    }
  }

  @Override
  public void replace(Dataset<Row> rows, Map<String, String> properties, List<CommitToken> tokens) {
    if (ParquetNames.refusesAny(rows.schema())) {
      mapColumns();
    }
    new DeltaReplacement(this).replace(rows, properties, tokens);
  }

  @Override
  public void forget(long version, List<CommitToken> tokens) {
    new DeltaReplacement(this).forget(version, tokens);
  }

  @Override
  public TableSize size() {
    Snapshot snapshot = snapshot();
    long partitions =
        snapshot.allFiles().select(to_json(col("partitionValues"))).distinct().count();
    return new TableSize(
        readVersion(snapshot.version()).count(),
        snapshot.numOfFiles(),
        snapshot.sizeInBytes(),
        partitions);
  }

  /** Refuses a commit whose token is no longer what it was planned on. */
  void requireUnmoved(CommitToken token) {
    requireUnmoved(token, token(token.name()));
  }

  void requireUnmoved(CommitToken token, long found) {
    if (found != token.expected()) {
      throw Errors.tokenMoved(path, token.name(), token.expected(), found);
    }
  }

  @Override
  public MergeCounts merge(MergeStatement statement, CommitToken token) {
    return new DeltaMerge(spark, this).merge(statement, token);
  }

  @Override
  public long delete(String condition) {
    return spark
        .sql("DELETE FROM " + sqlName() + " WHERE " + condition)
        .head()
        .<Long>getAs("num_affected_rows");
  }

  @Override
  public long update(String condition, Map<String, String> assignments) {
    String set =
        assignments.entrySet().stream()
            .map(entry -> SqlNames.quote(entry.getKey()) + " = " + entry.getValue())
            .collect(Collectors.joining(", "));
    return spark
        .sql("UPDATE " + sqlName() + " SET " + set + " WHERE " + condition)
        .head()
        .<Long>getAs("num_affected_rows");
  }

  @Override
  public void renameColumn(String from, String to) {
    mapColumns();
    spark.sql(
        "ALTER TABLE %s RENAME COLUMN %s TO %s"
            .formatted(sqlName(), SqlNames.quote(from), SqlNames.quote(to)));
  }

  /** From now on the files know columns by names of their own, so that any name is possible. */
  private void mapColumns() {
    if (!properties().getOrDefault(MAPPING_MODE, "none").equals("name")) {
      setProperties(MAPPED_BY_NAME);
    }
  }

  @Override
  public void setProperties(Map<String, String> properties) {
    String list =
        properties.entrySet().stream()
            .map(e -> SqlNames.literal(e.getKey()) + " = " + SqlNames.literal(e.getValue()))
            .collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE " + sqlName() + " SET TBLPROPERTIES (" + list + ")");
  }

  @Override
  public void compact() {
    DeltaTable.forPath(spark, path).optimize().executeCompaction();
  }

  @Override
  public void addColumns(List<StructField> columns, Optional<String> after) {
    if (columns.stream().anyMatch(ParquetNames::refuses)) {
      mapColumns();
    }
    String place = after.map(column -> "AFTER " + SqlNames.quote(column)).orElse("FIRST");
    for (StructField column : columns) {
      spark.sql(
          "ALTER TABLE %s ADD COLUMNS (%s %s %s)"
              .formatted(sqlName(), SqlNames.quote(column.name()), column.dataType().sql(), place));
      place = "AFTER " + SqlNames.quote(column.name());
    }
  }

  String sqlName() {
    return "delta." + SqlNames.quote(path);
  }

  DeltaLog log() {
    return DeltaLog.forTable(spark, path);
  }

  /** What the newest commit tells of its own work, as Delta names it; empty if it tells nothing. */
  Map<String, String> newestCommitMetrics() {
    DeltaLog log = log();
    Option<CommitInfo> info =
        log.history()
            .getCommitInfoOpt(
                log.store(),
                FileNames.unsafeDeltaFile(log.logPath(), version()),
                log.newDeltaHadoopConf());
    return info.isEmpty() || info.get().operationMetrics().isEmpty()
        ? Map.of()
        : Map.copyOf(mapAsJavaMap(info.get().operationMetrics().get()));
  }

  private Snapshot snapshot() {
    return log().update(false, Option.empty(), Option.empty());
  }

  @Override
  public String toString() {
    return path;
  }
}
