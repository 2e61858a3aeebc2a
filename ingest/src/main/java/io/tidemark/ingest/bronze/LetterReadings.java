package io.tidemark.ingest.bronze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.Origin;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskingDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a poll read of rows that are dead letters: key and position as bronze would have them, and
 * the content. Takes the rows of {@link OpenSealed}; leaves out those whose key is as bad.
 */
final class LetterReadings implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** All of the record but when and where it was read. */
  static final String CONTENT = "content";

  static final StructType TYPE =
      new StructType()
          .add(BronzeColumns.TOPIC, DataTypes.StringType)
          .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
          .add(BronzeColumns.OFFSET, DataTypes.LongType)
          .add(BronzeColumns.KEY, DataTypes.StringType)
          .add(BronzeColumns.POSITION, DataTypes.StringType)
          .add(CONTENT, DataTypes.StringType);

  private final DecodeSettings settings;
  private final MaskSettings masks;

  LetterReadings(DecodeSettings settings, MaskSettings masks) {
    this.settings = settings;
    this.masks = masks;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    MaskingDecoder decoder = new MaskingDecoder(settings, masks);
    List<Row> readings = new ArrayList<>();
    records.forEachRemaining(record -> reading(record, decoder).ifPresent(readings::add));
    return readings.iterator();
  }

  private static Optional<Row> reading(Row record, MaskingDecoder decoder) {
    Origin origin = new Origin(record.getString(3), record.getInt(4), record.getLong(5));
    ObjectNode value;
    JsonNode key;
    try {
      value = (ObjectNode) JsonText.parse(record.<byte[]>getAs(1));
      key = JsonText.parse(record.<byte[]>getAs(0)).get("payload");
    } catch (UndecodableValueException e) {
      return Optional.empty(); // Without JSON there is nothing that could be compared.
    }
    ObjectNode payload = (ObjectNode) value.get("payload");
    JsonNode source = payload.remove("source");
    String content = JsonText.compact(value);
    makeDelete(payload, key, source);
    byte[] delete = JsonText.compact(value).getBytes(StandardCharsets.UTF_8);
    RawRecord deleted = new RawRecord(record.getAs(0), delete, origin, Map::of, null);
    return decoder.decode(deleted) instanceof Decoded.Change change
        ? Optional.of(
            RowFactory.create(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                change.key(),
                change.position().text(),
                content))
        : Optional.empty();
  }

  /** Of a delete only the key must be right, and it stands where its row does. */
  private static void makeDelete(ObjectNode payload, JsonNode key, JsonNode source) {
    payload.removeAll();
    payload.put("op", "d");
    payload.set("before", key);
    payload.set("source", source);
  }
}
