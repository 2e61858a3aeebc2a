package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.ingest.mask.MaskKeys;
import io.tidemark.ingest.mask.Seal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Turns stored letters, in the columns of {@link #letter}, into the records they were. */
public final class OpenSealed implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What a letter kept of its record: all but why a source could make none of it. */
  public static final StructType TYPE =
      new StructType(
          Arrays.copyOf(RecordColumns.TYPE.fields(), RecordColumns.TYPE.fields().length - 2));

  private final MaskKeys keys;
  private transient Map<String, Seal> seals;

  /** Opens what was sealed with one of these keys. */
  public OpenSealed(MaskKeys keys) {
    this.keys = keys;
  }

  /** What it takes of a letter. */
  public static Column[] letter() {
    return new Column[] {
      col(DeadLetterColumns.KEY),
      col(DeadLetterColumns.VALUE),
      col(DeadLetterColumns.HEADERS),
      col(BronzeColumns.TOPIC),
      col(BronzeColumns.PARTITION),
      col(BronzeColumns.OFFSET),
      col(BronzeColumns.RECORD_TIME),
      col(DeadLetterColumns.SEALED_WITH)
    };
  }

  @Override
  public Row call(Row letter) {
    if (letter.isNullAt(7)) {
      return record(letter, letter.get(0), letter.get(1), letter.get(2));
    }
    if (seals == null) {
      seals = new HashMap<>();
    }
    Seal seal = seals.computeIfAbsent(letter.getString(7), id -> Seal.of(keys, id));
    String place = "%s/%d/%d".formatted(letter.getString(3), letter.getInt(4), letter.getLong(5));
    Object headers =
        letter.isNullAt(2)
            ? null
            : JavaConverters.asScalaBuffer(
                letter.<Row>getList(2).stream()
                    .map(h -> RowFactory.create(h.get(0), seal.open(h.getAs(1), place)))
                    .toList());
    return record(
        letter, seal.open(letter.getAs(0), place), seal.open(letter.getAs(1), place), headers);
  }

  private static Row record(Row letter, Object key, Object value, Object headers) {
    return RowFactory.create(
        key, value, headers, letter.get(3), letter.get(4), letter.get(5), letter.get(6));
  }
}
