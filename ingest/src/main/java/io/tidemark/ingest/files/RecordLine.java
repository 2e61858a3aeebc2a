package io.tidemark.ingest.files;

import java.time.Instant;
import java.util.List;

/**
 * A line that is a record.
 *
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null
 * @param headers in their order
 * @param timestamp Kafka's time of the record, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying every value would cost.
record RecordLine(
    byte[] key,
    byte[] value,
    List<Header> headers,
    String topic,
    int partition,
    long offset,
    Instant timestamp)
    implements LineContent {

  /** A header; its value may be null. */
  record Header(String name, byte[] value) {}
}
