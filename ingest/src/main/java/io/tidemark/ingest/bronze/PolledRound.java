package io.tidemark.ingest.bronze;

import java.util.Optional;

/**
 * What bronze needs to know of a round of a poll.
 *
 * @param topic the name of the source's table, in the place of a topic
 * @param end the offset behind all of its rows
 * @param overlapFrom the offset from which on rows may have landed that come again in it; empty if
 *     all of its rows are wanted
 */
public record PolledRound(String topic, long end, Optional<Long> overlapFrom) {}
