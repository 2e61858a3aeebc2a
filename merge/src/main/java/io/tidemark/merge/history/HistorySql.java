package io.tidemark.merge.history;

import static io.tidemark.core.table.SqlNames.literal;
import static io.tidemark.core.table.SqlNames.quote;
import static io.tidemark.core.table.SqlNames.timestamp;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.merge.silver.SilverPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How actions reach the table of intervals, as SQL text. Pure. */
final class HistorySql {
  private HistorySql() {}

  /** Equality of the key columns of {@code t} and {@code s}. */
  static String sameKey(List<String> key) {
    return key.stream()
        .map(column -> "t.%s = s.%s".formatted(quote(column), quote(column)))
        .collect(Collectors.joining(" AND "));
  }

  /** The MERGE of a batch's intervals; a stored one is known by its key and position. */
  static MergeStatement merge(SilverPlan plan, Dataset<Row> source, Reach reach, Instant now) {
    Map<String, String> inserts = new LinkedHashMap<>();
    values(plan, now).forEach((name, value) -> inserts.put(name, value));
    Map<String, String> updates = new LinkedHashMap<>(inserts);
    plan.key().forEach(updates::remove);
    updates.remove(HistoryColumns.POSITION);
    return new MergeStatement(
        source,
        "%s AND t.%2$s = s.%2$s AND %3$s"
            .formatted(sameKey(plan.key()), HistoryColumns.POSITION, reach.condition("t.")),
        isRole(HistoryRows.REMOVE),
        isRole(HistoryRows.UPDATE),
        updates,
        isRole(HistoryRows.INSERT),
        inserts);
  }

  /** The columns of new intervals as the table has them. */
  static Column[] columns(SilverPlan plan, Instant now) {
    List<Column> columns = new ArrayList<>();
    values(plan, now).forEach((name, value) -> columns.add(functions.expr(value).as(name)));
    return columns.toArray(Column[]::new);
  }

  private static Map<String, String> values(SilverPlan plan, Instant now) {
    Map<String, String> values = new LinkedHashMap<>();
    for (LakeField field : plan.columns()) {
      values.put(field.name(), "s." + quote(field.name()));
    }
    for (String column : HistoryColumns.ALL) {
      values.put(column, "s." + column);
    }
    values.put(HistoryColumns.IS_CURRENT, "s.%s IS NULL".formatted(HistoryColumns.END_POSITION));
    values.put(HistoryColumns.APPLIED_AT, timestamp(now));
    return values;
  }

  private static String isRole(String role) {
    return "s.%s = %s".formatted(HistoryRows.ROLE, literal(role));
  }
}
