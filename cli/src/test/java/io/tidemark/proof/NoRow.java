package io.tidemark.proof;

/** What Debezium sends besides rows, each with a topic and a value of its kind. */
enum NoRow {
  HEARTBEAT(
      "__debezium-heartbeat.shop",
      "{\"serverName\":\"shop\"}",
      "{\"ts_ms\":1767225600000,\"ts_us\":1767225600000000,\"ts_ns\":1767225600000000000}"),
  TRANSACTION(
      "shop.transaction",
      "{\"id\":\"571:53195829\"}",
      "{\"status\":\"END\",\"id\":\"571:53195829\",\"event_count\":2,\"data_collections\":"
          + "[{\"data_collection\":\"public.proof_0\",\"event_count\":2}],\"ts_ms\":1767225600000}"),
  SCHEMA_CHANGE(
      "shop",
      "{\"databaseName\":\"shop\"}",
      "{\"source\":{\"connector\":\"mysql\",\"name\":\"shop\"},\"ts_ms\":1767225600000,"
          + "\"databaseName\":\"shop\",\"ddl\":\"ALTER TABLE t ADD COLUMN c int\","
          + "\"tableChanges\":[]}"),
  MESSAGE(
      "shop.message",
      "{\"prefix\":\"p\"}",
      "{\"op\":\"m\",\"ts_ms\":1767225600000,\"source\":{\"connector\":\"postgresql\","
          + "\"name\":\"shop\",\"ts_ms\":1767225600000,\"db\":\"shop\",\"schema\":\"\","
          + "\"table\":\"\",\"lsn\":46523128},\"message\":{\"prefix\":\"p\",\"content\":\"Ymlu\"}}");

  private final String topic;
  private final String key;
  private final String value;

  NoRow(String topic, String key, String value) {
    this.topic = topic;
    this.key = key;
    this.value = value;
  }

  String topic() {
    return topic;
  }

  String key() {
    return key;
  }

  String value() {
    return value;
  }
}
