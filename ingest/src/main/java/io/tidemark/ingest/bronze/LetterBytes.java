package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.event.Origin;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.Seal;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.JavaConverters;

/**
 * Keeps the bytes of records that could not be decoded: as they came, or sealed if they may hold
 * what a mask would have hidden. Not thread-safe: one per task.
 */
final class LetterBytes {
  private final MaskSettings masks;
  private final Seal seal;

  LetterBytes(MaskSettings masks) {
    this.masks = masks;
    this.seal = masks.isEmpty() ? null : Seal.newest(masks.keys());
  }

  /**
   * Puts key, value and headers into a decoded row.
   *
   * @param table the record's lake table, or null
   * @param record in the order of {@link RecordColumns}
   */
  void put(String table, Origin origin, Row record, Object[] values) {
    if (!masks.seals(table)) {
      values[19] = record.getAs(0);
      values[20] = record.getAs(1);
      values[21] = record.getAs(2);
      return;
    }
    String place = origin.toString();
    values[19] = seal.close(record.getAs(0), place);
    values[20] = seal.close(record.getAs(1), place);
    values[21] = record.isNullAt(2) ? null : sealedHeaders(record, place);
    values[22] = seal.keyId();
  }

  private Object sealedHeaders(Row record, String place) {
    return JavaConverters.asScalaBuffer(
        record.<Row>getList(2).stream()
            .map(h -> RowFactory.create(h.get(0), seal.close(h.getAs(1), place)))
            .toList());
  }

  /** The rows of the dead letter table that decoded rows become. */
  static Dataset<Row> rows(Dataset<Row> decoded, String pipeline, Instant now) {
    return decoded
        .withColumn(
            DeadLetterColumns.ID,
            concat_ws(
                "/",
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                col(BronzeColumns.OFFSET)))
        .withColumn(DeadLetterColumns.PIPELINE, lit(pipeline))
        .withColumn(DeadLetterColumns.KEY, col(DecodedColumns.RAW_KEY))
        .withColumn(DeadLetterColumns.VALUE, col(DecodedColumns.RAW_VALUE))
        .withColumn(DeadLetterColumns.HEADERS, col(DecodedColumns.RAW_HEADERS))
        .withColumn(DeadLetterColumns.FIRST_SEEN, lit(now))
        .withColumn(DeadLetterColumns.STAGE, lit(DeadLetterColumns.INGEST))
        .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"));
  }
}
