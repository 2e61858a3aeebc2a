package io.tidemark.ingest.bronze;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.decode.HeaderTexts;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.decode.WriterSchema;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskingDecoder;
import io.tidemark.ingest.order.CommitMark;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Decodes one partition of a micro-batch, record by record, into {@link DecodedColumns}.
 *
 * <p>Reads {@link RecordColumns} by their place: finding them by name would cost as much as
 * decoding.
 */
final class DecodeRecords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final DecodeSettings settings;
  private final MaskSettings masks;
  private final HashSet<String> knownSchemas;

  /**
   * A decoder.
   *
   * @param knownSchemas {@code table/fingerprint} of the schemas that the lake has
   */
  DecodeRecords(DecodeSettings settings, MaskSettings masks, Set<String> knownSchemas) {
    this.settings = settings;
    this.masks = masks;
    this.knownSchemas = new HashSet<>(knownSchemas);
  }

  static String schemaId(String table, String fingerprint) {
    return table + "/" + fingerprint;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    return new Rows(records);
  }

  private final class Rows implements Iterator<Row> {
    private final Iterator<Row> records;
    private final MaskingDecoder decoder = new MaskingDecoder(settings, masks);
    private final LetterBytes letters = new LetterBytes(masks);
    private final Set<String> seen = new HashSet<>(knownSchemas);
    private final CommitWatch watch = new CommitWatch();
    private final Deque<Row> ready = new ArrayDeque<>();

    Rows(Iterator<Row> records) {
      this.records = records;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || records.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        if (!records.hasNext()) {
          throw new NoSuchElementException();
        }
        decode(records.next());
      }
      return ready.poll();
    }

    private void decode(Row record) {
      byte[] key = record.getAs(0);
      byte[] value = record.getAs(1);
      Origin origin = new Origin(record.getString(3), record.getInt(4), record.getLong(5));
      Decoded decoded =
          record.isNullAt(7)
              ? decoder.decode(
                  new RawRecord(key, value, origin, () -> headers(record), record.getAs(6)))
              : rejected(record.getString(7), record.getString(8));
      for (WriterSchema schema : decoder.takeNewSchemas()) {
        ready.add(writerSchemaRow(schema, origin, record.getAs(6)));
      }
      if (decoded instanceof Decoded.Change change
          && seen.add(schemaId(change.table(), change.schema().fingerprint()))) {
        ready.add(schemaRow(change.table(), change.schema(), origin, record.getAs(6)));
      }
      ready.add(row(decoded, origin, record));
    }

    private Row row(Decoded decoded, Origin origin, Row record) {
      Instant time = record.getAs(6);
      if (decoded instanceof Decoded.Change change) {
        return changeRow(change, origin, time, watch);
      }
      Object[] values = emptyRow(origin, time);
      if (decoded instanceof Decoded.NotARow nonRow) {
        values[0] = Outcome.NOT_A_ROW.name();
        values[3] = nonRow.kind().name();
      } else if (decoded instanceof Decoded.DeadLetter letter) {
        values[0] = Outcome.DEAD_LETTER.name();
        values[1] = letter.table();
        values[3] = letter.reason().name();
        values[4] = letter.message();
        letters.put(letter.table(), origin, record, values);
      }
      return RowFactory.create(values);
    }
  }

  /** What the source itself could make no record of. */
  private static Decoded rejected(String reason, String message) {
    return new Decoded.DeadLetter(null, DeadLetterReason.valueOf(reason), message, message);
  }

  private static Map<String, String> headers(Row record) {
    HeaderTexts headers = new HeaderTexts();
    if (!record.isNullAt(2)) {
      for (Row header : record.<Row>getList(2)) {
        headers.add(header.getString(0), header.getAs(1));
      }
    }
    return headers.all();
  }

  private static Row changeRow(
      Decoded.Change change, Origin origin, Instant time, CommitWatch watch) {
    CommitMark mark = change.mark();
    return RowFactory.create(
        Outcome.CHANGE.name(),
        change.table(),
        change.sourceTable().qualified(),
        null,
        null,
        change.operation().code(),
        change.key(),
        change.before(),
        change.after(),
        change.position().text(),
        change.sourceTime(),
        change.source(),
        change.transaction(),
        change.schema().fingerprint(),
        null,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        time,
        null,
        null,
        null,
        null,
        mark.order() == LogPosition.UNKNOWN ? null : mark.order(),
        watch.floor(change, origin),
        mark.lineage());
  }

  private static Row schemaRow(String table, EventSchema schema, Origin origin, Instant time) {
    Object[] values = emptyRow(origin, time);
    values[0] = Outcome.SCHEMA.name();
    values[1] = table;
    values[13] = schema.fingerprint();
    values[14] = schema.toJson();
    return RowFactory.create(values);
  }

  private static Row writerSchemaRow(WriterSchema schema, Origin origin, Instant time) {
    Object[] values = emptyRow(origin, time);
    values[0] = Outcome.WRITER_SCHEMA.name();
    values[14] = RegistryStore.json(schema);
    return RowFactory.create(values);
  }

  private static Object[] emptyRow(Origin origin, Instant time) {
    Object[] values = new Object[DecodedColumns.TYPE.length()];
    values[15] = origin.topic();
    values[16] = origin.partition();
    values[17] = origin.offset();
    values[18] = time;
    return values;
  }
}
