package io.tidemark.core.table;

import static scala.collection.JavaConverters.asScalaBuffer;
import static scala.collection.JavaConverters.seqAsJavaList;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.tidemark.core.error.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;
import scala.Tuple2;

/**
 * Takes files out of a table and puts others in, with columns, properties and commit tokens in one
 * commit. Delta's own writer cannot set properties of a table that exists.
 */
final class DeltaReplacement {
  private final DeltaLakeTable table;

  DeltaReplacement(DeltaLakeTable table) {
    this.table = table;
  }

  /** All files for those of new rows. */
  void replace(Dataset<Row> rows, Map<String, String> properties, List<CommitToken> tokens) {
    DeltaLog log = table.log();
    OptimisticTransaction transaction = log.startTransaction();
    List<Action> actions = new ArrayList<>(DeltaTokens.set(table, transaction, tokens));
    transaction.updateMetadataForTableOverwrite(
        described(transaction.metadata(), rows.schema().asNullable().json(), properties));
    // Asked of the transaction, so that Delta refuses the commit where files come meanwhile.
    seqAsJavaList(transaction.filterFiles()).forEach(file -> actions.add(file.remove()));
    actions.addAll(seqAsJavaList(transaction.writeFiles(rows)));
    commit(transaction, actions, SaveMode.Overwrite, tokens);
  }

  private static Metadata described(Metadata found, String schema, Map<String, String> properties) {
    scala.collection.immutable.Map<String, String> configuration = found.configuration();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      configuration = configuration.$plus(new Tuple2<>(property.getKey(), property.getValue()));
    }
    return found.copy(
        found.id(),
        found.name(),
        found.description(),
        found.format(),
        schema,
        found.partitionColumns(),
        configuration,
        found.createdTime());
  }

  /** The files of a version that are still there; not asked of the transaction: others may come. */
  void forget(long version, List<CommitToken> tokens) {
    DeltaLog log = table.log();
    OptimisticTransaction transaction = log.startTransaction();
    List<Action> actions = new ArrayList<>(DeltaTokens.set(table, transaction, tokens));
    Set<String> old =
        new HashSet<>(
            log.getSnapshotAt(version, Option.empty(), Option.empty())
                .allFiles()
                .select("path")
                .as(Encoders.STRING())
                .collectAsList());
    for (AddFile file : transaction.snapshot().allFiles().collectAsList()) {
      if (old.contains(file.path())) {
        actions.add(file.remove());
      }
    }
    commit(transaction, actions, SaveMode.Append, tokens);
  }

  private void commit(
      OptimisticTransaction transaction,
      List<Action> actions,
      SaveMode mode,
      List<CommitToken> tokens) {
    DeltaOperations.Write operation =
        new DeltaOperations.Write(
            mode,
            Option.apply(transaction.metadata().partitionColumns()),
            Option.empty(),
            Option.empty());
    try {
      transaction.commit(asScalaBuffer(actions).toSeq(), operation);
    } catch (DeltaConcurrentModificationException e) {
      tokens.forEach(table::requireUnmoved);
      throw Errors.overtaken(table.path(), e);
    }
  }
}
