package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.merge.fold.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that a table of events has besides the source's own, and how they are made. */
final class AppendColumns {
  /** The envelope's operation code. */
  static final String OPERATION = "_op";

  /** What tells an event from others; the same when it comes again. */
  static final String EVENT_ID = "_event_id";

  private AppendColumns() {}

  /** All but {@link EventRows#UNLOGGED}, in order. */
  static StructType type() {
    return new StructType()
        .add(SilverColumns.POSITION, DataTypes.StringType)
        .add(SilverColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(SilverColumns.APPLIED_AT, DataTypes.TimestampType)
        .add(OPERATION, DataTypes.StringType)
        .add(EVENT_ID, DataTypes.StringType);
  }

  static boolean isOwn(String column) {
    return SilverColumns.isOwn(column)
        || column.equals(OPERATION)
        || column.equals(EVENT_ID)
        || column.equals(EventRows.UNLOGGED);
  }

  /**
   * Bronze rows as {@link EventRows} takes them.
   *
   * <p>A streamed event that comes again has another place in Kafka, but its place in the source's
   * log, its operation and its rows are the same: together they are its identity, and its position
   * is the one in the log alone. All rows of a snapshot share one place in the log, and two may be
   * alike: for them the place in Kafka counts.
   */
  static Dataset<Row> of(Dataset<Row> changes, Instant now) {
    Column position = col(BronzeColumns.POSITION);
    Column log = functions.substring_index(position, ".", 3);
    Column own = functions.when(log.endsWith(".0"), position).otherwise(log);
    List<Column> columns = new ArrayList<>();
    EventRows.INPUT.forEach(name -> columns.add(col(name)));
    columns.add(own.as(SilverColumns.POSITION));
    columns.add(col(BronzeColumns.SOURCE_TIME).as(SilverColumns.SOURCE_TIME));
    columns.add(lit(now).as(SilverColumns.APPLIED_AT));
    columns.add(col(BronzeColumns.OPERATION).as(OPERATION));
    columns.add(
        functions
            .md5(
                functions
                    .to_json(
                        functions.struct(
                            own.as("p"),
                            col(BronzeColumns.OPERATION),
                            col(BronzeColumns.BEFORE),
                            col(BronzeColumns.AFTER)))
                    .cast("binary"))
            .as(EVENT_ID));
    return changes.select(columns.toArray(Column[]::new));
  }
}
