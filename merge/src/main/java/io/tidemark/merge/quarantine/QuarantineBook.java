package io.tidemark.merge.quarantine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.quarantine.QuarantinedChange.State;
import io.tidemark.merge.silver.SilverMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads what waits in a table's quarantine. */
public final class QuarantineBook {
  private static final String STATE = "__state";
  private static final String LATER = "__later";
  private static final String ID = "__id";

  private final Lake lake;

  /** The quarantine of all tables of a lake. */
  public QuarantineBook(Lake lake) {
    this.lake = lake;
  }

  /**
   * Changes that have reason, rules and state in common.
   *
   * @param rules their names, joined by commas; empty for other reasons
   * @param newest when the last of them was put there
   * @param example the id of one
   */
  public record Group(
      String table,
      String reason,
      String rules,
      State state,
      long changes,
      Instant newest,
      String example,
      String message) {}

  /** The groups of a table's changes. */
  public List<Group> groups(String table, QuarantineFilter filter) {
    List<Group> groups = new ArrayList<>();
    if (!lake.quarantine(table).exists()) {
      return groups;
    }
    Column rules = concat_ws(", ", col(QuarantineColumns.RULES));
    for (Row row :
        withState(table, filter)
            .groupBy(col(QuarantineColumns.REASON), rules.as(QuarantineColumns.RULES), col(STATE))
            .agg(
                count(lit(1)),
                max(QuarantineColumns.QUARANTINED_AT),
                functions.max_by(col(ID), col(QuarantineColumns.QUARANTINED_AT)),
                functions.max_by(
                    col(QuarantineColumns.MESSAGE), col(QuarantineColumns.QUARANTINED_AT)))
            .orderBy(STATE, QuarantineColumns.REASON, QuarantineColumns.RULES)
            .collectAsList()) {
      groups.add(
          new Group(
              table,
              row.getString(0),
              row.getString(1),
              State.valueOf(row.getString(2)),
              row.getLong(3),
              row.getAs(4),
              row.getString(5),
              row.getString(6)));
    }
    return groups;
  }

  /** The newest changes of a table. */
  public List<QuarantinedChange> changes(String table, QuarantineFilter filter, int most) {
    if (!lake.quarantine(table).exists()) {
      return List.of();
    }
    return withState(table, filter)
        .orderBy(col(QuarantineColumns.POSITION).desc())
        .limit(most)
        .collectAsList()
        .stream()
        .map(row -> change(table, row))
        .toList();
  }

  private static QuarantinedChange change(String table, Row row) {
    int rules = row.fieldIndex(QuarantineColumns.RULES);
    return new QuarantinedChange(
        table,
        row.getAs(ID),
        row.getAs(BronzeColumns.KEY),
        row.getAs(QuarantineColumns.REASON),
        row.isNullAt(rules) ? List.of() : row.getList(rules),
        row.getAs(QuarantineColumns.MESSAGE),
        State.valueOf(row.getAs(STATE)),
        row.getAs(QuarantineColumns.POSITION),
        Optional.ofNullable(row.getAs(BronzeColumns.SOURCE_TIME)),
        row.getAs(QuarantineColumns.QUARANTINED_AT),
        row.getAs(BronzeColumns.OPERATION),
        row.getAs(BronzeColumns.AFTER),
        Optional.ofNullable(row.getAs(QuarantineColumns.NOTE)));
  }

  /** The chosen changes that no one has decided about. */
  Dataset<Row> undecided(String table, QuarantineFilter filter) {
    return rows(table, filter).filter(QuarantineColumns.undecided());
  }

  private Dataset<Row> rows(String table, QuarantineFilter filter) {
    return QuarantineColumns.rows(lake.quarantine(table)).filter(filter.condition());
  }

  private Dataset<Row> withState(String table, QuarantineFilter filter) {
    Dataset<Row> rows = rows(table, filter);
    Dataset<Row> accepted = acceptedLater(table, rows);
    Column lastEnd = lit(SilverMemory.lastEnd(lake, table).orElse(null)).cast("string");
    Column later = greatest(col(LATER), lastEnd);
    return rows.join(accepted, asScalaBuffer(List.of(BronzeColumns.KEY)).toSeq(), "left")
        .withColumn(
            STATE,
            coalesce(
                upper(col(QuarantineColumns.DECISION)),
                when(later.gt(col(QuarantineColumns.POSITION)), State.SUPERSEDED.name())
                    .otherwise(State.OPEN.name())))
        .withColumn(
            ID,
            concat_ws(
                "/",
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                col(BronzeColumns.OFFSET)));
  }

  /** The keys, with the position of their last change that is not held back by quarantine. */
  private Dataset<Row> acceptedLater(String table, Dataset<Row> rows) {
    LakeTable bronze = lake.bronze(table);
    Dataset<Row> heldBack =
        rows(table, QuarantineFilter.ALL)
            .filter(not(col(QuarantineColumns.DECISION).eqNullSafe(QuarantineColumns.RELEASED)));
    return bronze
        .read()
        .select(BronzeColumns.KEY, BronzeColumns.POSITION)
        .join(
            rows.select(BronzeColumns.KEY).distinct(),
            asScalaBuffer(List.of(BronzeColumns.KEY)).toSeq(),
            "left_semi")
        .join(
            heldBack.select(BronzeColumns.KEY, QuarantineColumns.POSITION),
            asScalaBuffer(List.of(BronzeColumns.KEY, QuarantineColumns.POSITION)).toSeq(),
            "left_anti")
        .groupBy(BronzeColumns.KEY)
        .agg(max(BronzeColumns.POSITION).as(LATER));
  }
}
