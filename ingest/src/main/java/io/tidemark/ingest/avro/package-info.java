/** Avro that Kafka Connect's Avro converters write, as Connect schema and JSON payload. */
package io.tidemark.ingest.avro;
