package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A Protobuf type as Kafka Connect sees it.
 *
 * @param connect its schema as JsonConverter writes it, without the name of a field
 * @param wireType how one value stands in a message
 * @param reader reads one value
 * @param absent what a field without presence is when it is not in the message; null if absence is
 *     null
 */
record ProtoType(ObjectNode connect, int wireType, Reader reader, JsonNode absent) {

  /** Reads one value from its bytes; of a length-delimited one these are all there are. */
  interface Reader {
    JsonNode read(WireInput input);
  }

  /** Whether several values may stand in one length-delimited field. */
  boolean isPackable() {
    return wireType != WireInput.LENGTH;
  }

  /** One value as it stands in a message. */
  JsonNode next(WireInput input) {
    return reader.read(wireType == WireInput.LENGTH ? input.delimited() : input);
  }
}
