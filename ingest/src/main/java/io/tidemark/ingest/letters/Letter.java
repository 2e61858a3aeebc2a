package io.tidemark.ingest.letters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One dead letter, with its bytes as they came.
 *
 * @param id its origin, {@code topic/partition/offset}
 * @param table the lake table it seems to belong to; empty if unknown
 * @param reason why it is one, at the last attempt
 * @param message what is wrong, for a person
 * @param stage whether decoding failed, or silver could not take it
 * @param attempts how often it was tried
 * @param decision who closed it, when and why; empty while it is open
 * @param sealed whether the lake holds it encrypted
 * @param key the record's key; null if it had none
 * @param value the record's value; null if it had none
 */
@SuppressWarnings("ArrayRecordComponent") // Shown, never compared.
public record Letter(
    String id,
    Optional<String> table,
    String reason,
    String message,
    String stage,
    LetterStatus status,
    long attempts,
    Instant firstSeen,
    Instant lastAttempt,
    Optional<Instant> recordTime,
    Optional<String> decision,
    boolean sealed,
    byte[] key,
    byte[] value,
    List<Header> headers) {

  /** A header of the record. */
  public record Header(String name, byte[] value) {}
}
