package io.tidemark.ingest;

import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static io.tidemark.ingest.fixture.Accounts.assertRowsInAreRowsAccountedFor;
import static io.tidemark.ingest.fixture.DebeziumEvent.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.FailingTable;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a real Kafka's topics to bronze, in runs that end: rules 9, 12 and 13. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class IngestJobTest {
  @TempDir private Path folder;
  private SandboxAddresses sandbox;
  private SparkSession spark;
  private Topics topics;

  @BeforeEach
  void connect(SandboxAddresses addresses, SparkSession shared) {
    sandbox = addresses;
    spark = shared;
    topics = new Topics(sandbox);
  }

  @AfterEach
  void disconnect() {
    topics.close();
  }

  private TestPipeline pipeline(String pattern, String... more) {
    return new TestPipeline(spark, folder, sandbox.bootstrapServers(), pattern, more);
  }

  private void sendOrders(String topic, int from, int to) {
    for (int id = from; id <= to; id++) {
      topics.send(DebeziumEvent.create("orders").row(id, "n").lsn(id).at(topic, 0, 0));
    }
  }

  @Test
  void everyRunGoesOnWhereTheLastEnded() {
    topics.create("goes-on.public.orders", 1);
    sendOrders("goes-on.public.orders", 1, 9);
    TestPipeline pipeline = pipeline("goes-on.*", "  max-offsets-per-trigger: 4");

    assertCounts(pipeline.once().counts(), Map.of(Count.READ, 9L, Count.LANDED, 9L));
    assertThat(pipeline.steps()).as("batches are bounded").hasSize(3);
    assertThat(pipeline.recorded("goes-on.public.orders"))
        .isEqualTo(topics.end("goes-on.public.orders"))
        .isEqualTo(pipeline.lake().bronze("orders").token("ingest/shop/goes-on.public.orders/0"));

    assertCounts(pipeline.once().counts(), Map.of());
    assertThat(pipeline.runs()).as("a run without records leaves none").hasSize(3);

    sendOrders("goes-on.public.orders", 10, 10);
    assertCounts(pipeline.once().counts(), Map.of(Count.READ, 1L, Count.LANDED, 1L));
    assertThat(pipeline.operations("orders")).isEqualTo("c".repeat(10));
    assertRowsInAreRowsAccountedFor(pipeline.runs());
    assertThat(folder.resolve("lake/_tidemark/checkpoints/ingest")).isEmptyDirectory();
  }

  @Test
  void badRecordsBetweenGoodOnesAreLettersAndTheRestGoesOn() {
    String topic = "bad.public.orders";
    topics.create(topic, 1);
    DebeziumEvent good = DebeziumEvent.create("orders").at(topic, 0, 0);
    topics.send(good);
    topics.send(topic, bytes("{\"id\":2}"), bytes("{\"op\": \"c\""), Map.of("h", bytes("x")));
    topics.send(DebeziumEvent.create("orders").key(null).at(topic, 0, 0));
    topics.send(DebeziumEvent.of("z", "orders").row(3, "n").at(topic, 0, 0));
    topics.send(
        DebeziumEvent.create("orders").after("{\"id\":2147483648,\"note\":null}").at(topic, 0, 0));
    topics.send(topic, bytes("{\"id\":1}"), null, Map.of());
    topics.send(DebeziumEvent.update("orders").row(4, "n").at(topic, 0, 0));
    TestPipeline pipeline = pipeline("bad.*");

    IngestOutcome outcome = pipeline.once();

    assertCounts(
        outcome.counts(),
        Map.of(Count.READ, 7L, Count.LANDED, 2L, Count.DEAD_LETTERED, 4L, Count.IGNORED, 1L));
    assertThat(pipeline.operations("orders")).isEqualTo("cu");
    List<Row> letters = pipeline.lake().deadLetters().read().orderBy("offset").collectAsList();
    assertThat(letters)
        .extracting(
            row -> row.<Long>getAs("offset") + " " + row.getAs("reason") + " " + row.getAs("table"))
        .containsExactly(
            "1 BAD_JSON null",
            "2 MISSING_KEY orders",
            "3 UNKNOWN_OPERATION null",
            "4 BAD_VALUE orders");
    Row broken = letters.get(0);
    assertThat(broken.<byte[]>getAs("key")).isEqualTo(bytes("{\"id\":2}"));
    assertThat(broken.<byte[]>getAs("value")).isEqualTo(bytes("{\"op\": \"c\""));
    assertThat(broken.<Row>getList(broken.fieldIndex("headers")))
        .extracting(header -> header.getString(0))
        .containsExactly("h");
    assertThat(letters.get(1).<byte[]>getAs("key")).isNull();
    assertThat(letters.get(3).<String>getAs("message")).contains("'id'", "2147483648");
    assertThat(pipeline.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.<Long>getAs("rows_dead_lettered")).isEqualTo(4));
    assertRowsInAreRowsAccountedFor(pipeline.runs());
    assertThat(pipeline.recorded(topic)).isEqualTo(topics.end(topic));
  }

  /** Rule 12: killed after bronze and before the record; then all checkpoints are deleted. */
  @Test
  void whatLandedWithoutARecordIsReplayedAndNotDoubled() {
    String topic = "replay.public.orders";
    topics.create(topic, 1);
    sendOrders(topic, 1, 3);
    topics.send(topic, null, bytes("broken"), Map.of());
    TestPipeline pipeline = pipeline("replay.*");
    landWithoutRecord(pipeline, topic);
    assertThat(pipeline.operations("orders")).isEqualTo("ccc");
    sendOrders(topic, 4, 4);

    IngestOutcome outcome = pipeline.once();

    assertCounts(outcome.counts(), Map.of(Count.READ, 5L, Count.REPLAYED, 4L, Count.LANDED, 1L));
    assertThat(pipeline.operations("orders")).isEqualTo("cccc");
    assertThat(pipeline.lake().deadLetters().read().count()).isEqualTo(1);
    assertRowsInAreRowsAccountedFor(pipeline.runs());
    assertCounts(pipeline.once().counts(), Map.of());
  }

  private void landWithoutRecord(TestPipeline pipeline, String topic) {
    Dataset<Row> batch =
        spark
            .read()
            .format("kafka")
            .option("kafka.bootstrap.servers", sandbox.bootstrapServers())
            .option("subscribe", topic)
            .option("includeHeaders", "true")
            .load();
    new BronzeWriter(
            "shop",
            pipeline.lake(),
            SourceSettings.decoding(pipeline.spec()),
            MaskSettings.NONE,
            1,
            Clock.systemUTC())
        .land(batch);
  }

  @Test
  void aRecordThatCannotBeWrittenFailsTheRunAndTheNextOneHeals() throws Exception {
    String topic = "unrecorded.public.orders";
    topics.create(topic, 1);
    sendOrders(topic, 1, 3);
    TestPipeline pipeline = pipeline("unrecorded.*");
    IngestJob failing = pipeline.job(new StopSignal(), new FailingTable(pipeline.lake().runs()));

    assertThatThrownBy(() -> failing.run(IngestJob.Mode.ONCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The stream from Kafka failed")
        .hasStackTraceContaining(FailingTable.MESSAGE);
    pipeline.lake().files().delete(pipeline.lake().checkpoints(), true);

    assertCounts(pipeline.once().counts(), Map.of(Count.READ, 3L, Count.REPLAYED, 3L));
    assertThat(pipeline.operations("orders")).isEqualTo("ccc");
  }

  @Test
  void expiredOffsetsBlockTheirTopicAndOthersLand() {
    topics.create("expired.public.orders", 1);
    topics.create("expired.public.users", 1);
    sendOrders("expired.public.orders", 1, 2);
    TestPipeline pipeline = pipeline("expired.*");
    pipeline.once();
    sendOrders("expired.public.orders", 3, 6);
    topics.send(DebeziumEvent.create("users").at("expired.public.users", 0, 0));
    topics.expire("expired.public.orders", 4);

    IngestOutcome outcome = pipeline.once();

    assertThat(outcome.blocked()).containsOnlyKeys("expired.public.orders");
    TidemarkException error = outcome.blocked().get("expired.public.orders");
    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage(
            "Cannot continue expired.public.orders/0 of pipeline 'shop': offsets 2 to 3 expired"
                + " before they were landed");
    assertCounts(outcome.counts(), Map.of(Count.READ, 1L, Count.LANDED, 1L));
    assertThat(pipeline.operations("orders")).as("nothing of it is applied").isEqualTo("cc");
    assertThat(pipeline.operations("users")).isEqualTo("c");
    assertThat(pipeline.recorded("expired.public.orders")).isEqualTo(2);
  }

  @Test
  void twoSourceTablesOfOneNameLandNothing() {
    topics.create("twice.public.orders", 1);
    topics.create("twice.old.orders", 1);
    sendOrders("twice.public.orders", 1, 1);
    topics.send(
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("twice.old.orders", 0, 0));
    TestPipeline pipeline = pipeline("twice.*");

    TidemarkException error = catchThrowableOfType(TidemarkException.class, pipeline::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error).hasMessageContaining("shop/shop.old.orders, shop/shop.public.orders");
    assertThat(pipeline.lake().bronzeTables()).isEmpty();
    assertThat(pipeline.runs()).isEmpty();
  }

  /** The remedy of the error above. */
  @Test
  void oneOfThemUnderAnotherNameLandsBoth() {
    topics.create("renamed.public.orders", 1);
    topics.create("renamed.old.orders", 1);
    sendOrders("renamed.public.orders", 1, 1);
    topics.send(
        DebeziumEvent.create("orders").source("schema", "\"old\"").at("renamed.old.orders", 0, 0));
    TestPipeline pipeline = pipeline("renamed.*", "tables:", "  old_orders: {source: old.orders}");

    pipeline.once();

    assertThat(pipeline.lake().bronzeTables()).containsExactly("old_orders", "orders");
  }

  @Test
  void anotherClustersLakeIsRefused() {
    TestPipeline pipeline = pipeline("foreign.*");
    LakeOwner.claim(pipeline.lake(), "shop", "Kafka cluster another");

    TidemarkException error = catchThrowableOfType(TidemarkException.class, pipeline::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessageContaining("its pipeline 'shop' was fed from Kafka cluster another");
  }

  @Test
  void aPatternThatNoTopicMatchesLandsNothing() {
    assertCounts(pipeline("nobody-writes-this.*").once().counts(), Map.of());
  }
}
