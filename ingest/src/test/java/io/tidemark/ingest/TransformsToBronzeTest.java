package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.Postgres;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Debezium's own transforms make of the changes of a real PostgreSQL, as bronze has it. */
@Tag("slow")
@WithSandbox
@ExtendWith(SharedSpark.class)
class TransformsToBronzeTest {
  private static final String FLATTEN = "io.debezium.transforms.ExtractNewRecordState";
  private static final String ROUTE = "io.debezium.transforms.outbox.EventRouter";

  @TempDir private Path folder;

  @Test
  void rule2FlattenedEventsLandIfNothingOfTheirPlaceIsLost(
      SandboxAddresses sandbox, SparkSession spark) throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      postgres.execute(
          "CREATE TABLE flat (id int PRIMARY KEY, note text)", "INSERT INTO flat VALUES (1, 'a')");
      follow(
          postgres,
          "flf",
          Map.of(
              "add.fields",
              "op,table,lsn,source.ts_ms",
              "delete.tombstone.handling.mode",
              "rewrite"));
      follow(
          postgres,
          "flh",
          Map.of(
              "add.headers", "op,lsn,source.ts_ms", "delete.tombstone.handling.mode", "rewrite"));
      follow(postgres, "fll", Map.of());
      for (String name : List.of("flf", "flh", "fll")) {
        Postgres.awaitRecords(topics, name + ".public.flat", 1);
      }
      postgres.execute("UPDATE flat SET note = 'b'", "DELETE FROM flat");
      for (String name : List.of("flf", "flh", "fll")) {
        Postgres.awaitRecords(topics, name + ".public.flat", 3);
        postgres.unfollow(name);
      }

      assertLanded(pipeline(sandbox, spark, "flf", "flf.public.*"));
      assertLanded(pipeline(sandbox, spark, "flh", "flh.public.*"));
      TestPipeline lost = pipeline(sandbox, spark, "fll", "fll.public.*");
      assertThat(lost.once().counts().of(Count.LANDED)).as("without its place").isZero();
      assertThat(lost.lake().deadLetters().read().select("reason").distinct().collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("NOT_AN_ENVELOPE");
    }
  }

  private static void assertLanded(TestPipeline pipeline) {
    pipeline.once();
    List<Row> rows = pipeline.bronze("flat");
    assertThat(pipeline.operations("flat")).isEqualTo("rud");
    assertThat(rows).extracting(row -> row.<String>getAs("key")).containsOnly("{\"id\":1}");
    assertThat(rows.get(1).<String>getAs("after")).isEqualTo("{\"id\":1,\"note\":\"b\"}");
    assertThat(rows.get(2).<String>getAs("after")).isNull();
    assertThat(rows).extracting(row -> row.<String>getAs("position")).isSorted();
    assertThat(rows).extracting(row -> row.<Object>getAs("source_time")).doesNotContainNull();
  }

  @Test
  void outboxEventsLandAsTypedRows(SandboxAddresses sandbox, SparkSession spark) throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      postgres.execute(
          "CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text,"
              + " type text, payload jsonb)",
          "INSERT INTO outbox VALUES ('6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d', 'order', '7',"
              + " 'OrderPlaced', '{\"order_id\": 7, \"note\": \"x\"}')");
      postgres.follow(
          "ob",
          "public.outbox",
          Map.of(
              "transforms", "route",
              "transforms.route.type", ROUTE,
              "transforms.route.table.expand.json.payload", "true",
              "transforms.route.table.fields.additional.placement", "type:header:eventType"));
      Postgres.awaitRecords(topics, "outbox.event.order", 1);
      postgres.execute("DELETE FROM outbox");
      postgres.unfollow("ob");
      TestPipeline pipeline =
          pipeline(
              sandbox,
              spark,
              "ob",
              "outbox.event.*",
              "tables:",
              "  order_events: {outbox: outbox.event.order}");

      assertThat(pipeline.once().counts().of(Count.LANDED)).isEqualTo(1);

      Row event = pipeline.bronze("order_events").get(0);
      assertThat(event.<String>getAs("op")).isEqualTo("c");
      assertThat(event.<String>getAs("key"))
          .isEqualTo("{\"event_id\":\"6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d\"}");
      assertThat(event.<String>getAs("after"))
          .contains("\"aggregate_id\":\"7\"")
          .contains("\"eventType\":\"OrderPlaced\"")
          .contains("\"order_id\":7")
          .contains("\"note\":\"x\"");
    }
  }

  private static void follow(Postgres postgres, String name, Map<String, String> settings) {
    Map<String, String> config = new java.util.HashMap<>();
    config.put("transforms", "unwrap");
    config.put("transforms.unwrap.type", FLATTEN);
    settings.forEach((key, value) -> config.put("transforms.unwrap." + key, value));
    postgres.follow(name, "public.flat", config);
  }

  private TestPipeline pipeline(
      SandboxAddresses sandbox, SparkSession spark, String lake, String topics, String... more) {
    Path own = folder.resolve(lake);
    own.toFile().mkdirs();
    return new TestPipeline(spark, own, sandbox.bootstrapServers(), topics, more);
  }
}
