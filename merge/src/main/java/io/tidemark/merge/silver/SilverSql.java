package io.tidemark.merge.silver;

import static io.tidemark.core.table.SqlNames.literal;
import static io.tidemark.core.table.SqlNames.quote;

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

/** The MERGE of folded changes into silver, as SQL text. Pure. */
final class SilverSql {
  private static final String LATER = "s.%1$s > t.%1$s".formatted(SilverColumns.POSITION);

  private SilverSql() {}

  /**
   * The statement.
   *
   * @param unavailable the columns of which some deciding change of the batch has no value
   * @param bounds the least and the greatest value of the first key column, where it is a whole
   *     number: lets the target's files be skipped that hold none of the batch's keys
   */
  static MergeStatement merge(
      SilverPlan plan,
      Dataset<Row> source,
      Set<String> unavailable,
      Optional<KeyBounds> bounds,
      Instant now) {
    Map<String, String> updates = new LinkedHashMap<>();
    Map<String, String> inserts = new LinkedHashMap<>();
    for (LakeField field : plan.columns()) {
      String name = quote(field.name());
      inserts.put(field.name(), "s." + name);
      updates.put(
          field.name(),
          unavailable.contains(field.name())
              ? "CASE WHEN t.%s > s.%s[%s] THEN t.%s ELSE s.%s END"
                  .formatted(
                      SilverColumns.POSITION,
                      FoldedColumns.UNAVAILABLE,
                      literal(field.name()),
                      name,
                      name)
              : "s." + name);
    }
    for (Map<String, String> assignments : List.of(updates, inserts)) {
      assignments.put(SilverColumns.POSITION, "s." + SilverColumns.POSITION);
      assignments.put(SilverColumns.SOURCE_TIME, "s." + SilverColumns.SOURCE_TIME);
      assignments.put(SilverColumns.APPLIED_AT, "TIMESTAMP " + literal(now.toString()));
    }
    return new MergeStatement(
        source,
        match(plan) + bounds.map(b -> " AND " + b.condition()).orElse(""),
        "s.%s = 'd' AND %s".formatted(FoldedColumns.KIND, LATER),
        "s.%s = 'u' AND %s".formatted(FoldedColumns.KIND, LATER),
        updates,
        "s.%s = 'u' AND s.%s IS NULL".formatted(FoldedColumns.KIND, FoldedColumns.STORED_SINCE),
        inserts);
  }

  /** Equality of the key columns of {@code t} and {@code s}. */
  static String match(SilverPlan plan) {
    return plan.key().stream()
        .map(column -> "t.%s = s.%s".formatted(quote(column), quote(column)))
        .collect(Collectors.joining(" AND "));
  }

  /** The range of a key column's values in a batch. */
  record KeyBounds(String column, long least, long greatest) {
    String condition() {
      return "t.%s BETWEEN %d AND %d".formatted(quote(column), least, greatest);
    }
  }
}
