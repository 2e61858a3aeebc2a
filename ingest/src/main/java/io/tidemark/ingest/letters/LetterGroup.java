package io.tidemark.ingest.letters;

import java.time.Instant;
import java.util.Optional;

/**
 * Dead letters of one table, reason and status.
 *
 * @param table the lake table they seem to belong to; empty if unknown
 * @param letters how many
 * @param oldest when the first was first seen
 * @param newest when the last was first seen
 * @param example the id of the newest
 * @param message what is wrong with the newest
 */
public record LetterGroup(
    Optional<String> table,
    String reason,
    LetterStatus status,
    long letters,
    Instant oldest,
    Instant newest,
    String example,
    String message) {}
