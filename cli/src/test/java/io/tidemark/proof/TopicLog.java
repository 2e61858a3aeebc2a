package io.tidemark.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics as they grow: gives each record the next offset of its partition. */
final class TopicLog {
  private final Map<String, Long> ends = new HashMap<>();
  private final List<SourceRecord> unsent = new ArrayList<>();

  /** Appends a record, and returns it with its offset. */
  SourceRecord append(
      String topic, int partition, String key, String value, Map<String, String> headers) {
    long offset = ends.merge(topic + "/" + partition, 1L, Long::sum) - 1;
    SourceRecord record = new SourceRecord(topic, partition, offset, key, value, headers);
    unsent.add(record);
    return record;
  }

  /** The records since the last time, in the order of their arrival. */
  List<SourceRecord> takeNew() {
    List<SourceRecord> taken = List.copyOf(unsent);
    unsent.clear();
    return taken;
  }
}
