/** One Kafka record to one change row, dead letter or known non-row. */
package io.tidemark.ingest.decode;
