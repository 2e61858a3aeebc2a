package io.tidemark.ingest.bronze;

import static io.tidemark.ingest.bronze.BatchLake.ORDERS;
import static io.tidemark.ingest.bronze.BatchLake.broken;
import static io.tidemark.ingest.bronze.BatchLake.order;
import static io.tidemark.ingest.bronze.BatchLake.user;
import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.KafkaRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules 1 and 12: batches that come again, in any cut. */
@ExtendWith(SharedSpark.class)
class BronzeReplayTest {
  @TempDir private Path folder;
  private BatchLake bronze;

  @BeforeEach
  void openLake(SparkSession spark) {
    bronze = new BatchLake(spark, folder);
  }

  @Test
  void aBatchThatComesAgainLandsNothing() {
    RawRecord[] batch = {order(1, 0), order(2, 1), user(1, 0), broken(ORDERS, 0, 2)};
    bronze.land(batch);
    long version = bronze.lake().bronze("orders").version();

    BatchResult again = bronze.land(batch);

    assertCounts(again.counts(), Map.of(Count.READ, 4L, Count.REPLAYED, 4L));
    assertThat(bronze.offsets("orders")).containsExactly(0L, 1L);
    assertThat(bronze.lake().deadLetters().read().count()).isEqualTo(1);
    assertThat(bronze.lake().bronze("orders").version()).as("no empty commit").isEqualTo(version);
    assertThat(bronze.lake().schemas().read().count()).isEqualTo(2);
  }

  /** A crash between two tables of a batch; the next one is cut elsewhere. */
  @Test
  void aBatchThatOverlapsLandsOnlyWhatIsMissing() {
    BronzeWriter writer = bronze.writer("shop");
    bronze.land(writer, order(1, 0), order(2, 1));

    BatchResult result =
        bronze.land(
            writer, order(1, 0), order(2, 1), order(3, 2), user(1, 0), broken(ORDERS, 0, 3));

    assertCounts(
        result.counts(),
        Map.of(Count.READ, 5L, Count.REPLAYED, 2L, Count.LANDED, 2L, Count.DEAD_LETTERED, 1L));
    assertThat(bronze.offsets("orders")).containsExactly(0L, 1L, 2L);
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
      history.add(random.nextInt(10) == 0 ? broken("all", partition, i / 2) : event.record());
    }
    int done = 0;
    while (done < history.size()) {
      int from = random.nextInt(done + 1);
      int to = Math.min(history.size(), done + 1 + random.nextInt(30));
      BatchResult result =
          bronze.writer("shop").land(KafkaRows.of(bronze.spark(), history.subList(from, to)));
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
    for (var table :
        List.of(
            bronze.lake().bronze("orders"),
            bronze.lake().bronze("users"),
            bronze.lake().deadLetters())) {
      table
          .read()
          .selectExpr("concat_ws('/', topic, partition, offset)")
          .collectAsList()
          .forEach(row -> origins.add(row.getString(0)));
    }
    return origins;
  }
}
