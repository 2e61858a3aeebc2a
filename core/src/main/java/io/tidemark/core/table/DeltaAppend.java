package io.tidemark.core.table;

import static scala.collection.JavaConverters.asScalaBuffer;
import static scala.collection.JavaConverters.seqAsJavaList;

import io.delta.exceptions.ConcurrentTransactionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.collection.Seq;
import scala.collection.immutable.Map$;

/**
 * Writes whole rows with any number of commit tokens in one commit. Goes through Delta's own
 * transaction classes, because the public writer takes only one identifier a commit.
 */
final class DeltaAppend {
  private final SparkSession spark;
  private final DeltaLakeTable table;

  DeltaAppend(SparkSession spark, DeltaLakeTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** Commits, and tells how many rows were written. */
  long commit(
      Dataset<Row> rows, List<CommitToken> tokens, SaveMode mode, Map<String, String> options) {
    return commit(rows, tokens, mode, options, Map.of());
  }

  /** Commits rows as the first version of a table. */
  void create(Map<String, String> properties, Dataset<Row> rows, List<CommitToken> tokens) {
    commit(rows, tokens, SaveMode.Overwrite, Map.of(), properties);
  }

  private long commit(
      Dataset<Row> rows,
      List<CommitToken> tokens,
      SaveMode mode,
      Map<String, String> options,
      Map<String, String> properties) {
    DeltaLog log = table.log();
    OptimisticTransaction transaction = log.startTransaction();
    List<Action> actions = new ArrayList<>(DeltaTokens.set(table, transaction, tokens));
    List<String> partitions = seqAsJavaList(transaction.metadata().partitionColumns());
    Seq<Action> written =
        writer(log, rows, mode, partitions, options, properties)
            .write(transaction, spark, Option.empty(), false);
    actions.addAll(seqAsJavaList(written));
    DeltaOperations.Write operation =
        new DeltaOperations.Write(
            mode, Option.apply(asScalaBuffer(partitions).toSeq()), Option.empty(), Option.empty());
    try {
      transaction.commit(asScalaBuffer(actions).toSeq(), operation);
    } catch (ConcurrentTransactionException e) {
      tokens.forEach(table::requireUnmoved);
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
      Map<String, String> options,
      Map<String, String> properties) {
    return new WriteIntoDelta(
        log,
        mode,
        new DeltaOptions(scalaMap(options), spark.sessionState().conf()),
        asScalaBuffer(partitions).toSeq(),
        scalaMap(properties),
        rows,
        Option.empty(),
        Option.empty());
  }

  private static scala.collection.immutable.Map<String, String> scalaMap(
      Map<String, String> entries) {
    scala.collection.immutable.Map<String, String> map = Map$.MODULE$.<String, String>empty();
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      map = map.$plus(new scala.Tuple2<>(entry.getKey(), entry.getValue()));
    }
    return map;
  }
}
