package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.FoldPartition;
import io.tidemark.merge.fold.FoldRules;
import io.tidemark.merge.fold.FoldedChange.Kind;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.fold.RowDecoders;
import io.tidemark.merge.silver.SilverSql.KeyBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * A batch with at most one change a key, kept in Spark's storage until closed.
 *
 * @param all the folded changes, in {@link FoldedColumns}
 * @param keys how many of them may change silver
 * @param events how many changes they were
 * @param deletes how many of them are deletes
 * @param unavailable the columns for which a stored value may be better than the change's
 * @param oldest the oldest position that had a part in any of them; empty if there are none
 * @param oldestRow the oldest position of those that have a row; empty if none has
 * @param bounds the range of the first key column, where it is a whole number
 * @param broken what rules say of its rows
 */
record FoldedBatch(
    Dataset<Row> all,
    long keys,
    long events,
    long deletes,
    Set<String> unavailable,
    Optional<String> oldest,
    Optional<String> oldestRow,
    Optional<KeyBounds> bounds,
    Broken broken)
    implements AutoCloseable {
  private static final String UNTOLD = Kind.UNTOLD.code();
  private static final String REFUSED = Kind.REFUSED.code();

  /**
   * How many rows of a batch break rules that do more than warn.
   *
   * @param rows all
   * @param apart those that nothing else is counted for: their keys get another row, or none
   * @param failing those of rules that stop the merge
   * @param untold the keys whose rows lack values to be judged by
   */
  record Broken(long rows, long apart, long failing, long untold) {}

  /** The changes that the batch alone can tell of. */
  Dataset<Row> rows() {
    return all.filter(not(col(FoldedColumns.KIND).isin(UNTOLD, REFUSED)));
  }

  /** The keys that are to be folded anew, as their rows lack values. */
  Dataset<Row> untoldKeys() {
    return all.filter(col(FoldedColumns.KIND).equalTo(UNTOLD)).select(FoldedColumns.KEY);
  }

  /** The keys that something is to be counted for besides their broken rows. */
  Dataset<Row> countedKeys() {
    return all.filter(not(col(FoldedColumns.KIND).equalTo(REFUSED))).select(FoldedColumns.KEY);
  }

  /** Folds the changes of each key; the result is computed anew by every action. */
  static Dataset<Row> fold(
      Dataset<Row> changes, RowDecoders decoders, FoldRules rules, SilverPlan plan) {
    return changes
        .select(FoldPartition.INPUT.stream().map(functions::col).toArray(Column[]::new))
        .repartition(col(BronzeColumns.KEY))
        .sortWithinPartitions(col(BronzeColumns.KEY), col(BronzeColumns.POSITION).desc())
        .mapPartitions(
            new FoldPartition(decoders, rules), Encoders.row(FoldedColumns.type(plan.columns())));
  }

  static FoldedBatch of(
      Dataset<Row> changes, RowDecoders decoders, FoldRules rules, SilverPlan plan) {
    Dataset<Row> all = fold(changes, decoders, rules, plan).persist(StorageLevel.MEMORY_AND_DISK());
    Optional<String> bounded = boundedKey(plan);
    Column key =
        bounded.map(k -> col(SqlNames.quote(k)).cast("bigint")).orElse(lit(null).cast("bigint"));
    Row counted =
        all.agg(
                sum(when(col(FoldedColumns.KIND).equalTo(REFUSED), 0L).otherwise(1L)),
                sum(FoldedColumns.EVENTS),
                sum(when(col(FoldedColumns.KIND).equalTo("d"), 1L).otherwise(0L)),
                array_distinct(flatten(collect_set(map_keys(col(FoldedColumns.UNAVAILABLE))))),
                min(key),
                max(key),
                min(FoldedColumns.OLDEST),
                min(FoldedColumns.ROW_POSITION),
                broken("true"),
                broken("NOT b." + FoldedColumns.BROKEN_DECIDES),
                broken("b.%s = '%s'".formatted(FoldedColumns.BROKEN_ACTION, Action.FAIL)),
                count(lit(1)),
                sum(when(col(FoldedColumns.KIND).equalTo(UNTOLD), 1L).otherwise(0L)))
            .head();
    boolean none = counted.getLong(11) == 0;
    Optional<KeyBounds> bounds =
        none
            ? Optional.empty()
            : bounded.map(k -> new KeyBounds(k, counted.getLong(4), counted.getLong(5)));
    return new FoldedBatch(
        all,
        none ? 0 : counted.getLong(0),
        none ? 0 : counted.getLong(1),
        none ? 0 : counted.getLong(2),
        Set.copyOf(new ArrayList<>(counted.<String>getList(3))),
        Optional.ofNullable(counted.getString(6)),
        Optional.ofNullable(counted.getString(7)),
        bounds,
        none
            ? new Broken(0, 0, 0, 0)
            : new Broken(
                counted.getLong(8), counted.getLong(9), counted.getLong(10), counted.getLong(12)));
  }

  /** Counts the rows that break rules, those aside whose rules only warn. */
  private static Column broken(String which) {
    return sum(
        expr(
            "cast(greatest(0, size(filter(%s, b -> b.%s != '%s' AND %s))) as bigint)"
                .formatted(FoldedColumns.BROKEN, FoldedColumns.BROKEN_ACTION, Action.WARN, which)));
  }

  private static Optional<String> boundedKey(SilverPlan plan) {
    String first = plan.key().isEmpty() ? "" : plan.key().get(0);
    List<LakeField> found =
        plan.columns().stream()
            .filter(field -> field.name().equals(first))
            .filter(f -> f.type() instanceof LakeType.Int32 || f.type() instanceof LakeType.Int64)
            .toList();
    return found.stream().map(LakeField::name).findFirst();
  }

  @Override
  public void close() {
    all.unpersist();
  }
}
