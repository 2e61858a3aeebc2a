package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.RowDecoder;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.Postgres;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a real PostgreSQL, through a real Debezium and Kafka, as bronze has them. Rule 10. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class DebeziumToBronzeTest {
  @TempDir private Path folder;

  private static final String KINDS =
      """
      CREATE TABLE kinds (
        id bigint PRIMARY KEY, small smallint, whole integer, amount numeric(12,2),
        huge numeric(38,10), huger numeric(60,5), any_scale numeric, single real,
        double double precision, flag boolean, name varchar(20), body text, code char(3),
        born date, at timestamp, at_millis timestamp(3), at_zone timestamptz, clock time,
        clock_zone timetz, tag uuid, doc json, docb jsonb, bin bytea, ints int[], texts text[],
        feeling mood, span interval, bits bit(9))
      """;

  private static final String TYPICAL =
      """
      INSERT INTO kinds VALUES (
        1, -7, 42, 19.90, 1234567890123456789012345678.0123456789,
        1234567890123456789012345678901234567890123456789012345.12345, 0.000000000000000000001,
        1.5, 2.718281828459045, true, 'Zoë', E'line\\n"two" \\\\ 😀', 'ab', '2024-02-29',
        '2024-02-29 23:59:59.123456', '2024-02-29 23:59:59.123',
        '2024-02-29 23:59:59.123456+02', '23:59:59.123456', '12:00:00+02',
        '6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d', '{"b": 1, "a": [1.10]}', '{"b": 1, "a": [1.10]}',
        '\\x00ff10', '{1,NULL,3}', '{"a","b,c",NULL}', 'happy', '1 day 02:03:04.000005',
        B'101010101')
      """;

  private static final String EXTREME =
      """
      INSERT INTO kinds VALUES (
        9223372036854775807, -32768, -2147483648, -9999999999.99,
        -9999999999999999999999999999.9999999999, -0.00001, -123456789012345678901234567890.5,
        'NaN', '-Infinity', false, '', '', '', '0001-01-01', '0001-01-01 00:00:00',
        '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999+00', '24:00:00', '00:00:00-14',
        '00000000-0000-0000-0000-000000000000', 'null', '"x"', '', '{}', '{}', 'sad',
        '-1 day', B'000000000')
      """;

  private static Map<String, Object> typical() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id BIGINT", 1L);
    row.put("small INT", -7);
    row.put("whole INT", 42);
    row.put("amount DECIMAL(12,2)", new BigDecimal("19.90"));
    row.put(
        "huge DECIMAL(38,10)", new BigDecimal("1234567890123456789012345678.0123456789"));
    row.put("huger STRING", "1234567890123456789012345678901234567890123456789012345.12345");
    row.put("any_scale STRING", "0.000000000000000000001");
    row.put("single FLOAT", 1.5f);
    row.put("double DOUBLE", 2.718281828459045);
    row.put("flag BOOLEAN", true);
    row.put("name STRING", "Zoë");
    row.put("body STRING", "line\n\"two\" \\ 😀");
    row.put("code STRING", "ab ");
    row.put("born DATE", LocalDate.of(2024, 2, 29));
    row.put("at TIMESTAMP_NTZ", LocalDateTime.parse("2024-02-29T23:59:59.123456"));
    row.put("at_millis TIMESTAMP_NTZ", LocalDateTime.parse("2024-02-29T23:59:59.123"));
    row.put("at_zone TIMESTAMP", Instant.parse("2024-02-29T21:59:59.123456Z"));
    row.put("clock STRING", "23:59:59.123456");
    row.put("clock_zone STRING", "10:00:00Z");
    row.put("tag STRING", "6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d");
    row.put("doc STRING", "{\"b\": 1, \"a\": [1.10]}");
    row.put("docb STRING", "{\"a\": [1.10], \"b\": 1}");
    row.put("bin BINARY", List.of((byte) 0, (byte) 0xFF, (byte) 0x10));
    row.put("ints ARRAY<INT>", Arrays.asList(1, null, 3));
    row.put("texts ARRAY<STRING>", Arrays.asList("a", "b,c", null));
    row.put("feeling STRING", "happy");
    row.put("span BIGINT", 93_784_000_005L);
    row.put("bits BINARY", List.of((byte) 0b01010101, (byte) 1));
    return row;
  }

  private static Map<String, Object> extreme() {
    Map<String, Object> row = new LinkedHashMap<>(typical());
    row.put("id BIGINT", Long.MAX_VALUE);
    row.put("small INT", -32768);
    row.put("whole INT", Integer.MIN_VALUE);
    row.put("amount DECIMAL(12,2)", new BigDecimal("-9999999999.99"));
    row.put(
        "huge DECIMAL(38,10)", new BigDecimal("-9999999999999999999999999999.9999999999"));
    row.put("huger STRING", "-0.00001");
    row.put("any_scale STRING", "-123456789012345678901234567890.5");
    row.put("single FLOAT", Float.NaN);
    row.put("double DOUBLE", Double.NEGATIVE_INFINITY);
    row.put("flag BOOLEAN", false);
    row.put("name STRING", "");
    row.put("body STRING", "");
    row.put("code STRING", "   ");
    row.put("born DATE", LocalDate.of(1, 1, 1));
    row.put("at TIMESTAMP_NTZ", LocalDateTime.parse("0001-01-01T00:00:00"));
    row.put("at_millis TIMESTAMP_NTZ", LocalDateTime.parse("9999-12-31T23:59:59.999"));
    row.put("at_zone TIMESTAMP", Instant.parse("9999-12-31T23:59:59.999999Z"));
    row.put("clock STRING", "24:00:00.000000");
    row.put("clock_zone STRING", "14:00:00Z");
    row.put("tag STRING", "00000000-0000-0000-0000-000000000000");
    row.put("doc STRING", "null");
    row.put("docb STRING", "\"x\"");
    row.put("bin BINARY", List.of());
    row.put("ints ARRAY<INT>", List.of());
    row.put("texts ARRAY<STRING>", List.of());
    row.put("feeling STRING", "sad");
    row.put("span BIGINT", -86_400_000_000L);
    row.put("bits BINARY", List.of((byte) 0, (byte) 0));
    return row;
  }

  private static Map<String, Object> onlyId(long id) {
    Map<String, Object> row = new LinkedHashMap<>(typical());
    row.replaceAll((column, value) -> column.startsWith("id ") ? id : null);
    return row;
  }

  @Test
  void everyTypeArrivesExactly(SandboxAddresses sandbox, SparkSession spark) throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      postgres.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')", KINDS, TYPICAL, EXTREME);
      postgres.execute("INSERT INTO kinds (id) VALUES (2)");
      postgres.follow("kinds", "public.kinds", Map.of("skipped.operations", "none"));
      Postgres.awaitRecords(topics, "kinds.public.kinds", 3);
      changeRows(postgres);
      Postgres.awaitRecords(topics, "kinds.public.kinds", 12);
      postgres.unfollow("kinds");
      TestPipeline pipeline =
          new TestPipeline(spark, folder, sandbox.bootstrapServers(), "kinds.public.*");

      IngestOutcome outcome = pipeline.once();

      assertThat(outcome.counts())
          .hasToString("{READ=12, LANDED=9, IGNORED=2, DEAD_LETTERED=1}");
      assertThat(pipeline.operations("kinds")).isEqualTo("rrrcdudct");
      assertRows(pipeline);
      assertTokens(pipeline, topics.end("kinds.public.kinds"));
      assertThat(pipeline.once().counts().of(Count.READ)).as("the second run").isZero();
    }
  }

  private static void changeRows(Postgres postgres) throws Exception {
    postgres.execute(TYPICAL.replaceFirst("1, -7", "3, -7")); // c
    postgres.execute("DELETE FROM kinds WHERE id = 3"); // d, tombstone
    postgres.execute("UPDATE kinds SET whole = 43 WHERE id = 1"); // u
    postgres.execute("UPDATE kinds SET id = 4 WHERE id = 2"); // d, tombstone, c
    postgres.execute("INSERT INTO kinds (id, born) VALUES (5, 'infinity')"); // no date of the lake
    postgres.execute("TRUNCATE kinds"); // t
  }

  private static void assertRows(TestPipeline pipeline) {
    Map<String, EventSchema> schemas = new LinkedHashMap<>();
    pipeline
        .lake()
        .schemas()
        .read()
        .collectAsList()
        .forEach(row -> schemas.put(row.getAs("fingerprint"), EventSchema.parse(row.getAs("schema"))));
    List<Row> rows = pipeline.bronze("kinds");
    Map<String, Object> updated = typical();
    updated.put("whole INT", 43);
    Map<String, Object> third = typical();
    third.put("id BIGINT", 3L);
    assertThat(decoded(schemas, rows.get(0))).isEqualTo(typical());
    assertThat(decoded(schemas, rows.get(1))).isEqualTo(extreme());
    assertThat(decoded(schemas, rows.get(2))).isEqualTo(onlyId(2));
    assertThat(decoded(schemas, rows.get(3))).isEqualTo(third);
    assertThat(decoded(schemas, rows.get(5))).isEqualTo(updated);
    assertThat(decoded(schemas, rows.get(7))).isEqualTo(onlyId(4));
    assertThat(rows.get(7).<String>getAs("key")).isEqualTo("{\"id\":4}");
    Row letter = pipeline.lake().deadLetters().read().head();
    assertThat(letter.<String>getAs("reason")).isEqualTo("BAD_VALUE");
    assertThat(letter.<String>getAs("message")).startsWith("Cannot decode column 'born'");
  }

  private static Map<String, Object> decoded(Map<String, EventSchema> schemas, Row row) {
    EventSchema schema = schemas.get(row.<String>getAs("schema_fingerprint"));
    DecodedRow values =
        RowDecoder.of(schema.row(), UnavailableValue.standard())
            .decode(JsonText.parse(row.<String>getAs("after")));
    List<LakeField> columns = schema.row().lakeFields();
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.values()[i];
      named.put(
          columns.get(i).name() + " " + columns.get(i).type().ddl(),
          value instanceof byte[] bytes ? listOf(bytes) : value);
    }
    return named;
  }

  private static List<Byte> listOf(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    Arrays.setAll(boxed, i -> bytes[i]);
    return List.of(boxed);
  }

  /** Rule 12: the commit itself says how far it goes. */
  private static void assertTokens(TestPipeline pipeline, long end) {
    String token = "ingest/shop/kinds.public.kinds/0";
    List<Row> rows = pipeline.bronze("kinds");
    assertThat(pipeline.lake().bronze("kinds").token(token))
        .isEqualTo(rows.get(rows.size() - 1).<Long>getAs("offset") + 1)
        .isEqualTo(end);
    assertThat(pipeline.recorded("kinds.public.kinds")).isEqualTo(end);
    assertThat(rows.get(0).<String>getAs("position")).startsWith("0000.").contains(".0.kinds.");
    assertThat(rows.stream().map(row -> row.<String>getAs("position"))).isSorted();
  }

  @Test
  void withoutSchemaBlocksDeclaredColumnsHaveTheirTypes(
      SandboxAddresses sandbox, SparkSession spark) throws Exception {
    Map<String, String> schemaless =
        Map.of(
            "key.converter", "org.apache.kafka.connect.json.JsonConverter",
            "key.converter.schemas.enable", "false",
            "value.converter", "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.schemas.enable", "false");
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      postgres.execute(
          "CREATE TABLE plain (id int PRIMARY KEY, total numeric(12,2), at timestamp, other int)",
          "INSERT INTO plain VALUES (1, -19.90, '2024-02-29 23:59:59.123456', 7)");
      postgres.follow("plain", "public.plain", schemaless);
      Postgres.awaitRecords(topics, "plain.public.plain", 1);
      postgres.execute("DELETE FROM plain");
      Postgres.awaitRecords(topics, "plain.public.plain", 3);
      postgres.unfollow("plain");
      TestPipeline pipeline =
          new TestPipeline(
              spark,
              folder,
              sandbox.bootstrapServers(),
              "plain.public.*",
              "tables:",
              "  plain:",
              "    columns: {id: int, total: 'decimal(12,2) from base64', at: timestamp_ntz from"
                  + " micros}");

      IngestOutcome outcome = pipeline.once();

      assertThat(outcome.counts()).hasToString("{READ=3, LANDED=2, IGNORED=1}");
      assertThat(pipeline.operations("plain")).isEqualTo("rd");
      Map<String, EventSchema> schemas = new LinkedHashMap<>();
      pipeline.lake().schemas().read().collectAsList()
          .forEach(
              row ->
                  schemas.put(
                      row.<String>getAs("fingerprint"), EventSchema.parse(row.getAs("schema"))));
      assertThat(decoded(schemas, pipeline.bronze("plain").get(0)))
          .containsExactly(
              Map.entry("id INT", 1),
              Map.entry("total DECIMAL(12,2)", new BigDecimal("-19.90")),
              Map.entry("at TIMESTAMP_NTZ", LocalDateTime.parse("2024-02-29T23:59:59.123456")),
              Map.entry("other STRING", "7"));
      assertThat(pipeline.bronze("plain").get(1).<String>getAs("key")).isEqualTo("{\"id\":1}");
    }
  }
}
