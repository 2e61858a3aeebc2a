package io.tidemark.ingest.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * What a connector tells about an incremental snapshot (Debezium documentation, "Notifications
 * about the progress of incremental snapshots").
 *
 * @param kind how far it is
 * @param lastKey the key up to which it has read, if it tells
 * @param greatestKey the key at which it will end, if it tells
 * @param rows rows it has read of the table, told at the table's end
 * @param status how the table's end came about: SUCCEEDED, EMPTY, or a failure
 */
public record SnapshotNotice(
    Kind kind,
    Optional<String> lastKey,
    Optional<String> greatestKey,
    Optional<Long> rows,
    Optional<String> status) {

  /** The stages of an incremental snapshot. */
  public enum Kind {
    STARTED,
    IN_PROGRESS,
    TABLE_SCAN_COMPLETED,
    COMPLETED,
    PAUSED,
    RESUMED,
    ABORTED,
    /** One that this version does not know; shown, and waited over. */
    OTHER
  }

  /** Whether the snapshot did not read what it was asked to. */
  public boolean failed() {
    return kind == Kind.ABORTED
        || status.filter(s -> !s.equals("SUCCEEDED") && !s.equals("EMPTY")).isPresent();
  }

  /**
   * Reads a notification; empty if it is about something else.
   *
   * @param record the record's value, with or without schema block
   * @param signal the id of the signal that is waited for
   */
  static Optional<SnapshotNotice> of(JsonNode record, String signal) {
    JsonNode notice = record.has("payload") ? record.get("payload") : record;
    if (!notice.path("aggregate_type").asText().equalsIgnoreCase("Incremental Snapshot")
        || !notice.path("id").asText().equals(signal)) {
      return Optional.empty();
    }
    JsonNode data = notice.path("additional_data");
    return Optional.of(
        new SnapshotNotice(
            kind(notice.path("type").asText()),
            text(data, "last_processed_key"),
            text(data, "maximum_key"),
            text(data, "total_rows_scanned").map(Long::valueOf),
            text(data, "status")));
  }

  private static Kind kind(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(text.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    return Kind.OTHER;
  }

  private static Optional<String> text(JsonNode data, String name) {
    return Optional.ofNullable(data.get(name)).filter(n -> !n.isNull()).map(JsonNode::asText);
  }
}
