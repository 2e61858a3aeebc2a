package io.tidemark.quality.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;

import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.table.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Reads what waits in the quarantine of a silver table: how much for which cause, and some rows.
 */
final class QuarantinedRows {
  private static final String RULE = "rule";

  private final Lake lake;
  private final String table;
  private final LakeTable quarantine;
  private final PayloadCells payload;

  QuarantinedRows(Lake lake, String table, PayloadCells payload) {
    this.lake = lake;
    this.table = table;
    this.quarantine = lake.quarantine(table);
    this.payload = payload;
  }

  /** How many rows wait for each cause, the most frequent first. */
  List<QuarantineCount> counts() {
    if (!quarantine.exists()) {
      return List.of();
    }
    return open()
        .groupBy(RULE)
        .agg(count(lit(1)).as("rows"), min(QuarantineColumns.QUARANTINED_AT).as("oldest"))
        .orderBy(col("rows").desc(), col(RULE))
        .collectAsList()
        .stream()
        .map(row -> new QuarantineCount(words(row.getString(0)), row.getLong(1), row.getAs(2)))
        .toList();
  }

  /** Reasons that are no rules are constants of the program. */
  private static String words(String rule) {
    return rule.equals(rule.toUpperCase(Locale.ROOT))
        ? rule.toLowerCase(Locale.ROOT).replace('_', ' ')
        : rule;
  }

  /** The newest rows that wait for each rule. */
  List<RowSample> samples(RowRules rules) {
    if (!quarantine.exists() || rules.rules().isEmpty()) {
      return List.of();
    }
    Column newest =
        row_number().over(Window.partitionBy(RULE).orderBy(col(QuarantineColumns.POSITION).desc()));
    List<Row> rows =
        open()
            .withColumn("place", newest)
            .filter(col("place").leq(OffendingRows.MOST_ROWS))
            .orderBy(RULE, "place")
            .collectAsList();
    Map<String, EventSchema> schemas = TableSchemas.all(TableSchemas.history(lake, table));
    List<RowSample> samples = new ArrayList<>();
    for (RowRule rule : rules.rules()) {
      List<Row> breaking =
          rows.stream().filter(row -> rule.name().equals(row.getAs(RULE))).toList();
      if (!breaking.isEmpty()) {
        samples.add(payload.sample(rule, breaking, schemas));
      }
    }
    return samples;
  }

  /** A row for each cause for which a row waits. */
  private Dataset<Row> open() {
    Column causes = coalesce(col(QuarantineColumns.RULES), array(col(QuarantineColumns.REASON)));
    return QuarantineColumns.rows(quarantine)
        .filter(QuarantineColumns.undecided())
        .withColumn(RULE, explode(causes));
  }
}
