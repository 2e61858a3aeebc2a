package io.tidemark.ingest.bronze;

import static io.tidemark.ingest.bronze.BatchLake.ORDERS;
import static io.tidemark.ingest.bronze.BatchLake.USERS;
import static io.tidemark.ingest.bronze.BatchLake.broken;
import static io.tidemark.ingest.bronze.BatchLake.order;
import static io.tidemark.ingest.bronze.BatchLake.user;
import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static io.tidemark.ingest.fixture.DebeziumEvent.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.event.Origin;
import io.tidemark.core.run.ManualClock;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a batch holds lands where it belongs, whole. Rule 9. */
@ExtendWith(SharedSpark.class)
class BronzeWriterTest {
  @TempDir private Path folder;
  private BatchLake bronze;

  @BeforeEach
  void openLake(SparkSession spark) {
    bronze = new BatchLake(spark, folder);
  }

  @Test
  void everythingInABatchHasItsPlace() {
    RawRecord tombstone = new RawRecord(bytes("{\"id\":1}"), null, new Origin(ORDERS, 0, 12));
    RawRecord heartbeat =
        new RawRecord(null, bytes("{\"ts_ms\":1}"), new Origin("__debezium-heartbeat.shop", 0, 3));

    BatchResult result =
        bronze.land(
            order(1, 10),
            DebeziumEvent.delete("orders").lsn(99).at(ORDERS, 0, 11).record(),
            tombstone,
            broken(ORDERS, 0, 13),
            user(5, 7),
            heartbeat);

    assertCounts(
        result.counts(),
        Map.of(Count.READ, 6L, Count.LANDED, 3L, Count.IGNORED, 2L, Count.DEAD_LETTERED, 1L));
    assertThat(result.tables()).containsExactly("orders", "users");
    assertThat(result.ignored()).isEqualTo(Map.of("HEARTBEAT", 1L, "TOMBSTONE", 1L));
    assertThat(result.ends())
        .isEqualTo(
            Map.of(
                "ingest/shop/" + ORDERS + "/0",
                14L,
                "ingest/shop/" + USERS + "/1",
                8L,
                "ingest/shop/__debezium-heartbeat.shop/0",
                4L));
    assertThat(result.newest()).contains(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(bronze.lake().bronze("orders").tokens("ingest/"))
        .as("the table's own last change")
        .isEqualTo(Map.of("ingest/shop/" + ORDERS + "/0", 12L));
    assertThat(bronze.lake().deadLetters().tokens(""))
        .isEqualTo(Map.of("ingest/shop/" + ORDERS + "/0", 14L));
  }

  @Test
  void aChangeIsKeptWhole() {
    bronze.land(
        DebeziumEvent.update("orders")
            .before("{\"id\":1,\"note\":\"old\"}")
            .at(ORDERS, 3, 42)
            .record());

    Row row = bronze.lake().bronze("orders").read().head();
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
    Row schema = bronze.lake().schemas().read().head();
    assertThat(row.<String>getAs("schema_fingerprint")).isEqualTo(schema.getAs("fingerprint"));
    assertThat(schema.<String>getAs("table")).isEqualTo("orders");
    assertThat(EventSchema.parse(schema.getAs("schema")).row().names())
        .containsExactly("id", "note");
    assertThat(bronze.lake().bronze("orders").properties())
        .containsEntry("tidemark.source-table", "shop/shop.public.orders")
        .containsEntry("tidemark.pipeline", "shop");
  }

  @Test
  void aDeadLetterIsKeptByteForByte() {
    byte[] value = {(byte) 0xFF, 0, '{', (byte) 0x80};
    RawRecord bytes = new RawRecord(new byte[] {0, 1}, value, new Origin(ORDERS, 2, 5));
    bronze.land(bytes, DebeziumEvent.of("x", "orders").key(null).at(ORDERS, 2, 6).record());

    List<Row> letters = bronze.lake().deadLetters().read().orderBy("offset").collectAsList();
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
  void theSchemaOfEachChangeIsStoredOnce() {
    DebeziumEvent wider =
        DebeziumEvent.create("orders")
            .columns(
                DebeziumEvent.column("id", "int32"),
                DebeziumEvent.optional("x", "string"),
                DebeziumEvent.optional("note", "string"));
    BronzeWriter writer = bronze.writer("shop");

    bronze.land(writer, order(1, 0), order(2, 1), wider.at(ORDERS, 0, 2).record());
    bronze.land(writer, order(3, 3), wider.at(ORDERS, 0, 4).record());
    bronze.land(order(4, 5));

    assertThat(bronze.lake().schemas().read().count()).isEqualTo(2);
    assertThat(
            bronze
                .lake()
                .bronze("orders")
                .read()
                .join(
                    bronze
                        .lake()
                        .schemas()
                        .read()
                        .withColumnRenamed("fingerprint", "schema_fingerprint"),
                    "schema_fingerprint")
                .count())
        .isEqualTo(6);
  }

  @Test
  void anEmptyBatchLandsNothing() {
    BatchResult result = bronze.land();

    assertCounts(result.counts(), Map.of());
    assertThat(result.ends()).isEmpty();
    assertThat(bronze.lake().bronzeTables()).isEmpty();
  }
}
