package io.tidemark.core.table;

import static scala.collection.JavaConverters.asScalaBuffer;
import static scala.collection.JavaConverters.mapAsJavaMap;
import static scala.collection.JavaConverters.seqAsJavaList;

import io.delta.exceptions.ConcurrentTransactionException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.tidemark.core.error.Errors;
import java.util.ArrayList;
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
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionNotFoundException;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * A Delta table at a path.
 *
 * <p>Commit tokens are Delta's transaction identifiers ({@code txn} actions of the Delta protocol):
 * part of the table's state, so that they outlive log clean-up. Appends and replacements go through
 * Delta's own transaction classes, because the public writer takes only one identifier a commit.
 */
final class DeltaLakeTable implements LakeTable {
  private static final String TXN_APP = "spark.databricks.delta.write.txnAppId";
  private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";

  /**
   * Every micro-batch commits: a checkpoint after each ten, the default, costs more than it saves.
   */
  private static final Map<String, String> COMMITTED_OFTEN =
      Map.of("delta.checkpointInterval", "50");

  private static final String SOURCE_VIEW = "tidemark_merge_source";

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
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark).location(path).addColumns(definition.columns());
    if (!definition.partitionedBy().isEmpty()) {
      builder = builder.partitionedBy(definition.partitionedBy().toArray(String[]::new));
    }
    Map<String, String> properties = new LinkedHashMap<>(definition.properties());
    properties.putAll(COMMITTED_OFTEN);
    properties.putAll(featureProperties(definition.feature()));
    properties.forEach(builder::property);
    builder.execute();
  }

  private static Map<String, String> featureProperties(TableDefinition.Feature feature) {
    return switch (feature) {
        // The change feed of an append is the appended files themselves: it costs nothing.
      case APPEND_LOG -> Map.of("delta.enableChangeDataFeed", "true");
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
    Snapshot snapshot = snapshot();
    // The newest commit's checksum file usually has them; only else is the whole log read.
    Option<Seq<SetTransaction>> known = snapshot.setTransactionsIfKnown();
    return seqAsJavaList(known.isDefined() ? known.get() : snapshot.setTransactions()).stream()
        .filter(transaction -> transaction.appId().startsWith(namePrefix))
        .collect(Collectors.toUnmodifiableMap(SetTransaction::appId, SetTransaction::version));
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
  public Dataset<Row> appendedBetween(long fromVersion, long toVersion) {
    if (fromVersion >= 0 && !hasVersion(fromVersion + 1)) {
      throw Errors.versionsExpired(path, fromVersion + 1, toVersion);
    }
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", fromVersion + 1)
        .option("endingVersion", toVersion)
        .load(path)
        .filter("_change_type = 'insert'")
        .drop("_change_type", "_commit_version", "_commit_timestamp");
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
    return commit(rows, tokens, SaveMode.Append, Map.of());
  }

  @Override
  public void replace(Dataset<Row> rows, List<CommitToken> tokens) {
    commit(rows, tokens, SaveMode.Overwrite, Map.of("overwriteSchema", "true"));
  }

  private long commit(
      Dataset<Row> rows, List<CommitToken> tokens, SaveMode mode, Map<String, String> options) {
    DeltaLog log = log();
    OptimisticTransaction transaction = log.startTransaction();
    List<Action> actions = new ArrayList<>(setTokens(transaction, tokens));
    List<String> partitions = seqAsJavaList(transaction.metadata().partitionColumns());
    Seq<Action> written =
        writer(log, rows, mode, partitions, options)
            .write(transaction, spark, Option.empty(), false);
    actions.addAll(seqAsJavaList(written));
    DeltaOperations.Write operation =
        new DeltaOperations.Write(
            mode, Option.apply(asScalaBuffer(partitions).toSeq()), Option.empty(), Option.empty());
    try {
      transaction.commit(asScalaBuffer(actions).toSeq(), operation);
    } catch (ConcurrentTransactionException e) {
      tokens.forEach(token -> requireUnmoved(token, token(token.name())));
      throw e;
    }
    return actions.stream()
        .filter(AddFile.class::isInstance)
        .mapToLong(action -> (Long) ((AddFile) action).numPhysicalRecords().get())
        .sum();
  }

  private WriteIntoDelta writer(
      DeltaLog log,
      Dataset<Row> rows,
      SaveMode mode,
      List<String> partitions,
      Map<String, String> options) {
    scala.collection.immutable.Map<String, String> settings = Map$.MODULE$.<String, String>empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      settings = settings.$plus(new scala.Tuple2<>(option.getKey(), option.getValue()));
    }
    return new WriteIntoDelta(
        log,
        mode,
        new DeltaOptions(settings, spark.sessionState().conf()),
        asScalaBuffer(partitions).toSeq(),
        Map$.MODULE$.<String, String>empty(),
        rows,
        Option.empty(),
        Option.empty());
  }

  /** Reading a token inside the transaction makes Delta refuse the commit if it moves meanwhile. */
  private List<SetTransaction> setTokens(
      OptimisticTransaction transaction, List<CommitToken> tokens) {
    List<SetTransaction> actions = new ArrayList<>();
    for (CommitToken token : tokens) {
      requireUnmoved(token, transaction.txnVersion(token.name()));
      if (token.next() > token.expected()) {
        actions.add(
            new SetTransaction(
                token.name(), token.next(), Option.apply(System.currentTimeMillis())));
      }
    }
    return actions;
  }

  private void requireUnmoved(CommitToken token, long found) {
    if (found != token.expected()) {
      throw Errors.tokenMoved(path, token.name(), token.expected(), found);
    }
  }

  @Override
  public MergeCounts merge(MergeStatement statement, CommitToken token) {
    requireUnmoved(token, token(token.name()));
    statement.source().createOrReplaceTempView(SOURCE_VIEW);
    spark.conf().set(TXN_APP, token.name());
    spark.conf().set(TXN_VERSION, token.next());
    try {
      Row counts = spark.sql(MergeSql.of(statement, sqlName(), SOURCE_VIEW)).head();
      return new MergeCounts(
          mergedSourceRows(token),
          counts.<Long>getAs("num_inserted_rows"),
          counts.<Long>getAs("num_updated_rows"),
          counts.<Long>getAs("num_deleted_rows"));
    } catch (ConcurrentTransactionException e) {
      requireUnmoved(token, token(token.name()));
      throw e;
    } finally {
      // Left behind, they would make Delta skip the next write of this session in silence.
      spark.conf().unset(TXN_APP);
      spark.conf().unset(TXN_VERSION);
      spark.catalog().dropTempView(SOURCE_VIEW);
    }
  }

  private long mergedSourceRows(CommitToken token) {
    if (token(token.name()) != token.next()) {
      throw Errors.tokenMoved(path, token.name(), token.next(), token(token.name()));
    }
    Row commit = DeltaTable.forPath(spark, path).history(1).select("operationMetrics").head();
    Map<String, String> metrics = commit.getJavaMap(0);
    return Long.parseLong(metrics.getOrDefault("numSourceRows", "0"));
  }

  @Override
  public long delete(String condition) {
    return spark
        .sql("DELETE FROM " + sqlName() + " WHERE " + condition)
        .head()
        .<Long>getAs("num_affected_rows");
  }

  @Override
  public void addColumns(List<StructField> columns, Optional<String> after) {
    String place = after.map(column -> "AFTER " + SqlNames.quote(column)).orElse("FIRST");
    for (StructField column : columns) {
      spark.sql(
          "ALTER TABLE %s ADD COLUMNS (%s %s %s)"
              .formatted(sqlName(), SqlNames.quote(column.name()), column.dataType().sql(), place));
      place = "AFTER " + SqlNames.quote(column.name());
    }
  }

  private String sqlName() {
    return "delta." + SqlNames.quote(path);
  }

  private DeltaLog log() {
    return DeltaLog.forTable(spark, path);
  }

  private Snapshot snapshot() {
    return log().update(false, Option.empty(), Option.empty());
  }

  @Override
  public String toString() {
    return path;
  }
}
