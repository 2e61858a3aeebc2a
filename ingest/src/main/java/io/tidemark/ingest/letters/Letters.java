package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The dead letters of a pipeline with what was decided about them: one row a letter.
 *
 * <p>A letter is open while it has been written more often than it had been when it was last
 * closed.
 */
public final class Letters {
  /** How often it was written. */
  static final String WRITTEN = DeadLetterColumns.WRITTEN;

  static final String STATUS = "status";
  static final String ATTEMPTS = "attempts";
  static final String LAST_ATTEMPT = "last_attempt";

  private static final List<String> NARROW =
      List.of(
          DeadLetterColumns.TABLE,
          DeadLetterColumns.REASON,
          DeadLetterColumns.MESSAGE,
          BronzeColumns.TOPIC,
          BronzeColumns.PARTITION,
          BronzeColumns.OFFSET,
          BronzeColumns.RECORD_TIME,
          DeadLetterColumns.SEALED_WITH,
          DeadLetterColumns.STAGE);
  private static final List<String> BYTES =
      List.of(DeadLetterColumns.KEY, DeadLetterColumns.VALUE, DeadLetterColumns.HEADERS);

  private final Lake lake;
  private final String pipeline;

  /** The letters of one pipeline. */
  public Letters(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** Whether there has ever been one. */
  public boolean exist() {
    return lake.deadLetters().exists();
  }

  /** How many letters are open, by lake table; an empty name for those of none. */
  public Map<String, Long> openByTable() {
    Map<String, Long> open = new HashMap<>();
    if (exist()) {
      for (Row row :
          chosen(LetterFilter.ALL)
              .filter(isOpen())
              .groupBy(coalesce(col(DeadLetterColumns.TABLE), lit("")))
              .agg(count(lit(1)))
              .collectAsList()) {
        open.put(row.getString(0), row.getLong(1));
      }
    }
    return open;
  }

  static Column isOpen() {
    return col(STATUS).equalTo(LetterStatus.OPEN.name());
  }

  /** The chosen letters, whatever their status, without their bytes. */
  Dataset<Row> chosen(LetterFilter filter) {
    return states(NARROW).filter(filter.condition());
  }

  /** The chosen letters with their bytes. */
  Dataset<Row> chosenWithBytes(LetterFilter filter) {
    return states(Stream.concat(NARROW.stream(), BYTES.stream()).toList())
        .filter(filter.condition());
  }

  private Dataset<Row> states(List<String> columns) {
    Column newest = struct(columns.stream().map(c -> col("`" + c + "`")).toArray(Column[]::new));
    Dataset<Row> letters =
        stored()
            .filter(col(DeadLetterColumns.PIPELINE).equalTo(pipeline))
            .groupBy(DeadLetterColumns.ID)
            .agg(
                count(lit(1)).as(WRITTEN),
                min(DeadLetterColumns.FIRST_SEEN).as(DeadLetterColumns.FIRST_SEEN),
                max(DeadLetterColumns.FIRST_SEEN).as("last_written"),
                max_by(newest, col(DeadLetterColumns.FIRST_SEEN)).as("newest"));
    Dataset<Row> joined = letters.join(decided(), DeadLetterColumns.ID, "left");
    return joined.select(shown(columns));
  }

  /** Reads without writing: an older lake may lack columns. */
  private Dataset<Row> stored() {
    Dataset<Row> rows = lake.deadLetters().read();
    List<String> present = List.of(rows.columns());
    for (StructField field : DeadLetterColumns.letters().fields()) {
      if (!present.contains(field.name())) {
        rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
      }
    }
    return rows;
  }

  private Column[] shown(List<String> columns) {
    Column written = col(WRITTEN).gt(coalesce(col("closed.written"), lit(0L)));
    // Only what is shown depends on a clock here, never whether the letter is open.
    Column tried = col("tried.at").geq(col("last_written"));
    List<Column> shown = new ArrayList<>();
    shown.add(col(DeadLetterColumns.ID));
    for (String column : columns) {
      boolean why =
          column.equals(DeadLetterColumns.REASON) || column.equals(DeadLetterColumns.MESSAGE);
      Column value = col("newest.`" + column + "`");
      shown.add((why ? when(tried, col("tried." + column)).otherwise(value) : value).as(column));
    }
    shown.addAll(
        Arrays.asList(
            col(WRITTEN),
            col(DeadLetterColumns.FIRST_SEEN),
            greatest(col("last_written"), col("tried.at")).as(LAST_ATTEMPT),
            col(WRITTEN).plus(coalesce(col("tries"), lit(0L))).as(ATTEMPTS),
            when(written, LetterStatus.OPEN.name()).otherwise(col("closed.decision")).as(STATUS),
            when(written, lit(null)).otherwise(col("closed.note")).as(DeadLetterColumns.NOTE),
            when(written, lit(null))
                .otherwise(col("closed.decided_by"))
                .as(DeadLetterColumns.DECIDED_BY),
            when(written, lit(null)).otherwise(col("closed.at")).as(DeadLetterColumns.DECIDED_AT)));
    return shown.toArray(Column[]::new);
  }

  private Dataset<Row> decided() {
    Column at = col(DeadLetterColumns.DECIDED_AT);
    Column bad = col(DeadLetterColumns.DECISION).equalTo(Decision.STILL_BAD.name());
    Column closed =
        struct(
            col(WRITTEN),
            at.as("at"),
            col(DeadLetterColumns.DECISION),
            col(DeadLetterColumns.NOTE),
            col(DeadLetterColumns.DECIDED_BY));
    Column tried =
        struct(at.as("at"), col(DeadLetterColumns.REASON), col(DeadLetterColumns.MESSAGE));
    LakeTable table = lake.deadLetterDecisions();
    Dataset<Row> decisions =
        table.exists()
            ? table.read()
            : lake.spark().createDataFrame(List.of(), DeadLetterColumns.decisions());
    return decisions
        .filter(col(DeadLetterColumns.PIPELINE).equalTo(pipeline))
        .groupBy(DeadLetterColumns.ID)
        .agg(
            // Structs are compared field by field: by how often the letter was written, then time.
            max(when(bad, lit(null)).otherwise(closed)).as("closed"),
            max(when(bad, tried)).as("tried"),
            count(when(bad, lit(1))).as("tries"));
  }
}
