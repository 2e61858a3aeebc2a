package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.map_values;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Changes that were decoded but not accepted, with the reason and the whole bronze row. */
final class Quarantine {

  private static final StructType COLUMNS = QuarantineColumns.type();

  private static final String UNKNOWN =
      "array_join(map_keys(map_filter(%s, (name, since) -> since = '')), ', ')"
          .formatted(FoldedColumns.UNAVAILABLE);

  /** What makes two bronze rows the same change. */
  private static final Seq<String> IDENTITY =
      asScalaBuffer(List.of(QuarantineColumns.POSITION, BronzeColumns.KEY)).toSeq();

  private final LakeTable table;

  Quarantine(LakeTable table) {
    this.table = table;
  }

  /** Keeps folded changes with unavailable values that no earlier change and no row can fill. */
  void keepUnresolved(Dataset<Row> unresolved, Dataset<Row> bronze, Instant now) {
    keep(
        unresolved.select(
            col(SilverColumns.POSITION).as(QuarantineColumns.POSITION),
            col(FoldedColumns.KEY).as(BronzeColumns.KEY),
            message(expr(UNKNOWN)).as(QuarantineColumns.MESSAGE)),
        QuarantineColumns.UNRESOLVED,
        bronze,
        now);
  }

  /** Keeps the newest changes of whole histories that leave a column without a value. */
  void keepPending(Dataset<Row> histories, Dataset<Row> bronze, Instant now) {
    Column pending = col(FoldedColumns.PENDING);
    Dataset<Row> waiting = histories.filter(pending.isNotNull());
    if (waiting.isEmpty()) {
      return;
    }
    keep(
        waiting.select(
            element_at(map_values(pending), 1).as(QuarantineColumns.POSITION),
            col(FoldedColumns.KEY).as(BronzeColumns.KEY),
            message(array_join(map_keys(pending), ", ")).as(QuarantineColumns.MESSAGE)),
        QuarantineColumns.UNRESOLVED,
        bronze,
        now);
  }

  /** Keeps folded changes of keys of which no row is stored, and no delete remembered any more. */
  void keepTooLate(Dataset<Row> late, String forgotten, Dataset<Row> bronze, Instant now) {
    keep(
        late.select(
            col(SilverColumns.POSITION).as(QuarantineColumns.POSITION),
            col(FoldedColumns.KEY).as(BronzeColumns.KEY),
            lit("no row of its key is stored, and deletes up to position "
                    + forgotten
                    + " are forgotten ('tombstone-retention'): it may have been deleted since")
                .as(QuarantineColumns.MESSAGE)),
        QuarantineColumns.TOO_LATE,
        bronze,
        now);
  }

  /**
   * Keeps changes whose rows break rules; those that were released and still do wait again.
   *
   * @param broken their position, key, rules and message
   */
  void keepBroken(Dataset<Row> broken, Dataset<Row> bronze, Instant now) {
    Dataset<Row> named =
        broken.select(
            col(FoldedColumns.BROKEN_POSITION).as(QuarantineColumns.POSITION),
            col(BronzeColumns.KEY),
            col(FoldedColumns.BROKEN_MESSAGE).as(QuarantineColumns.MESSAGE),
            col(FoldedColumns.BROKEN_RULES).as(QuarantineColumns.RULES),
            col(FoldedColumns.BROKEN_FILLED_FROM).as(QuarantineColumns.FILLED_FROM));
    QuarantineColumns.prepare(table);
    Dataset<Row> released =
        table.read().filter(col(QuarantineColumns.DECISION).equalTo(QuarantineColumns.RELEASED));
    if (!released.isEmpty()) {
      deleteAll(
          QuarantineColumns.DECISION + " = '" + QuarantineColumns.RELEASED + "'",
          QuarantineColumns.POSITION,
          released.join(
              named.select(QuarantineColumns.POSITION),
              names(QuarantineColumns.POSITION),
              "left_semi"));
    }
    keep(named, QuarantineColumns.BROKEN_RULE, bronze, now);
  }

  /** Key and position of changes after a position that broke rules, if there may be any. */
  Optional<Dataset<Row>> brokenAfter(String position) {
    return table.exists()
        ? Optional.of(
            table
                .read()
                .filter(col(QuarantineColumns.REASON).equalTo(QuarantineColumns.BROKEN_RULE))
                .filter(col(QuarantineColumns.POSITION).gt(position))
                .select(BronzeColumns.KEY, QuarantineColumns.POSITION))
        : Optional.empty();
  }

  /**
   * Lets go of changes that broke rules with values of older changes, and with others do not, or
   * break other rules.
   */
  void letGoOfKept(Dataset<Row> keys, Dataset<Row> stillBroken) {
    if (!table.exists() || !table.hasColumn(QuarantineColumns.FILLED_FROM)) {
      return;
    }
    Dataset<Row> kept =
        table
            .read()
            .filter(col(QuarantineColumns.FILLED_FROM).isNotNull())
            .join(
                keys.select(col(FoldedColumns.KEY).as(BronzeColumns.KEY)),
                names(BronzeColumns.KEY),
                "left_semi")
            .join(
                stillBroken.select(
                    col(FoldedColumns.BROKEN_POSITION).as(QuarantineColumns.POSITION),
                    col(FoldedColumns.BROKEN_RULES).as(QuarantineColumns.RULES)),
                asScalaBuffer(List.of(QuarantineColumns.POSITION, QuarantineColumns.RULES)).toSeq(),
                "left_anti");
    deleteAll(
        "%s IS NOT NULL AND %s IS NULL"
            .formatted(QuarantineColumns.FILLED_FROM, QuarantineColumns.DECISION),
        QuarantineColumns.POSITION,
        kept);
  }

  private static Column message(Column columns) {
    return concat(lit("no earlier change and no stored row has the value of column "), columns);
  }

  /**
   * Keeps changes.
   *
   * @param changes their position and a message
   * @param bronze rows among which theirs are
   */
  private void keep(Dataset<Row> changes, String reason, Dataset<Row> bronze, Instant now) {
    QuarantineColumns.prepare(table);
    Dataset<Row> told =
        Arrays.asList(changes.columns()).contains(QuarantineColumns.RULES)
            ? changes
            : changes
                .withColumn(QuarantineColumns.RULES, lit(null))
                .withColumn(QuarantineColumns.FILLED_FROM, lit(null));
    Dataset<Row> rows =
        bronze
            .join(told, IDENTITY)
            // A record that bronze has twice is one change.
            .dropDuplicates(IDENTITY)
            .withColumn(QuarantineColumns.REASON, lit(reason))
            .withColumn(QuarantineColumns.QUARANTINED_AT, lit(now))
            .withColumn(QuarantineColumns.DECISION, lit(null))
            .withColumn(QuarantineColumns.DECIDED_AT, lit(null))
            .withColumn(QuarantineColumns.NOTE, lit(null))
            // A step that was cut off may come again with the same rows.
            .join(
                table
                    .read()
                    .filter(col(QuarantineColumns.REASON).equalTo(reason))
                    .select(QuarantineColumns.POSITION, BronzeColumns.KEY),
                IDENTITY,
                "left_anti")
            .select(columns());
    table.append(rows.coalesce(1), List.of());
  }

  /** The keys that have an unresolved change, if there may be any. */
  Optional<Dataset<Row>> unresolvedKeys() {
    return table.exists()
        ? Optional.of(
            table
                .read()
                .filter(col(QuarantineColumns.REASON).equalTo(QuarantineColumns.UNRESOLVED))
                .select(BronzeColumns.KEY))
        : Optional.empty();
  }

  /** Whether a change waits for a value. */
  boolean hasUnresolved() {
    return unresolvedKeys().filter(keys -> !keys.isEmpty()).isPresent();
  }

  /**
   * Whether a step was cut off between its MERGE and the release of what that completed: then any
   * change that waits may wait for nothing.
   *
   * @param merged the bronze version that silver has applied
   */
  boolean isBehind(String token, long merged) {
    return table.exists() && table.token(token) < merged && hasUnresolved();
  }

  /** Takes note that what the MERGE up to a bronze version completed is released. */
  void released(CommitToken merge) {
    if (hasUnresolved()) {
      long before = table.token(merge.name());
      table.append(
          table.read().limit(0),
          List.of(new CommitToken(merge.name(), before, Math.max(before, merge.next()))));
    }
  }

  /** The unresolved changes, by position. */
  Optional<Dataset<Row>> unresolvedPositions() {
    return table.exists()
        ? Optional.of(
            table
                .read()
                .filter(col(QuarantineColumns.REASON).equalTo(QuarantineColumns.UNRESOLVED))
                .select(QuarantineColumns.POSITION))
        : Optional.empty();
  }

  /** Lets go of the unresolved changes before a truncate: they would be gone. */
  void releaseBefore(String truncate) {
    if (table.exists()) {
      table.delete(
          "reason = '%s' AND position < %s"
              .formatted(QuarantineColumns.UNRESOLVED, SqlNames.literal(truncate)));
    }
  }

  /** Lets go of the unresolved changes of keys whose history is complete by now. */
  void release(Dataset<Row> completeKeys) {
    deleteAll(
        QuarantineColumns.REASON + " = '" + QuarantineColumns.UNRESOLVED + "'",
        BronzeColumns.KEY,
        completeKeys.join(unresolvedKeys().orElseThrow(), names(BronzeColumns.KEY), "left_semi"));
  }

  /** Deletes the rows for which a condition holds and a column has one of some values. */
  private void deleteAll(String condition, String column, Dataset<Row> values) {
    List<String> all = values.select(column).distinct().as(Encoders.STRING()).collectAsList();
    SqlNames.isIn(column, all).forEach(some -> table.delete(condition + " AND " + some));
  }

  private static Seq<String> names(String column) {
    return asScalaBuffer(List.of(column)).toSeq();
  }

  private static Column[] columns() {
    return Arrays.stream(COLUMNS.fieldNames()).map(functions::col).toArray(Column[]::new);
  }
}
