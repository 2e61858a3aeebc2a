package io.tidemark.ingest.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.RejectedRecordException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads the data of one Avro schema into what Kafka Connect's JsonConverter would have made of the
 * values that Connect's Avro converter was given. Safe to share between threads.
 */
public final class AvroReader {
  private final AvroType type;
  private final GenericDatumReader<Object> data;

  private AvroReader(Schema schema, AvroType type) {
    this.type = type;
    // Of its own: conversions of logical types, which others may have registered, would round.
    this.data = new GenericDatumReader<>(schema, schema, new GenericData());
  }

  /**
   * A reader.
   *
   * @param text the schema
   * @param references the schemas whose types it names, in an order in which each needs earlier
   *     ones only
   * @throws RejectedRecordException (BAD_SCHEMA) if it is no Avro schema, or none that a converter
   *     of Kafka Connect writes
   */
  public static AvroReader of(String text, List<String> references) {
    Schema schema = parse(text, references);
    return new AvroReader(schema, new AvroTypes().type(schema));
  }

  private static Schema parse(String text, List<String> references) {
    try {
      // Defaults are not read, so they are no reason to refuse what was written.
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      references.forEach(parser::parse);
      return parser.parse(text);
    } catch (AvroRuntimeException e) {
      throw AvroTypes.unusable("the registry's schema is no Avro schema: " + e.getMessage());
    }
  }

  /** The schema as JsonConverter would have written it. */
  public JsonNode connectSchema() {
    return type.connect();
  }

  /**
   * The payload as JsonConverter would have written it.
   *
   * @param message holds one datum from {@code start} to its end
   * @throws RejectedRecordException (BAD_SCHEMA) if the bytes are not of this schema
   */
  public JsonNode read(byte[] message, int start) {
    try {
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(message, start, message.length - start, null);
      Object datum = data.read(null, decoder);
      if (!decoder.isEnd()) {
        throw mismatch("bytes are left over behind the last field");
      }
      return type.json().apply(datum);
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw mismatch(String.valueOf(e.getMessage()));
    }
  }

  private static RejectedRecordException mismatch(String problem) {
    return new RejectedRecordException(
        null,
        DeadLetterReason.BAD_SCHEMA,
        "the bytes are not of the schema that they name: " + problem);
  }
}
