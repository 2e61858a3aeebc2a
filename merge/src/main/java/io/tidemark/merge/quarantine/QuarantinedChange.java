package io.tidemark.merge.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change in quarantine.
 *
 * @param id its place in the source's records: topic/partition/offset
 * @param rules the rules that its row breaks; none for other reasons
 * @param state what it is waiting for
 * @param after the row as bronze has it, masked where bronze is; null for a delete
 * @param note why an operator decided so
 */
public record QuarantinedChange(
    String table,
    String id,
    String key,
    String reason,
    List<String> rules,
    String message,
    State state,
    String position,
    Optional<Instant> sourceTime,
    Instant quarantinedAt,
    String operation,
    String after,
    Optional<String> note) {

  /** What a change in quarantine is waiting for. */
  public enum State {
    /** A decision, or a better row of its key. */
    OPEN,
    /** Nothing: a later change of its key was accepted, or ended the row, as a truncate does. */
    SUPERSEDED,
    /** The next merge, which judges it anew. */
    RELEASED,
    /** Nothing: an operator decided that it stays. */
    DISCARDED
  }
}
