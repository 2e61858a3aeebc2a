package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.RowDecoder;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.schema.UndecodableValueException;

/** A schema together with the decoders made for it. */
final class EventShape {
  private final EventSchema schema;
  private final RowDecoder row;
  private final RowDecoder key;

  EventShape(EventSchema schema, UnavailableValue unavailable) {
    this.schema = schema;
    this.row = RowDecoder.of(schema.row(), unavailable);
    this.key = schema.key().map(k -> RowDecoder.of(k, unavailable)).orElse(null);
  }

  EventSchema schema() {
    return schema;
  }

  /**
   * Makes sure that silver will be able to decode what bronze is about to keep.
   *
   * @throws UndecodableValueException naming the column whose value does not fit
   */
  void requireDecodable(JsonNode keyValue, JsonNode rowValue) {
    if (key != null && keyValue != null) {
      key.decode(keyValue);
    }
    if (rowValue != null) {
      row.decode(rowValue);
    }
  }
}
