/** Kafka Connect's REST API: the connectors that fill the topics. */
package io.tidemark.ingest.connect;
