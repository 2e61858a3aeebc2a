package io.tidemark.ingest.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/**
 * An Avro type as Kafka Connect sees it.
 *
 * @param connect its schema as JsonConverter writes it, without the name of a field
 * @param json makes of a value what JsonConverter makes of it
 */
record AvroType(ObjectNode connect, Function<Object, JsonNode> json) {}
