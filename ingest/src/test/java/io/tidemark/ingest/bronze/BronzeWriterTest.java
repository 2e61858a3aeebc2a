package io.tidemark.ingest.bronze;

import static io.tidemark.ingest.fixture.DebeziumEvent.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.event.Origin;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import io.tidemark.ingest.fixture.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules 1, 9 and 12, for the way from a micro-batch to bronze. */
@ExtendWith(SharedSpark.class)
class BronzeWriterTest {
  private static final String ORDERS = "shop.public.orders";
  private static final String USERS = "shop.public.users";

  @TempDir private Path folder;
  private SparkSession spark;
  private Lake lake;

  @BeforeEach
  void openLake(SparkSession shared) {
    spark = shared;
    lake = Lake.at(spark, folder.toString());
  }

  private BronzeWriter writer() {
    return writer("shop");
  }

  private BronzeWriter writer(String pipeline) {
    DecodeSettings settings =
        new DecodeSettings(UnavailableValue.standard(), Map.of(), Map.of(), Map.of());
    return new BronzeWriter(pipeline, lake, settings, 2, new ManualClock());
  }

  private BatchResult land(BronzeWriter writer, RawRecord... records) {
    return writer.land(KafkaRows.of(spark, List.of(records)));
  }

  private static RawRecord order(int id, long offset) {
    return DebeziumEvent.create("orders").row(id, "n").lsn(id).at(ORDERS, 0, offset).record();
  }

  private static RawRecord user(int id, long offset) {
    return DebeziumEvent.create("users").row(id, "n").lsn(id).at(USERS, 1, offset).record();
  }

  private static RawRecord broken(String topic, int partition, long offset) {
    return new RawRecord(bytes("k"), bytes("{broken"), new Origin(topic, partition, offset));
  }

  private List<Long> offsets(String table) {
    return lake.bronze(table).read().select("offset").orderBy("partition", "offset")
        .collectAsList().stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private static void assertCounts(BatchResult result, Map<Count, Long> expected) {
    for (Count count : Count.values()) {
      assertThat(result.counts().of(count))
          .as("%s of %s", count, result.counts())
          .isEqualTo(expected.getOrDefault(count, 0L));
    }
    assertThat(result.counts().unaccounted()).isZero();
  }

  @Test
  void everythingInABatchHasItsPlace() {
    RawRecord tombstone =
        new RawRecord(bytes("{\"id\":1}"), null, new Origin(ORDERS, 0, 12));
    RawRecord heartbeat =
        new RawRecord(null, bytes("{\"ts_ms\":1}"), new Origin("__debezium-heartbeat.shop", 0, 3));

    BatchResult result =
        land(
            writer(),
            order(1, 10),
            DebeziumEvent.delete("orders").lsn(99).at(ORDERS, 0, 11).record(),
            tombstone,
            broken(ORDERS, 0, 13),
            user(5, 7),
            heartbeat);

    assertCounts(
        result,
        Map.of(Count.READ, 6L, Count.LANDED, 3L, Count.IGNORED, 2L, Count.DEAD_LETTERED, 1L));
    assertThat(result.tables()).containsExactly("orders", "users");
    assertThat(result.ignored()).isEqualTo(Map.of("HEARTBEAT", 1L, "TOMBSTONE", 1L));
    assertThat(result.ends())
        .isEqualTo(
            Map.of(
                "ingest/shop/" + ORDERS + "/0", 14L,
                "ingest/shop/" + USERS + "/1", 8L,
                "ingest/shop/__debezium-heartbeat.shop/0", 4L));
    assertThat(result.newest()).contains(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(lake.bronze("orders").tokens(""))
        .as("the table's own last change")
        .isEqualTo(Map.of("ingest/shop/" + ORDERS + "/0", 12L));
    assertThat(lake.deadLetters().tokens(""))
        .isEqualTo(Map.of("ingest/shop/" + ORDERS + "/0", 14L));
  }

  @Test
  void aChangeIsKeptWhole() {
    land(
        writer(),
        DebeziumEvent.update("orders")
            .before("{\"id\":1,\"note\":\"old\"}")
            .at(ORDERS, 3, 42)
            .record());

    Row row = lake.bronze("orders").read().head();
    assertThat(row.<String>getAs("op")).isEqualTo("u");
    assertThat(row.<String>getAs("key")).isEqualTo("{\"id\":1}");
    assertThat(row.<String>getAs("before")).isEqualTo("{\"id\":1,\"note\":\"old\"}");
    assertThat(row.<String>getAs("after")).isEqualTo("{\"id\":1,\"note\":\"one\"}");
    assertThat(row.<String>getAs("position"))
        .isEqualTo("0000.0000000000000064.1." + ORDERS + ".000003.0000000000000000042");
    assertThat(row.<Instant>getAs("source_time"))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(row.<String>getAs("source")).contains("\"connector\":\"postgresql\"");
    assertThat(row.<String>getAs("transaction")).isEqualTo("771");
    assertThat(row.<String>getAs("topic")).isEqualTo(ORDERS);
    assertThat(row.<Integer>getAs("partition")).isEqualTo(3);
    assertThat(row.<Long>getAs("offset")).isEqualTo(42);
    assertThat(row.<Instant>getAs("record_time")).isEqualTo(KafkaRows.RECORD_TIME);
    assertThat(row.<Instant>getAs("landed_at")).isEqualTo(new ManualClock().instant());
    assertThat(row.<LocalDate>getAs("landed_date")).isEqualTo(LocalDate.of(2026, 3, 1));
    Row schema = lake.schemas().read().head();
    assertThat(row.<String>getAs("schema_fingerprint")).isEqualTo(schema.getAs("fingerprint"));
    assertThat(schema.<String>getAs("table")).isEqualTo("orders");
    assertThat(EventSchema.parse(schema.getAs("schema")).row().names())
        .containsExactly("id", "note");
    assertThat(lake.bronze("orders").properties())
        .containsEntry("tidemark.source-table", "shop.public.orders")
        .containsEntry("tidemark.pipeline", "shop");
  }

  @Test
  void aDeadLetterIsKeptByteForByte() {
    byte[] value = {(byte) 0xFF, 0, '{', (byte) 0x80};
    RawRecord bytes = new RawRecord(new byte[] {0, 1}, value, new Origin(ORDERS, 2, 5));
    land(writer(), bytes, DebeziumEvent.of("x", "orders").key(null).at(ORDERS, 2, 6).record());

    List<Row> letters = lake.deadLetters().read().orderBy("offset").collectAsList();
    assertThat(letters).hasSize(2);
    Row letter = letters.get(0);
    assertThat(letter.<byte[]>getAs("key")).containsExactly(0, 1);
    assertThat(letter.<byte[]>getAs("value")).isEqualTo(value);
    assertThat(letter.<Row>getList(letter.fieldIndex("headers")))
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.getString(0)).isEqualTo("h");
              assertThat(header.<byte[]>getAs(1)).containsExactly(1);
            });
    assertThat(letter.<String>getAs("id")).isEqualTo(ORDERS + "/2/5");
    assertThat(letter.<String>getAs("pipeline")).isEqualTo("shop");
    assertThat(letter.<String>getAs("table")).isNull();
    assertThat(letter.<String>getAs("reason")).isEqualTo("BAD_JSON");
    assertThat(letter.<String>getAs("message")).startsWith("value: Cannot decode the value");
    assertThat(letter.<Instant>getAs("record_time")).isEqualTo(KafkaRows.RECORD_TIME);
    assertThat(letter.<Instant>getAs("first_seen")).isEqualTo(new ManualClock().instant());
    assertThat(letters.get(1).<byte[]>getAs("key")).isNull();
    assertThat(letters.get(1).<String>getAs("reason")).isEqualTo("UNKNOWN_OPERATION");
  }

  @Test
  void aBatchThatComesAgainLandsNothing() {
    RawRecord[] batch = {order(1, 0), order(2, 1), user(1, 0), broken(ORDERS, 0, 2)};
    land(writer(), batch);
    long version = lake.bronze("orders").version();

    BatchResult again = land(writer(), batch);

    assertCounts(again, Map.of(Count.READ, 4L, Count.REPLAYED, 4L));
    assertThat(offsets("orders")).containsExactly(0L, 1L);
    assertThat(lake.deadLetters().read().count()).isEqualTo(1);
    assertThat(lake.bronze("orders").version()).as("no empty commit").isEqualTo(version);
    assertThat(lake.schemas().read().count()).isEqualTo(2);
  }

  /** A crash between two tables of a batch; the next one is cut elsewhere. */
  @Test
  void aBatchThatOverlapsLandsOnlyWhatIsMissing() {
    BronzeWriter writer = writer();
    land(writer, order(1, 0), order(2, 1));

    BatchResult result =
        land(writer, order(1, 0), order(2, 1), order(3, 2), user(1, 0), broken(ORDERS, 0, 3));

    assertCounts(
        result,
        Map.of(Count.READ, 5L, Count.REPLAYED, 2L, Count.LANDED, 2L, Count.DEAD_LETTERED, 1L));
    assertThat(offsets("orders")).containsExactly(0L, 1L, 2L);
  }

  /** Rule 1, for bronze: any split into batches, any crash, any replay. Prints its seed. */
  @Test
  void anySplitAndAnyReplayLandsEachRecordOnce() {
    long seed = 20260301;
    Random random = new Random(seed);
    List<RawRecord> history = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int partition = i % 2;
      String table = random.nextBoolean() ? "orders" : "users";
      DebeziumEvent event = DebeziumEvent.create(table).row(i, "n").at("all", partition, i / 2);
      history.add(
          random.nextInt(10) == 0 ? broken("all", partition, i / 2) : event.record());
    }
    int done = 0;
    while (done < history.size()) {
      int from = random.nextInt(done + 1);
      int to = Math.min(history.size(), done + 1 + random.nextInt(30));
      BatchResult result = writer().land(KafkaRows.of(spark, history.subList(from, to)));
      assertThat(result.counts().unaccounted()).as("seed %d", seed).isZero();
      assertThat(result.counts().of(Count.REPLAYED)).as("seed %d", seed).isEqualTo(done - from);
      done = to;
    }
    assertThat(landedOrigins())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            history.stream().map(record -> record.origin().toString()).toList());
  }

  private List<String> landedOrigins() {
    List<String> origins = new ArrayList<>();
    for (var table : List.of(lake.bronze("orders"), lake.bronze("users"), lake.deadLetters())) {
      table.read().selectExpr("concat_ws('/', topic, partition, offset)").collectAsList()
          .forEach(row -> origins.add(row.getString(0)));
    }
    return origins;
  }

  @Test
  void twoSourceTablesOfOneNameLandNothingOfTheirBatch() {
    RawRecord other =
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("o", 0, 0).record();

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class, () -> land(writer(), order(1, 0), other, user(1, 0)));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot land table 'orders': it would get the rows of several source tables:"
                + " shop.old.orders, shop.public.orders");
    assertThat(error.remedy()).contains("tables: {other_name: {source: schema.table}}");
    assertThat(lake.bronzeTables()).isEmpty();
    assertThat(lake.schemas().read().count()).isZero();
  }

  @Test
  void aSourceTableThatComesLaterUnderTheSameNameIsRefusedToo() {
    land(writer(), order(1, 0));
    RawRecord other =
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("o", 0, 0).record();

    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> land(writer(), other));

    assertThat(error).hasMessageContaining("shop.old.orders, shop.public.orders");
    assertThat(offsets("orders")).containsExactly(0L);
  }

  @Test
  void anotherPipelinesTableIsRefused() {
    land(writer(), order(1, 0));

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class, () -> land(writer("billing"), order(2, 0), user(1, 0)));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage(
            "Cannot write "
                + lake.bronze("orders").path()
                + ": it belongs to pipeline 'shop', this is 'billing'");
    assertThat(offsets("orders")).containsExactly(0L);
    assertThat(lake.bronzeTables()).containsExactly("orders");
  }

  @Test
  void pipelinesShareTheDeadLetterTable() {
    land(writer(), broken(ORDERS, 0, 7));

    BatchResult result = land(writer("billing"), broken(ORDERS, 0, 7));

    assertThat(result.counts().of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(lake.deadLetters().read().count()).isEqualTo(2);
  }

  @Test
  void theSchemaOfEachChangeIsStoredOnce() {
    DebeziumEvent wider =
        DebeziumEvent.create("orders")
            .columns(
                DebeziumEvent.column("id", "int32"),
                DebeziumEvent.optional("x", "string"),
                DebeziumEvent.optional("note", "string"));
    BronzeWriter writer = writer();

    land(writer, order(1, 0), order(2, 1), wider.at(ORDERS, 0, 2).record());
    land(writer, order(3, 3), wider.at(ORDERS, 0, 4).record());
    land(writer(), order(4, 5));

    assertThat(lake.schemas().read().count()).isEqualTo(2);
    assertThat(
            lake.bronze("orders")
                .read()
                .join(
                    lake.schemas().read().withColumnRenamed("fingerprint", "schema_fingerprint"),
                    "schema_fingerprint")
                .count())
        .isEqualTo(6);
  }

  @Test
  void anEmptyBatchLandsNothing() {
    BatchResult result = land(writer());

    assertCounts(result, Map.of());
    assertThat(result.ends()).isEmpty();
    assertThat(lake.bronzeTables()).isEmpty();
  }
}
