package io.tidemark.ingest.kafka;

/**
 * What Kafka holds of one partition.
 *
 * @param topic the topic's name
 * @param partition the partition's number
 * @param earliest the offset of the oldest record that is still there
 * @param end the offset that the next record will get
 */
public record TopicPartitionRange(String topic, int partition, long earliest, long end) {
  @Override
  public String toString() {
    return topic + "/" + partition;
  }
}
