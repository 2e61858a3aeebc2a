package io.tidemark.ingest;

import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.decode.RawRecord;

/**
 * A record that was looked at and not landed, and what it turned out to be.
 *
 * @param record the record as it came
 * @param decoded what the ingest would make of it
 */
public record Peeked(RawRecord record, Decoded decoded) {}
