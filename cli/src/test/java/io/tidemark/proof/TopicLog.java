package io.tidemark.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Topics as they grow: gives each record the next offset of its partition. */
final class TopicLog {
  private final Map<String, Map<Integer, List<SourceRecord>>> topics = new TreeMap<>();

  /** Appends a record, and returns it with its offset. */
  SourceRecord append(
      String topic, int partition, String key, String value, Map<String, String> headers) {
    List<SourceRecord> records =
        topics
            .computeIfAbsent(topic, name -> new TreeMap<>())
            .computeIfAbsent(partition, number -> new ArrayList<>());
    SourceRecord record = new SourceRecord(topic, partition, records.size(), key, value, headers);
    records.add(record);
    return record;
  }

  /** All records, partition by partition, in the order of their offsets. */
  List<List<SourceRecord>> partitions() {
    return topics.values().stream().flatMap(topic -> topic.values().stream()).toList();
  }
}
