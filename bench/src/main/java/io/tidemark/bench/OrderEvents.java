package io.tidemark.bench;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;

/**
 * Debezium events of an orders table: creates until every key exists, then updates and deletes of
 * random keys, 70 % updates in all. The same seed gives the same events.
 */
final class OrderEvents {
  /**
   * Whether the events carry Kafka Connect's schema blocks, as its JsonConverter adds by default.
   */
  enum Form {
    WITH_SCHEMA,
    WITHOUT_SCHEMA
  }

  /**
   * One event.
   *
   * @param keyNumber decides the partition
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed to the producer, never compared.
  record Event(long keyNumber, byte[] key, byte[] value) {}

  private static final long FIRST_LSN = 100_000_000L;
  private static final long FIRST_TIME = 1_767_225_600_000L;

  private final Random random;
  private final int keys;
  private final Form form;
  private final BitSet alive = new BitSet();
  private int created;
  private long sequence;

  OrderEvents(long seed, int keys, Form form) {
    this.random = new Random(seed);
    this.keys = keys;
    this.form = form;
  }

  Event next() {
    sequence++;
    if (created < keys) {
      return event(created++, 'c');
    }
    int key = random.nextInt(keys);
    if (!alive.get(key)) {
      return event(key, 'c');
    }
    // Of the events after the first of each key, 14 of 16 are updates: 70 % of all, with five times
    // as many events as keys.
    return event(key, random.nextInt(15) == 0 ? 'd' : 'u');
  }

  private Event event(int key, char operation) {
    alive.set(key, operation != 'd');
    String payload =
        ("{\"before\":%s,\"after\":%s,\"source\":{\"version\":\"3.5.0.Final\",\"connector\":\"postgresql\","
                + "\"name\":\"bench\",\"ts_ms\":%d,\"snapshot\":\"false\",\"db\":\"shop\",\"sequence\":"
                + "\"[\\\"%d\\\",\\\"%d\\\"]\",\"schema\":\"public\",\"table\":\"orders\",\"txId\":%d,"
                + "\"lsn\":%d,\"xmin\":null},\"transaction\":null,\"op\":\"%c\",\"ts_ms\":%d}")
            .formatted(
                operation == 'd' ? "{\"order_id\":" + key + EMPTY_ROW : "null",
                operation == 'd' ? "null" : row(key),
                FIRST_TIME + sequence,
                FIRST_LSN + sequence * 100 - 50,
                FIRST_LSN + sequence * 100,
                sequence,
                FIRST_LSN + sequence * 100,
                operation,
                FIRST_TIME + sequence + 5);
    String keyJson = "{\"order_id\":" + key + "}";
    return new Event(key, bytes(framed(KEY_SCHEMA, keyJson)), bytes(framed(VALUE_SCHEMA, payload)));
  }

  private static final String EMPTY_ROW =
      ",\"user_id\":null,\"total_amount\":null,\"status\":null,\"note\":null,\"created_at\":null,\"updated_at\":null}";

  private String row(int key) {
    return ("{\"order_id\":%d,\"user_id\":%d,\"total_amount\":\"%s\",\"status\":\"%s\",\"note\":\"%016x%016x\","
            + "\"created_at\":%d,\"updated_at\":\"2026-01-01T00:00:%02d.%06dZ\"}")
        .formatted(
            key,
            random.nextInt(50_000),
            new String[] {"AfQ=", "J1g=", "GuY=", "Zg8="}[random.nextInt(4)],
            new String[] {"pending", "processing", "completed"}[random.nextInt(3)],
            random.nextLong(),
            random.nextLong(),
            (FIRST_TIME + sequence) * 1000,
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  private String framed(String schema, String payload) {
    return form == Form.WITH_SCHEMA
        ? "{\"schema\":" + schema + ",\"payload\":" + payload + "}"
        : payload;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String KEY_SCHEMA =
      "{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"order_id\"}],"
          + "\"optional\":false,\"name\":\"bench.public.orders.Key\"}";

  private static String rowSchema(String field) {
    return "{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"order_id\"},"
        + "{\"type\":\"int32\",\"optional\":true,\"field\":\"user_id\"},"
        + "{\"type\":\"bytes\",\"optional\":true,\"name\":\"org.apache.kafka.connect.data.Decimal\",\"version\":1,"
        + "\"parameters\":{\"scale\":\"2\",\"connect.decimal.precision\":\"12\"},\"field\":\"total_amount\"},"
        + "{\"type\":\"string\",\"optional\":true,\"field\":\"status\"},"
        + "{\"type\":\"string\",\"optional\":true,\"field\":\"note\"},"
        + "{\"type\":\"int64\",\"optional\":true,\"name\":\"io.debezium.time.MicroTimestamp\",\"version\":1,\"field\":\"created_at\"},"
        + "{\"type\":\"string\",\"optional\":true,\"name\":\"io.debezium.time.ZonedTimestamp\",\"version\":1,\"field\":\"updated_at\"}],"
        + "\"optional\":true,\"name\":\"bench.public.orders.Value\",\"field\":\""
        + field
        + "\"}";
  }

  private static String field(String type, String name) {
    return "{\"type\":\"" + type + "\",\"optional\":true,\"field\":\"" + name + "\"}";
  }

  private static final String VALUE_SCHEMA =
      "{\"type\":\"struct\",\"fields\":["
          + rowSchema("before")
          + ","
          + rowSchema("after")
          + ",{\"type\":\"struct\",\"fields\":["
          + String.join(
              ",",
              field("string", "version"),
              field("string", "connector"),
              field("string", "name"),
              field("int64", "ts_ms"),
              field("string", "snapshot"),
              field("string", "db"),
              field("string", "sequence"),
              field("string", "schema"),
              field("string", "table"),
              field("int64", "txId"),
              field("int64", "lsn"),
              field("int64", "xmin"))
          + "],\"optional\":false,\"name\":\"io.debezium.connector.postgresql.Source\",\"field\":\"source\"},"
          + field("string", "transaction")
          + ","
          + field("string", "op")
          + ","
          + field("int64", "ts_ms")
          + "],\"optional\":false,\"name\":\"bench.public.orders.Envelope\"}";
}
