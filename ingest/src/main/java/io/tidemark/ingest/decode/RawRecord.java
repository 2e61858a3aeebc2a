package io.tidemark.ingest.decode;

import io.tidemark.core.event.Origin;

/**
 * A Kafka record as it came.
 *
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null
 * @param origin where it stands in Kafka
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying every value would cost.
public record RawRecord(byte[] key, byte[] value, Origin origin) {}
