package io.tidemark.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.fixture.EventLake;
import io.tidemark.cli.fixture.EventLake.Event;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.FileBackfill;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FileLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rules 2, 9 and 12: older changes of one table from files, beside a stream that goes on. */
@ExtendWith(SharedSpark.class)
final class BackfillFilesTest {
  @TempDir private Path folder;

  private static Event order(long offset, int id, String state) {
    String row = "{\"id\":%d,\"state\":\"%s\"}".formatted(id, state);
    return EventLake.change("orders", offset, offset, "u", "{\"id\":%d}".formatted(id), null, row);
  }

  private static String line(Event event) {
    return "{\"topic\":\"%s\",\"partition\":0,\"offset\":%d,\"timestamp\":1767225600000,\"key\":%s,\"value\":%s}%n"
        .formatted(event.topic(), event.offset(), event.key(), event.value());
  }

  private void write(String name, String... lines) throws IOException {
    Path archive = Files.createDirectories(folder.resolve("archive"));
    Files.writeString(archive.resolve(name), String.join("", lines));
  }

  private Counts backfill(EventLake lake) {
    RunLog runs = new RunLog(lake.lake().spark(), lake.lake().runs());
    Counts counts = new Counts();
    for (StepRecord step : job(lake).run(runs, s -> {})) {
      assertThat(step.counts().unaccounted()).as("%s", step).isZero();
      counts.addAll(step.counts());
    }
    return counts;
  }

  private FileBackfill job(EventLake lake) {
    return job(lake.spec(), lake);
  }

  private FileBackfill job(PipelineSpec spec, EventLake lake) {
    return new FileBackfill(
        spec,
        lake.lake(),
        "orders",
        folder.resolve("archive").toString(),
        Optional.empty(),
        lake.context());
  }

  @Test
  void rule12OlderChangesLandOnceAndTheStreamGoesOn(SparkSession spark) throws IOException {
    EventLake lake = new EventLake(spark, folder);
    Event user = EventLake.change("users", 3, 3, "c", "{\"id\":1}", null, "{\"id\":1}");
    lake.land(order(10, 1, "paid"), order(11, 2, "new"), order(12, 2, "sent"), user);
    lake.merge();
    LakeTable bronze = lake.lake().bronze("orders");
    Map<String, Long> progress = progress(bronze);
    write(
        "a.ndjson",
        line(order(8, 1, "old")),
        line(order(9, 3, "only here")),
        line(order(9, 3, "only here")),
        line(order(11, 2, "new")),
        line(order(13, 2, "to come")),
        line(user),
        "junk\n");
    assertThat(job(lake).preview()).extracting("files", "taken").containsExactly(1, 0);

    Counts counts = backfill(lake);
    assertThat(counts.of(Count.READ)).isEqualTo(7);
    assertThat(counts.of(Count.LANDED)).as("8 and 9").isEqualTo(2);
    assertThat(counts.of(Count.REPLAYED)).as("9 again, and 11").isEqualTo(2);
    assertThat(counts.of(Count.HELD)).as("13 is the stream's").isEqualTo(1);
    assertThat(counts.of(Count.IGNORED)).as("the user").isEqualTo(1);
    assertThat(counts.of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(progress(bronze)).as("the stream's progress").isEqualTo(progress);
    assertThat(offsets(bronze)).containsExactly(8L, 9L, 10L, 11L, 12L);
    lake.merge();
    assertThat(lake.silver("orders"))
        .containsExactly(
            "{\"id\":\"1\",\"state\":\"paid\"}",
            "{\"id\":\"2\",\"state\":\"sent\"}",
            "{\"id\":\"3\",\"state\":\"only here\"}");

    assertThat(backfill(lake).of(Count.READ)).as("the file is taken").isZero();
    writesThatAreCutOff(lake);
    lake.land(order(13, 2, "came"), order(14, 3, "too"));
    lake.merge();
    assertThat(offsets(bronze)).containsExactly(7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L);
    assertThat(lake.silver("orders")).contains("{\"id\":\"2\",\"state\":\"came\"}");
  }

  /** Planned and not landed; the same records under another name are there already. */
  private void writesThatAreCutOff(EventLake lake) throws IOException {
    write("b.ndjson", line(order(7, 4, "planned")));
    write("c.ndjson", line(order(8, 1, "old")), line(order(9, 3, "only here")), "junk\n");
    List<EventFile> files = new ArrayList<>();
    Path planned = folder.resolve("archive").resolve("b.ndjson");
    files.add(
        new EventFile(
            "file:" + planned.toRealPath(),
            Files.size(planned),
            Instant.ofEpochMilli(Files.getLastModifiedTime(planned).toMillis())));
    FileLedger.openOlder(lake.lake(), "shop", "orders").plan(files, 1, Instant.EPOCH);
    Counts counts = backfill(lake);
    assertThat(counts.of(Count.LANDED)).isEqualTo(1);
    assertThat(counts.of(Count.REPLAYED)).isEqualTo(2);
  }

  /** Of a table that is polled now, the events of the epoch in which it was streamed are older. */
  @Test
  void aPolledTableTakesWhatIsOlderThanItsPolls(SparkSession spark) throws IOException {
    EventLake lake = new EventLake(spark, folder);
    lake.land(order(10, 1, "paid"), order(11, 2, "sent"));
    lake.merge();
    write(
        "a.ndjson",
        line(order(8, 2, "new")),
        line(order(9, 3, "only here")),
        line(order(12, 1, "?")));
    PipelineSpec polls = polls();
    assertThatThrownBy(() -> job(polls, lake))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("pipeline 'shop' has always polled it");

    IngestJob.adopt(polls, lake.lake(), "test", "polled from now on", Instant.EPOCH);
    RunLog runs = new RunLog(lake.lake().spark(), lake.lake().runs());
    Counts counts = job(polls, lake).run(runs, s -> {}).get(0).counts();
    assertThat(counts.of(Count.LANDED)).as("8 and 9").isEqualTo(2);
    assertThat(counts.of(Count.HELD)).as("12 was never streamed").isEqualTo(1);
    lake.merge();
    assertThat(lake.silver("orders"))
        .containsExactly(
            "{\"id\":\"1\",\"state\":\"paid\"}",
            "{\"id\":\"2\",\"state\":\"sent\"}",
            "{\"id\":\"3\",\"state\":\"only here\"}");
  }

  private PipelineSpec polls() throws IOException {
    Path file = folder.resolve("polls.yml");
    Files.writeString(
        file,
        """
        pipeline: shop
        lake: %s
        source: {type: jdbc, url: 'jdbc:postgresql://h/shop', user: u, password: p}
        tables: {orders: {source: public.orders, watermark: updated_at}}
        """
            .formatted(folder.resolve("lake")));
    return PipelineFile.read(file, Map.of());
  }

  /** What must not move: tokens of the stream, and of the order of its log. */
  private static Map<String, Long> progress(LakeTable bronze) {
    Map<String, Long> tokens = new TreeMap<>(bronze.tokens(""));
    tokens.keySet().removeIf(name -> name.startsWith("replay/"));
    return tokens;
  }

  private static List<Long> offsets(LakeTable bronze) {
    return bronze.read().select("offset").orderBy("offset").collectAsList().stream()
        .map(row -> row.getLong(0))
        .toList();
  }
}
