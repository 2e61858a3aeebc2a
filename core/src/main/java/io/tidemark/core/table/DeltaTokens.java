package io.tidemark.core.table;

import static scala.collection.JavaConverters.seqAsJavaList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.Seq;

/** Reads commit tokens: Delta's transaction identifiers. */
final class DeltaTokens {
  private DeltaTokens() {}

  /**
   * All tokens of a version. The checksum file of its commit usually has them; only else is the
   * table's state computed, which is a Spark job over the whole log.
   */
  static Map<String, Long> of(Snapshot snapshot) {
    Option<VersionChecksum> checksum = snapshot.checksumOpt();
    Option<Seq<SetTransaction>> known =
        checksum.isDefined() ? checksum.get().setTransactions() : Option.empty();
    return seqAsJavaList(known.isDefined() ? known.get() : snapshot.setTransactions()).stream()
        .collect(Collectors.toUnmodifiableMap(SetTransaction::appId, SetTransaction::version));
  }

  /**
   * The token of a name as a transaction has it, {@link CommitToken#NONE} for none. Delta then
   * refuses the commit if the token moves meanwhile.
   */
  static long read(OptimisticTransaction transaction, String name) {
    transaction.readTxn().$plus$eq(name);
    return of(transaction.snapshot()).getOrDefault(name, CommitToken.NONE);
  }

  /**
   * What a transaction writes of tokens, each of which has to be what its commit was planned on.
   * Reading a token inside the transaction makes Delta refuse the commit if it moves meanwhile.
   */
  static List<SetTransaction> set(
      DeltaLakeTable table, OptimisticTransaction transaction, List<CommitToken> tokens) {
    List<SetTransaction> actions = new ArrayList<>();
    for (CommitToken token : tokens) {
      table.requireUnmoved(token, read(transaction, token.name()));
      if (token.next() > token.expected()) {
        actions.add(
            new SetTransaction(
                token.name(), token.next(), Option.apply(System.currentTimeMillis())));
      }
    }
    return actions;
  }
}
