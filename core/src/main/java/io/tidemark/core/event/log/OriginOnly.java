package io.tidemark.core.event.log;

/** What has no place in a source's log (outbox events): the order of its Kafka offsets alone. */
public record OriginOnly() implements LogPosition {
  @Override
  public String text() {
    return "-";
  }

  @Override
  public long commitOrder() {
    return UNKNOWN;
  }
}
