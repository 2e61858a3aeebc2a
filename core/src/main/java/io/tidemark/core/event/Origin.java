package io.tidemark.core.event;

import java.io.Serializable;

/**
 * The Kafka record that carried a change event.
 *
 * @param topic the topic's name
 * @param partition the partition's number
 * @param offset the record's offset in it
 */
public record Origin(String topic, int partition, long offset) implements Serializable {
  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
