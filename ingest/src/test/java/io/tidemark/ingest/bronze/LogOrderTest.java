package io.tidemark.ingest.bronze;

import static io.tidemark.ingest.bronze.BatchLake.ORDERS;
import static io.tidemark.ingest.bronze.BatchLake.user;
import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.Epochs;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules 2 and 13: logs that run backwards, epochs, and GTIDs across changes of primary. */
@ExtendWith(SharedSpark.class)
class LogOrderTest {
  private static final String TOKEN = "ingest/shop/" + ORDERS + "/0";
  private static final String A = "24bc7850-2c16-11e6-a073-0242ac110002";
  private static final String B = "94bc7850-2c16-11e6-a073-0242ac110009";

  @TempDir private Path folder;
  private BatchLake bronze;

  @BeforeEach
  void openLake(SparkSession spark) {
    bronze = new BatchLake(spark, folder);
  }

  /** A change that was logged right before its commit. */
  private static RawRecord order(int id, long commit, long offset) {
    return postgres(DebeziumEvent.create("orders"), id, commit, offset);
  }

  private static RawRecord postgres(DebeziumEvent event, int id, long commit, long offset) {
    return event
        .row(id, "n")
        .lsn(commit + 1)
        .source("sequence", "\"[\\\"%d\\\",\\\"%d\\\"]\"".formatted(commit, commit + 1))
        .at(ORDERS, 0, offset)
        .record();
  }

  private static RawRecord binlog(
      String connector, int id, String gtid, String file, long pos, long offset) {
    return DebeziumEvent.update("orders")
        .row(id, "n")
        .source("connector", "\"" + connector + "\"")
        .source("gtid", gtid == null ? "null" : "\"" + gtid + "\"")
        .source("file", "\"" + file + "\"")
        .source("pos", Long.toString(pos))
        .source("row", "0")
        .at(ORDERS, 0, offset)
        .record();
  }

  private List<String> positions() {
    return bronze
        .lake()
        .bronze("orders")
        .read()
        .orderBy("offset")
        .select("position")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void rule13ALogThatRunsBackwardsHoldsItsTableUntilAnEpochIsDeclared() {
    bronze.land(order(1, 100, 0), order(2, 110, 1), user(1, 0));
    BronzeWriter running = bronze.writer("shop");

    BatchResult held =
        bronze.land(running, order(3, 120, 2), order(1, 50, 3), order(2, 60, 4), user(2, 1));

    assertCounts(held.counts(), Map.of(Count.READ, 4L, Count.LANDED, 2L, Count.HELD, 2L));
    assertThat(held.ends().get(TOKEN)).as("read again from there").isEqualTo(3);
    assertThat(held.held()).containsOnlyKeys("orders");
    TidemarkException error = held.held().get("orders");
    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessageStartingWith(
            "Cannot land table 'orders' of pipeline 'shop' from offset 3 of " + ORDERS + "/0 on")
        .hasMessageContaining("from commit order 120 to 0000.0000000000000033.1.");
    assertThat(error.remedy()).contains("tidemark epoch advance --pipeline FILE --table orders");
    assertCounts(
        bronze.land(running, order(4, 500, 5), user(3, 2)).counts(),
        Map.of(Count.READ, 2L, Count.LANDED, 1L, Count.HELD, 1L));
    assertCounts(
        bronze.land(order(1, 50, 3), order(2, 60, 4)).counts(),
        Map.of(Count.READ, 2L, Count.HELD, 2L));
    assertThat(bronze.offsets("orders")).containsExactly(0L, 1L, 2L);

    new Epochs("shop", bronze.lake()).advance("orders", "me", "restored", Instant.EPOCH);
    TidemarkException stale =
        catchThrowableOfType(TidemarkException.class, () -> bronze.land(running, order(1, 50, 3)));
    assertThat(stale.exitCode()).as("a running ingest reads again").isEqualTo(ExitCode.UNAVAILABLE);
    running.begin();
    BatchResult after =
        bronze.land(running, order(3, 120, 2), order(1, 50, 3), order(2, 60, 4), order(4, 500, 5));

    assertCounts(after.counts(), Map.of(Count.READ, 4L, Count.LANDED, 3L, Count.REPLAYED, 1L));
    assertThat(after.held()).isEmpty();
    assertThat(bronze.offsets("orders")).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(positions()).as("later events beat all earlier ones").isSorted();
    assertThat(positions().get(3)).startsWith("0001.0000000000000033.1.");
    assertThat(new Epochs("shop", bronze.lake()).declared())
        .singleElement()
        .satisfies(
            epoch -> {
              assertThat(epoch.epoch()).isEqualTo(1);
              assertThat(epoch.topic() + "/" + epoch.partition()).isEqualTo(ORDERS + "/0");
              assertThat(epoch.firstOffset()).isEqualTo(3);
              assertThat(epoch.by() + " " + epoch.reason()).isEqualTo("me restored");
            });
  }

  @Test
  void rule13ChangesThatAreSentAgainLandAndSoDoSnapshots() {
    BronzeWriter writer = bronze.writer("shop");
    bronze.land(writer, order(1, 100, 0), order(2, 110, 1), order(3, 120, 2));

    BatchResult again = bronze.land(writer, order(2, 110, 3), order(3, 120, 4), order(4, 130, 5));
    BatchResult within =
        bronze.land(writer, order(5, 140, 6), order(6, 150, 7), order(5, 140, 8), order(6, 150, 9));
    BatchResult snapshot =
        bronze.land(writer, postgres(DebeziumEvent.read("orders"), 7, 90, 10), order(8, 160, 11));
    BatchResult mixed = bronze.land(writer, order(6, 150, 12), order(9, 145, 13));

    for (BatchResult landed : List.of(again, within, snapshot)) {
      assertThat(landed.held()).isEmpty();
      assertThat(landed.counts().of(Count.LANDED)).isEqualTo(landed.counts().of(Count.READ));
    }
    assertThat(mixed.held()).as("one of them nobody has seen").containsOnlyKeys("orders");
    assertThat(mixed.ends().get(TOKEN)).isEqualTo(13);
  }

  private BatchResult landFile(BronzeWriter writer, long number, RawRecord... records) {
    return writer.landPlanned(KafkaRows.of(bronze.spark(), List.of(records)), number);
  }

  /** Files land as a whole or not at all; the epoch begins where the log broke, all the same. */
  @Test
  void rule13AFileInWhichTheLogRunsBackwardsIsHeldWhole() {
    BronzeWriter writer = bronze.writer("shop");
    landFile(writer, 1, order(1, 100, 10), order(2, 110, 11));
    BatchResult earlier = landFile(writer, 2, order(2, 70, 7), order(1, 60, 6));
    RawRecord[] broken = {order(1, 120, 12), order(1, 50, 13), order(1, 60, 14)};

    BatchResult held = landFile(writer, 3, broken);

    assertThat(earlier.held()).as("an older file, in any order").isEmpty();
    assertCounts(held.counts(), Map.of(Count.READ, 3L, Count.HELD, 3L));
    assertThat(held.ends()).isEqualTo(Map.of("ingest/shop/files", 2L));
    assertThat(landFile(writer, 4, order(1, 70, 15)).ends())
        .as("later files wait too")
        .isEqualTo(Map.of("ingest/shop/files", 2L));
    new Epochs("shop", bronze.lake()).advance("orders", "me", "restored", Instant.EPOCH);
    writer.begin();
    assertThat(landFile(writer, 3, broken).held()).isEmpty();
    assertThat(landFile(writer, 4, order(1, 70, 15)).ends())
        .isEqualTo(Map.of("ingest/shop/files", 4L));
    assertThat(bronze.offsets("orders")).containsExactly(6L, 7L, 10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(positions()).isSorted();
    assertThat(positions().get(4)).as("before the break").startsWith("0000.");
    assertThat(positions().get(5)).startsWith("0001.");
  }

  /** Without GTID a new primary's binary log is one that runs backwards. */
  @Test
  void rule13BinlogsWithoutGtidThatBeginAnewAreHeld() {
    BatchResult result =
        bronze.land(
            binlog("mysql", 1, null, "bin.000007", 400, 0),
            binlog("mysql", 1, null, "bin.000001", 500, 1));

    assertThat(result.held()).containsOnlyKeys("orders");
    assertThat(bronze.offsets("orders")).containsExactly(0L);
  }

  @Test
  void rule2GtidsOrderMySqlAcrossFailoverAndFailback() {
    bronze.land(
        binlog("mysql", 1, A + ":1", "a.000007", 400, 0),
        binlog("mysql", 1, A + ":2", "a.000007", 500, 1));
    bronze.land(
        binlog("mysql", 1, A + ":3", "a.000007", 600, 2),
        binlog("mysql", 1, B + ":1", "b.000001", 200, 3));
    BatchResult back =
        bronze.land(
            binlog("mysql", 1, B + ":2", "b.000001", 300, 4),
            binlog("mysql", 1, A + ":4", "a.000008", 4, 5));
    List<String> once = positions();
    BatchResult again =
        bronze.land(
            binlog("mysql", 1, A + ":3", "a.000009", 9, 6),
            binlog("mysql", 1, B + ":2", "a.000009", 99, 7),
            binlog("mysql", 1, A + ":4", "a.000009", 999, 8),
            binlog("mysql", 1, A + ":5", "a.000009", 9999, 9));

    assertThat(back.held()).isEmpty();
    assertThat(once)
        .as("each beats the one before it")
        .hasSize(6)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(again.held()).isEmpty();
    assertThat(positions().get(6)).as("sent again, it beats none").isLessThan(once.get(3));
    assertThat(positions().get(9)).isGreaterThan(once.get(5));
    assertThat(
            bronze
                .lake()
                .timelines()
                .read()
                .orderBy("ordinal")
                .selectExpr("concat_ws(' ', source, from_transaction)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(A + " 0", B + " 0", A + " 4");
  }

  @Test
  void rule2GtidsOrderMariaDbAcrossFailoverByTheirDomain() {
    bronze.land(
        binlog("mariadb", 1, "0-1-7", "a.000007", 400, 0),
        binlog("mariadb", 1, "0-1-8", "a.000007", 500, 1));
    BatchResult over =
        bronze.land(
            binlog("mariadb", 1, "0-2-9", "b.000001", 4, 2),
            binlog("mariadb", 1, "0-1-10", "a.000001", 2, 3),
            binlog("mariadb", 1, "0-1-8", "b.000001", 8, 4));

    assertThat(over.held()).isEmpty();
    assertThat(positions().subList(0, 4)).isSorted();
    assertThat(positions().get(4)).isLessThan(positions().get(2));
    assertThat(bronze.lake().timelines().read().count()).isEqualTo(1);
  }
}
