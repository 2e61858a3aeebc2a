package io.tidemark.ingest.decode;

import io.tidemark.core.event.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A Kafka record as it came.
 *
 * @param key the key's bytes, or null
 * @param value the value's bytes, or null
 * @param origin where it stands in Kafka
 * @param headers its headers as text, the last of those of one name; few events need them
 * @param time Kafka's time of the record, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying every value would cost.
public record RawRecord(
    byte[] key, byte[] value, Origin origin, Supplier<Map<String, String>> headers, Instant time) {

  /** A record without headers and time. */
  public RawRecord(byte[] key, byte[] value, Origin origin) {
    this(key, value, origin, Map::of, null);
  }
}
