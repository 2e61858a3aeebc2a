/** Tests of the ingest job, on the real PostgreSQL, Debezium and Kafka. */
package io.tidemark.ingest;
