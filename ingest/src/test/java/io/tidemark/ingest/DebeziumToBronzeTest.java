package io.tidemark.ingest;

import static io.tidemark.ingest.fixture.Accounts.assertCounts;
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

  @Test
  void everyTypeArrivesExactly(SandboxAddresses sandbox, SparkSession spark) throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      postgres.execute(
          "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
          Kinds.TABLE,
          Kinds.TYPICAL,
          Kinds.EXTREME);
      postgres.execute("INSERT INTO kinds (id) VALUES (2)");
      postgres.follow("kinds", "public.kinds", Map.of("skipped.operations", "none"));
      Postgres.awaitRecords(topics, "kinds.public.kinds", 3);
      changeRows(postgres);
      Postgres.awaitRecords(topics, "kinds.public.kinds", 12);
      postgres.unfollow("kinds");
      TestPipeline pipeline =
          new TestPipeline(spark, folder, sandbox.bootstrapServers(), "kinds.public.*");

      IngestOutcome outcome = pipeline.once();

      assertThat(letters(pipeline))
          .singleElement()
          .asString()
          .startsWith("BAD_VALUE Cannot decode column 'born'");
      assertCounts(
          outcome.counts(),
          Map.of(Count.READ, 12L, Count.LANDED, 9L, Count.IGNORED, 2L, Count.DEAD_LETTERED, 1L));
      assertThat(pipeline.operations("kinds")).isEqualTo("rrrcdudct");
      assertRows(pipeline);
      assertTokens(pipeline, topics.end("kinds.public.kinds"));
      assertThat(pipeline.once().counts().of(Count.READ)).as("the second run").isZero();
    }
  }

  private static void changeRows(Postgres postgres) throws Exception {
    postgres.execute(Kinds.TYPICAL.replaceFirst("1, -7", "3, -7")); // c
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
        .forEach(
            row -> schemas.put(row.getAs("fingerprint"), EventSchema.parse(row.getAs("schema"))));
    List<Row> rows = pipeline.bronze("kinds");
    Map<String, Object> updated = Kinds.typical();
    updated.put("whole INT", 43);
    Map<String, Object> third = Kinds.typical();
    third.put("id BIGINT", 3L);
    assertThat(decoded(schemas, rows.get(0))).isEqualTo(Kinds.typical());
    assertThat(decoded(schemas, rows.get(1))).isEqualTo(Kinds.extreme());
    assertThat(decoded(schemas, rows.get(2))).isEqualTo(Kinds.onlyId(2));
    assertThat(decoded(schemas, rows.get(3))).isEqualTo(third);
    assertThat(decoded(schemas, rows.get(5))).isEqualTo(updated);
    assertThat(decoded(schemas, rows.get(7))).isEqualTo(Kinds.onlyId(4));
    assertThat(rows.get(7).<String>getAs("key")).isEqualTo("{\"id\":4}");
  }

  private static List<String> letters(TestPipeline pipeline) {
    return pipeline.lake().deadLetters().read().collectAsList().stream()
        .map(letter -> letter.getAs("reason") + " " + letter.getAs("message"))
        .toList();
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

      assertCounts(outcome.counts(), Map.of(Count.READ, 3L, Count.LANDED, 2L, Count.IGNORED, 1L));
      assertThat(pipeline.operations("plain")).isEqualTo("rd");
      Map<String, EventSchema> schemas = new LinkedHashMap<>();
      pipeline
          .lake()
          .schemas()
          .read()
          .collectAsList()
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
