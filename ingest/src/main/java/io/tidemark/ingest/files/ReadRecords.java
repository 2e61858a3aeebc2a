package io.tidemark.ingest.files;

import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.ingest.bronze.RecordColumns;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.Seq;

/** Makes of each line a record, or what becomes a dead letter with the line's own place. */
final class ReadRecords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> lines) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public Row next() {
        Row line = lines.next();
        return record(
            line.getString(0),
            new FileLine(
                line.getLong(1),
                line.getAs(2),
                FileLine.Ending.valueOf(line.getString(3)),
                line.getString(4)));
      }
    };
  }

  /** A row of {@link RecordColumns}. */
  private static Row record(String file, FileLine line) {
    LineContent content = LineContent.of(file, line);
    return content instanceof RecordLine record
        ? row(record)
        : rejected(file, line, (LineContent.Bad) content);
  }

  private static Row row(RecordLine record) {
    // As Spark's own sources hand arrays out: rows pass to the decoder as they are.
    Seq<Row> headers =
        asScalaBuffer(
                record.headers().stream()
                    .map(header -> RowFactory.create(header.name(), header.value()))
                    .toList())
            .toSeq();
    return RowFactory.create(
        record.key(),
        record.value(),
        headers,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        null,
        null);
  }

  /** Its place is the line's own. */
  private static Row rejected(String file, FileLine line, LineContent.Bad bad) {
    return RowFactory.create(
        null, line.bytes(), null, file, 0, line.number(), null, bad.reason().name(), bad.message());
  }
}
