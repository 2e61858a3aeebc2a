package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.files.FileLedger;
import io.tidemark.ingest.files.FileSource;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.EventFolder;
import io.tidemark.ingest.fixture.FailingTable;
import io.tidemark.ingest.fixture.TestPipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files to bronze, once each, whatever order they and their offsets come in. */
@ExtendWith(SharedSpark.class)
class FilesIngestTest {
  @TempDir private Path folder;
  private EventFolder events;
  private TestPipeline pipeline;

  @BeforeEach
  void open(SparkSession spark) {
    events = new EventFolder(folder.resolve("events"));
    pipeline = TestPipeline.ofFiles(spark, folder, events.path().toString());
  }

  private static String order(int id, long offset) {
    return EventFolder.line(
        DebeziumEvent.create("orders").row(id, "n").lsn(id).at("shop.public.orders", 0, offset));
  }

  private static String user(int id, long offset) {
    return EventFolder.line(
        DebeziumEvent.create("users").row(id, "n").lsn(id).at("shop.public.users", 1, offset));
  }

  private List<Long> offsets(String table) {
    return pipeline.bronze(table).stream().map(row -> row.<Long>getAs("offset")).toList();
  }

  private List<String> deadLetters() {
    return pipeline.lake().deadLetters().read().orderBy("topic", "offset").collectAsList().stream()
        .map(
            row ->
                row.<String>getAs("reason")
                    + " "
                    + row.<String>getAs("topic").replaceAll(".*/", "")
                    + " "
                    + row.<Long>getAs("offset")
                    + " "
                    + new String(row.<byte[]>getAs("value"), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void rule9EveryLineIsARowADeadLetterOrCounted() {
    events.write(
        "02.ndjson", order(1, 5), "", order(2, 3), user(1, 0), "{\"topic\":\"x\"}", "junk");
    events.write("01.ndjson.gz", order(3, 9));
    events.text("03.ndjson", order(4, 4) + "\n" + order(5, 10));
    events.text("04.ndjson", order(6, 11) + "\n" + order(7, 12).substring(0, 40));
    byte[] packed = EventFolder.gzip((order(8, 13) + "\n" + order(9, 14)).getBytes());
    events.bytes("05.ndjson.gz", Arrays.copyOf(packed, packed.length - 9));
    DebeziumEvent ten = DebeziumEvent.create("orders").row(10, "n");
    events.write(
        "deep/er/06.ndjson",
        "{\"topic\":\"shop.public.orders\",\"partition\":0,\"offset\":15,\"keyBase64\":\""
            + Base64.getEncoder().encodeToString(ten.keyBytes())
            + "\",\"valueBase64\":\""
            + Base64.getEncoder().encodeToString(ten.value())
            + "\"}",
        "{\"topic\":\"shop.public.orders\",\"partition\":0,\"offset\":16,\"key\":{\"id\":10},\"value\":null}",
        "{\"topic\":\"t\",\"partition\":7,\"offset\":17,\"key\":\"k\",\"value\":\"hello\",\"headers\":{\"h\":\"v\"}}");
    for (String notYet : new String[] {"_06", ".06", "06.tmp", "06.inprogress", "_x/06"}) {
      events.write(notYet, "junk");
    }

    IngestOutcome outcome = pipeline.once();

    assertThat(offsets("orders")).contains(3L, 4L, 5L, 9L, 10L, 11L, 15L);
    assertThat(offsets("users")).containsExactly(0L);
    assertThat(deadLetters())
        .contains(
            "BAD_LINE 02.ndjson 5 {\"topic\":\"x\"}",
            "BAD_LINE 02.ndjson 6 junk",
            "TORN_LINE 04.ndjson 2 " + order(7, 12).substring(0, 40),
            "BAD_JSON t 17 hello")
        .anyMatch(letter -> letter.startsWith("DAMAGED_FILE 05.ndjson.gz "));
    assertThat(outcome.counts().unaccounted()).isZero();
    assertThat(outcome.counts().of(Count.IGNORED)).as("the tombstone").isEqualTo(1);
    assertThat(pipeline.steps()).hasSize(6);
    assertThat(taken())
        .containsExactly(
            "1 01.ndjson.gz",
            "2 02.ndjson",
            "3 03.ndjson",
            "4 04.ndjson",
            "5 05.ndjson.gz",
            "6 06.ndjson");
    aSecondRunTakesOnlyWhatIsNewWhateverItsNameAndOffsets();
  }

  private List<String> taken() {
    return pipeline.lake().takenFiles().read().orderBy("batch", "path").collectAsList().stream()
        .map(
            row -> row.<Long>getAs("batch") + " " + row.<String>getAs("path").replaceAll(".*/", ""))
        .toList();
  }

  private void aSecondRunTakesOnlyWhatIsNewWhateverItsNameAndOffsets() {
    assertThat(pipeline.once().counts().of(Count.READ)).isZero();
    int before = offsets("orders").size();
    events.write("00.ndjson", order(1, 5), order(1, 5));

    assertThat(pipeline.once().counts().of(Count.LANDED)).isEqualTo(2);

    assertThat(offsets("orders")).hasSize(before + 2);
    assertThat(offsets("orders").stream().filter(offset -> offset == 5)).hasSize(3);
  }

  @Test
  void rule12ABatchThatWasCutOffComesAgainFromItsPlanAndLandsOnce() throws Exception {
    events.write("1.ndjson", order(1, 1), user(1, 1), "junk");
    Path inTheWay = folder.resolve("lake/bronze/users");
    IngestJob.claim(pipeline.spec(), pipeline.lake());
    pipeline.lake().schemas();
    Files.createDirectories(inTheWay.getParent());
    Files.writeString(inTheWay, "no folder");

    assertThat(catchThrowableOfType(RuntimeException.class, pipeline::once)).isNotNull();

    assertThat(offsets("orders")).containsExactly(1L);
    assertThat(taken()).containsExactly("1 1.ndjson");
    Files.delete(inTheWay);
    events.write("0.ndjson", order(2, 0));
    IngestOutcome outcome = pipeline.once();
    assertThat(outcome.counts().of(Count.REPLAYED)).isEqualTo(1);
    assertThat(outcome.counts().of(Count.LANDED)).isEqualTo(2);
    assertThat(outcome.counts().of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(outcome.counts().unaccounted()).isZero();
    assertThat(offsets("orders")).containsExactly(0L, 1L);
    assertThat(offsets("users")).containsExactly(1L);
    assertThat(taken()).containsExactly("1 1.ndjson", "2 0.ndjson");
    aBatchThatWasNotRecordedIsReplayed();
  }

  private void aBatchThatWasNotRecordedIsReplayed() {
    events.write("2.ndjson", order(3, 2), user(3, 2), "junk");
    IngestJob failing = pipeline.job(new StopSignal(), new FailingTable(pipeline.lake().runs()));
    assertThat(catchThrowableOfType(RuntimeException.class, () -> failing.run(IngestJob.Mode.ONCE)))
        .hasMessageContaining(FailingTable.MESSAGE);

    IngestOutcome outcome = pipeline.once();

    assertThat(outcome.counts().of(Count.REPLAYED)).isEqualTo(3);
    assertThat(outcome.counts().of(Count.READ)).isEqualTo(3);
    assertThat(offsets("orders")).containsExactly(0L, 1L, 2L);
    assertThat(pipeline.once().counts().of(Count.READ)).isZero();
  }

  @Test
  void rule13ATakenFileThatChangedStopsAndCanBeForgotten(SparkSession spark) {
    events.write("1.ndjson", order(1, 1));
    pipeline.once();
    events.write("1.ndjson", order(1, 1), order(2, 2));
    events.write("2.ndjson", order(3, 3));

    TidemarkException error = catchThrowableOfType(TidemarkException.class, pipeline::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error).hasMessageContaining("1.ndjson was taken with ");
    assertThat(error.remedy()).contains("delete from bronze._files where path = 'file:");
    assertThat(offsets("orders")).as("nothing more has landed").containsExactly(1L);
    pipeline.lake().takenFiles().delete("path like '%/1.ndjson'");
    assertThat(pipeline.once().counts().of(Count.LANDED)).isEqualTo(3);
    assertThat(offsets("orders")).containsExactly(1L, 1L, 2L, 3L);
    List<Row> runs = pipeline.runs();
    assertThat(runs).hasSize(3);
  }

  @Test
  void rule13APlannedFileThatIsGoneStopsAndAPlanAloneIsLanded(SparkSession spark) throws Exception {
    Path gone = events.write("1.ndjson", order(1, 1));
    plan();
    Files.delete(gone);
    events.write("2.ndjson", order(1, 1), order(2, 2));

    TidemarkException error = catchThrowableOfType(TidemarkException.class, pipeline::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error).hasMessageContaining("1.ndjson").hasMessageContaining("is gone before");
    assertThat(pipeline.lake().bronzeTables()).isEmpty();
    pipeline.lake().takenFiles().delete("path like '%/1.ndjson'");
    assertThat(pipeline.once().counts().of(Count.LANDED)).isEqualTo(2);
    assertThat(taken()).containsExactly("2 2.ndjson");
    events.write("3.ndjson", order(3, 3));
    plan();
    assertThat(pipeline.once().counts().of(Count.LANDED)).isEqualTo(1);
    aLostLedgerLandsAgainAndLosesNothing();
    aFolderThatIsAwayIsUnavailable();
  }

  /** What a run that is killed right after its plan leaves behind. */
  private void plan() {
    FileSource source =
        FileSource.open(
            pipeline.spec().source().files(),
            pipeline.lake().spark().sparkContext().hadoopConfiguration());
    FileLedger ledger = FileLedger.open(pipeline.lake(), "shop");
    ledger.plan(ledger.untaken(source.list()), -1, Instant.EPOCH);
  }

  private void aLostLedgerLandsAgainAndLosesNothing() throws Exception {
    Path bronze = folder.resolve("lake/bronze");
    Files.move(bronze.resolve("_files"), bronze.resolve("lost"));

    IngestOutcome outcome = pipeline.once();

    assertThat(outcome.counts().of(Count.LANDED)).isEqualTo(3);
    assertThat(offsets("orders")).containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
    assertThat(taken()).containsExactly("4 2.ndjson", "5 3.ndjson");
  }

  private void aFolderThatIsAwayIsUnavailable() throws Exception {
    Files.move(events.path(), folder.resolve("away"));

    TidemarkException error = catchThrowableOfType(TidemarkException.class, pipeline::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error).hasMessageEndingWith("events: there is no such file or folder");
  }

  @Test
  void aContinuousRunTakesNewFilesAndStopsCleanly() throws Exception {
    events.write("1.ndjson", order(1, 1));
    StopSignal stop = new StopSignal();
    IngestJob.claim(pipeline.spec(), pipeline.lake());
    IngestJob job = pipeline.job(stop, pipeline.lake().runs());
    CompletableFuture<IngestOutcome> running =
        CompletableFuture.supplyAsync(() -> job.run(IngestJob.Mode.CONTINUOUS));
    try {
      awaitSteps(running, 1);
      Path hidden = events.write("0.ndjson.tmp", order(2, 0), user(1, 1));
      Files.move(hidden, events.path().resolve("0.ndjson"));
      awaitSteps(running, 2);
    } finally {
      stop.request();
    }
    assertThat(running.get(60, TimeUnit.SECONDS).counts().of(Count.LANDED)).isEqualTo(3);
    assertThat(pipeline.once().counts().of(Count.READ)).as("nothing comes twice").isZero();
  }

  private void awaitSteps(CompletableFuture<IngestOutcome> running, int steps) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> running.isDone() || pipeline.steps().size() >= steps);
    assertThat(running).isNotDone();
  }

  @Test
  void largeAndOddRecordsReachBronzeOrAreNamed() {
    String big = "x".repeat(50_000_000);
    events.write(
        "big.ndjson",
        order(1, 1).replace("\"note\":\"n\"", "\"note\":\"" + big + "\""),
        order(2, 2));
    String columns =
        IntStream.range(0, 1500)
            .mapToObj(i -> ",\"c" + i + "\":" + i)
            .collect(Collectors.joining());
    events.write(
        "odd.ndjson",
        plain("wide", columns),
        plain("dots", ",\"a.b\":1,\"a\":{\"b\":2}"),
        plain("quotes", ",\"q\\\"u`o'te\":1,\"with space\":2"),
        plain("unicode", ",\"\u00fcn\u00ef\ud83d\ude00\":1"),
        plain("cases", ",\"Note\":1,\"note\":2"),
        plain("order", ""),
        plain("select", ""),
        plain("b`ad\\\"table", ""));

    IngestOutcome outcome = pipeline.once();

    assertThat(outcome.counts().of(Count.LANDED)).isEqualTo(9);
    assertThat(deadLetters()).singleElement().asString().startsWith("BAD_TABLE_NAME t 0 ");
    assertThat(pipeline.lake().bronzeTables())
        .containsExactly("cases", "dots", "order", "orders", "quotes", "select", "unicode", "wide");
    assertThat(
            pipeline.lake().bronze("orders").read().selectExpr("max(length(after))").head().get(0))
        .isEqualTo(50_000_000 + "{\"id\":1,\"note\":\"\"}".length());
    assertThat(pipeline.bronze("dots").get(0).<String>getAs("after"))
        .isEqualTo("{\"id\":1,\"a.b\":1,\"a\":{\"b\":2}}");
    assertThat(pipeline.bronze("wide").get(0).<String>getAs("after")).hasSizeGreaterThan(10_000);
  }

  /** A record without schema blocks, of a row with an id and more columns. */
  private static String plain(String table, String columns) {
    return "{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"key\":{\"id\":1},\"value\":{\"op\":\"c\",\"before\":null,"
        + "\"after\":{\"id\":1"
        + columns
        + "},\"source\":{\"connector\":\"postgresql\",\"db\":\"shop\",\"schema\":\"public\",\"lsn\":7,"
        + "\"snapshot\":\"false\",\"ts_ms\":1767225600000,\"table\":\""
        + table
        + "\"},\"ts_ms\":1767225600000}}";
  }
}
