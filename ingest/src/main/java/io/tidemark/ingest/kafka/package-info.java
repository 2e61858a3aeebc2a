/** Kafka as a source: which topics there are, where to start, and what is missing. */
package io.tidemark.ingest.kafka;
