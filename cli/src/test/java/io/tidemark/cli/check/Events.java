package io.tidemark.cli.check;

/** Change events of a table orders(id, total), as Connect's JsonConverter writes them. */
final class Events {
  static final String KEY = "{\"id\":1}";
  static final String PLAIN =
      """
      {"before":null,"after":{"id":1,"total":2.5},"op":"c","ts_ms":1700000000000,
       "source":{"connector":"postgresql","db":"shop","schema":"public","table":"orders",
                 "snapshot":"false","lsn":100,"ts_ms":1700000000000}}
      """;

  private static final String ROW_FIELDS =
      "\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"},"
          + "{\"type\":\"double\",\"optional\":true,\"field\":\"total\"}]";
  static final String KEY_WITH_SCHEMA =
      "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":[{\"type\":\"int64\","
          + "\"optional\":false,\"field\":\"id\"}]},\"payload\":{\"id\":1}}";
  static final String WITH_SCHEMA =
      "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":["
          + "{\"type\":\"struct\",\"optional\":true,\"field\":\"before\","
          + ROW_FIELDS
          + "},{\"type\":\"struct\",\"optional\":true,\"field\":\"after\","
          + ROW_FIELDS
          + "}]},\"payload\":"
          + PLAIN.strip()
          + "}";

  private Events() {}
}
