package io.tidemark.ingest;

import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static io.tidemark.ingest.fixture.Accounts.assertRowsInAreRowsAccountedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.EventFolder;
import io.tidemark.ingest.fixture.TestPipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rule 13, as a run sees it: the table is held, others land, and an epoch lets it go on. */
@ExtendWith(SharedSpark.class)
class LogRestartTest {
  private static String change(String table, int id, long commit, long offset) {
    return EventFolder.line(
        DebeziumEvent.create(table)
            .row(id, "n")
            .lsn(commit + 1)
            .source("sequence", "\"[\\\"%d\\\",\\\"%d\\\"]\"".formatted(commit, commit + 1))
            .at("shop.public." + table, 0, offset));
  }

  @Test
  void rule13ARunHoldsItsTableWithExitFiveAndGoesOnAfterTheEpoch(
      SparkSession spark, @TempDir Path folder) {
    EventFolder events = new EventFolder(folder.resolve("events"));
    TestPipeline pipeline = TestPipeline.ofFiles(spark, folder, events.path().toString());
    events.write("1.ndjson", change("orders", 1, 100, 0), change("users", 1, 100, 0));
    assertThat(pipeline.once().blocked()).isEmpty();
    events.write("2.ndjson", change("orders", 1, 50, 1), change("users", 2, 120, 1));

    IngestOutcome held = pipeline.once();

    assertThat(held.blocked()).containsOnlyKeys("orders");
    assertThat(held.blocked().get("orders").exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertCounts(held.counts(), Map.of(Count.READ, 2L, Count.LANDED, 1L, Count.HELD, 1L));
    assertThat(pipeline.steps())
        .filteredOn(step -> step.table().equals("orders"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.outcome()).isEqualTo(ExitCode.DATA_LOSS);
              assertThat(step.error().orElseThrow()).contains("runs backwards");
              assertThat(step.detail()).contains("tidemark epoch advance");
            });
    new Epochs("shop", pipeline.lake()).advance("orders", "me", "restored", Instant.now());

    IngestOutcome after = pipeline.once();

    assertThat(after.blocked()).isEmpty();
    assertCounts(after.counts(), Map.of(Count.READ, 2L, Count.LANDED, 1L, Count.REPLAYED, 1L));
    List<String> positions =
        pipeline.bronze("orders").stream().map(row -> row.<String>getAs("position")).toList();
    assertThat(positions).hasSize(2).isSorted();
    assertRowsInAreRowsAccountedFor(pipeline.runs());
  }
}
