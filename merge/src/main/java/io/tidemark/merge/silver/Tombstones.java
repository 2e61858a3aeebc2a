package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The memory of deletes: an older change of a deleted key must not bring its row back. A truncate
 * is remembered as the delete of every key, in a row without a key.
 */
final class Tombstones {
  private static final String KEY = "key";
  private static final String POSITION = "position";
  private static final String SOURCE_TIME = "source_time";

  private static final StructType COLUMNS =
      new StructType()
          .add(KEY, DataTypes.StringType)
          .add(POSITION, DataTypes.StringType)
          .add(SOURCE_TIME, DataTypes.TimestampType)
          .add("applied_at", DataTypes.TimestampType);

  private static final String DELETED_KEY = "__deleted_key";
  private static final String DELETED_AT = "__deleted_at";

  private static final long ROWS_A_FILE = 1_000_000;

  private final LakeTable table;
  private final TombstoneUpkeep upkeep;

  /** The tombstones of a table, each kept at least so long in the source's time. */
  Tombstones(LakeTable table, Duration retention) {
    this.table = table;
    this.upkeep = new TombstoneUpkeep(table, retention);
    table.create(TableDefinition.log(COLUMNS));
  }

  /** The position of the last truncate that a memory has, which may not be there yet. */
  static Optional<String> lastTruncate(LakeTable table) {
    return table.exists()
        ? Optional.ofNullable(
            table.read().filter(col(KEY).isNull()).agg(max(POSITION)).head().getString(0))
        : Optional.empty();
  }

  /** The truncates it remembers. */
  List<Truncate> truncates() {
    List<Truncate> truncates = new ArrayList<>();
    if (!areNone()) {
      // Few files have rows without a key, and the others are skipped by their statistics.
      for (Row row :
          table
              .read()
              .filter(col(KEY).isNull())
              .groupBy(POSITION)
              .agg(max(col(SOURCE_TIME)))
              .collectAsList()) {
        truncates.add(new Truncate(row.getString(0), row.getAs(1)));
      }
    }
    return truncates;
  }

  /** Whether nothing was ever deleted: then there is nothing to compare with. */
  private boolean areNone() {
    return table.version() == 0;
  }

  /**
   * The keys deleted after a position, with the position of their last delete; empty if there are
   * none. Changes mostly come in order, and then every file is skipped by its statistics.
   */
  Optional<Dataset<Row>> after(Optional<String> position) {
    if (position.isEmpty() || areNone()) {
      return Optional.empty();
    }
    Dataset<Row> later =
        table.read().filter(col(KEY).isNotNull().and(col(POSITION).gt(position.get())));
    return later.isEmpty()
        ? Optional.empty()
        : Optional.of(
            later.groupBy(col(KEY).as(DELETED_KEY)).agg(max(col(POSITION)).as(DELETED_AT)));
  }

  /** The greatest position of a forgotten delete; empty if none was ever forgotten. */
  Optional<String> forgotten() {
    return upkeep.forgotten();
  }

  /** Remembers what another memory of the same table does; forgets nothing for it. */
  void learn(LakeTable other) {
    Dataset<Row> known = table.read().select(col(KEY).as("__key"), col(POSITION).as("__position"));
    Dataset<Row> news =
        other
            .read()
            .join(
                known,
                col(KEY).eqNullSafe(col("__key")).and(col(POSITION).equalTo(col("__position"))),
                "left_anti")
            .dropDuplicates(KEY, POSITION)
            .select(KEY, POSITION, SOURCE_TIME, "applied_at");
    long number = news.count();
    if (number > 0) {
      table.append(news.coalesce((int) (1 + number / ROWS_A_FILE)), List.of());
    }
    upkeep.learn(new TombstoneUpkeep(other, upkeep.retention()).forgotten());
  }

  /** Leaves out the changes of keys that were deleted later. */
  static Dataset<Row> withoutDeleted(Dataset<Row> folded, Dataset<Row> deleted) {
    return folded
        .join(deleted, col(FoldedColumns.KEY).equalTo(col(DELETED_KEY)), "left")
        .filter(
            col(FoldedColumns.KIND)
                .equalTo("d")
                .or(col(DELETED_AT).isNull())
                // A row that rules removed stands at its own place when it is released.
                .or(col(SilverColumns.POSITION).geq(col(DELETED_AT))))
        .drop(DELETED_KEY, DELETED_AT);
  }

  /** The keys of the changes with a row that were deleted later. */
  static Dataset<Row> keysDeletedLater(Dataset<Row> folded, Dataset<Row> deleted) {
    return folded
        .filter(col(FoldedColumns.ROW_POSITION).isNotNull())
        .join(
            deleted,
            col(FoldedColumns.KEY)
                .equalTo(col(DELETED_KEY))
                .and(col(DELETED_AT).gt(col(SilverColumns.POSITION))),
            "left_semi")
        .select(FoldedColumns.KEY);
  }

  /** The keys of the changes that have values from before a delete that they come after. */
  static Dataset<Row> keysFilledFromBehind(Dataset<Row> folded, Dataset<Row> deleted) {
    return folded
        .join(
            deleted,
            col(FoldedColumns.KEY)
                .equalTo(col(DELETED_KEY))
                .and(col(DELETED_AT).gt(col(FoldedColumns.FILLED_FROM)))
                .and(col(DELETED_AT).lt(col(SilverColumns.POSITION))),
            "left_semi")
        .select(FoldedColumns.KEY);
  }

  /**
   * Remembers the deletes among folded changes and truncates; a second time does no harm. Sometimes
   * forgets old ones.
   *
   * @param newest the newest source time of the batch, if its changes have one
   */
  void remember(
      Dataset<Row> folded,
      List<Truncate> truncates,
      CommitToken batch,
      Optional<Instant> newest,
      Instant now) {
    Object[] ends = truncates.stream().map(Truncate::position).toArray();
    Dataset<Row> deletes =
        folded
            .filter(col(FoldedColumns.KIND).equalTo("d"))
            .filter(not(col(SilverColumns.POSITION).isin(ends)))
            .select(
                col(FoldedColumns.KEY).as(KEY),
                col(SilverColumns.POSITION).as(POSITION),
                col(SilverColumns.SOURCE_TIME).as(SOURCE_TIME),
                lit(now).as("applied_at"));
    if (!truncates.isEmpty()) {
      List<Row> rows =
          truncates.stream()
              .map(t -> RowFactory.create(null, t.position(), t.sourceTime(), now))
              .toList();
      deletes = deletes.union(folded.sparkSession().createDataFrame(rows, COLUMNS));
    }
    long remembered = table.token(batch.name());
    List<CommitToken> tokens = new ArrayList<>();
    tokens.add(new CommitToken(batch.name(), remembered, Math.max(remembered, batch.next())));
    Optional<CommitToken> due = newest.flatMap(upkeep::due);
    due.ifPresent(tokens::add);
    table.append(deletes.coalesce(1), tokens);
    due.filter(token -> token.expected() != CommitToken.NONE)
        .ifPresent(token -> upkeep.prune(newest.get()));
    upkeep.compact();
  }
}
