package io.tidemark.merge.silver;

import static io.tidemark.core.table.SqlNames.literal;
import static io.tidemark.core.table.SqlNames.quote;
import static io.tidemark.core.table.SqlNames.timestamp;

import io.tidemark.core.lake.OriginalRows;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * The MERGE of folded changes into silver, as SQL text. Pure.
 *
 * @param plan the table's columns
 * @param traits what the statement must take care of beyond whole rows and hard deletes
 * @param unavailable the columns of which some deciding change of the batch has no value
 * @param bounds the least and the greatest value of the first key column, where it is a whole
 *     number: lets the target's files be skipped that hold none of the batch's keys
 */
record SilverSql(
    SilverPlan plan, Set<Trait> traits, Set<String> unavailable, Optional<KeyBounds> bounds) {

  /** What makes a statement longer. */
  enum Trait {
    /** Deleted rows stay, marked. */
    SOFT_DELETES,
    /** The table has {@link SilverColumns#FILLED_FROM}. */
    FILLED_FROM,
    /** The table has {@link SilverColumns#BROKEN_RULES}. */
    FLAGS,
    /** The table has {@link SilverColumns#ORIGINAL}. */
    ORIGINALS,
    /** Some of the changes are whole histories, which replace a row whatever its position. */
    WHOLE_HISTORIES
  }

  /** Column of the source: whether the change is its key's whole history. */
  static final String WHOLE = "__whole";

  /** The range of a key column's values in a batch. */
  record KeyBounds(String column, long least, long greatest) {
    String condition() {
      return "t.%s BETWEEN %d AND %d".formatted(quote(column), least, greatest);
    }
  }

  private static final String LATER = "s.%1$s > t.%1$s".formatted(SilverColumns.POSITION);
  private static final String STORED_FROM =
      "coalesce(t.%s, t.%s)".formatted(SilverColumns.FILLED_FROM, SilverColumns.POSITION);

  MergeStatement statement(Dataset<Row> source, Instant now) {
    Map<String, String> updates = new LinkedHashMap<>();
    Map<String, String> inserts = new LinkedHashMap<>();
    for (LakeField field : plan.columns()) {
      inserts.put(field.name(), "s." + quote(field.name()));
      updates.put(field.name(), value(field));
    }
    for (Map<String, String> assignments : List.of(updates, inserts)) {
      assignments.put(SilverColumns.POSITION, "s." + SilverColumns.POSITION);
      assignments.put(SilverColumns.SOURCE_TIME, "s." + SilverColumns.SOURCE_TIME);
      assignments.put(SilverColumns.APPLIED_AT, timestamp(now));
      if (isSoft()) {
        assignments.put(SilverColumns.DELETED, isKind("d"));
        assignments.put(
            SilverColumns.DELETED_AT,
            "CASE WHEN %s THEN s.%s END".formatted(isKind("d"), SilverColumns.SOURCE_TIME));
      }
    }
    if (traits.contains(Trait.FILLED_FROM)) {
      inserts.put(SilverColumns.FILLED_FROM, "s." + FoldedColumns.FILLED_FROM);
      updates.put(SilverColumns.FILLED_FROM, filledFrom());
    }
    toldOfRows()
        .forEach(
            (column, folded) -> {
              inserts.put(column, "s." + folded);
              updates.put(column, ofLaterRow("s." + folded, "t." + column));
            });
    return new MergeStatement(
        source,
        match(plan) + bounds.map(b -> " AND " + b.condition()).orElse(""),
        deletes(),
        isSoft() ? applies(LATER) : isKind("u") + " AND " + applies(LATER),
        updates,
        "%s AND s.%s IS NULL"
            .formatted(
                isSoft() ? "s.%s IS NOT NULL".formatted(FoldedColumns.ROW_POSITION) : isKind("u"),
                FoldedColumns.STORED_SINCE),
        inserts);
  }

  /** Columns with what corrections and rules made of the row, and where the fold tells it. */
  private Map<String, String> toldOfRows() {
    Map<String, String> told = new LinkedHashMap<>();
    if (traits.contains(Trait.FLAGS)) {
      told.put(SilverColumns.BROKEN_RULES, FoldedColumns.FLAGS);
    }
    if (traits.contains(Trait.ORIGINALS)) {
      told.put(SilverColumns.ORIGINAL, FoldedColumns.ORIGINAL);
    }
    return told;
  }

  /** A history of which nothing may be shown leaves no row, not even a deleted one. */
  private String deletes() {
    String deleted = isKind("d") + " AND " + applies(LATER);
    String nothing = "%s AND s.%s".formatted(isKind("x"), WHOLE);
    if (!traits.contains(Trait.WHOLE_HISTORIES)) {
      return isSoft() ? MergeStatement.NEVER : deleted;
    }
    return isSoft() ? nothing : "(%s OR %s)".formatted(deleted, nothing);
  }

  private boolean isSoft() {
    return traits.contains(Trait.SOFT_DELETES);
  }

  private String applies(String later) {
    return traits.contains(Trait.WHOLE_HISTORIES) ? "(%s OR s.%s)".formatted(later, WHOLE) : later;
  }

  private static String isKind(String code) {
    return "s.%s = '%s'".formatted(FoldedColumns.KIND, code);
  }

  /** Where deleted rows stay, a delete brings along the row before it, or leaves what is stored. */
  private String ofLaterRow(String changed, String stored) {
    return isSoft()
        ? "CASE WHEN %s THEN %s ELSE %s END"
            .formatted(
                applies(
                    "s.%s > t.%s".formatted(FoldedColumns.ROW_POSITION, SilverColumns.POSITION)),
                changed,
                stored)
        : changed;
  }

  private String value(LakeField field) {
    String name = quote(field.name());
    if (!unavailable.contains(field.name())) {
      return ofLaterRow("s." + name, "t." + name);
    }
    String known =
        "CASE WHEN %st.%s > s.%s[%s] THEN %s ELSE s.%s END"
            .formatted(
                isSoft() ? "NOT t.%s AND ".formatted(SilverColumns.DELETED) : "",
                SilverColumns.POSITION,
                FoldedColumns.UNAVAILABLE,
                literal(field.name()),
                stored(field),
                name);
    return ofLaterRow(known, "t." + name);
  }

  /** What a stored row gives to another: the value that the source had. */
  private String stored(LakeField field) {
    return traits.contains(Trait.ORIGINALS)
        ? OriginalRows.sql("t.", field.name(), DataType.fromDDL(field.type().ddl()))
        : "t." + quote(field.name());
  }

  private String filledFrom() {
    String changed = "s." + FoldedColumns.FILLED_FROM;
    if (!unavailable.isEmpty()) {
      changed =
          "least(%s, CASE WHEN s.%s IS NOT NULL THEN %s END)"
              .formatted(changed, FoldedColumns.UNAVAILABLE, STORED_FROM);
    }
    return ofLaterRow(changed, STORED_FROM);
  }

  /** Equality of the key columns of {@code t} and {@code s}. */
  static String match(SilverPlan plan) {
    return plan.key().stream()
        .map(column -> "t.%s = s.%s".formatted(quote(column), quote(column)))
        .collect(Collectors.joining(" AND "));
  }
}
