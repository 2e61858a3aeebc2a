package io.tidemark.proof;

import java.util.Map;

/**
 * A record of a topic.
 *
 * @param key the key's JSON; null for none
 * @param value the value's JSON, or text that is none; null for none
 * @param headers texts by name
 */
record SourceRecord(
    String topic,
    int partition,
    long offset,
    String key,
    String value,
    Map<String, String> headers) {
  /** Kafka's time of every record. */
  static final long RECORD_TIME = 1_767_225_600_000L;
}
