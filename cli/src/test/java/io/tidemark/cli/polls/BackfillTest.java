package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.ingest.jdbc.BackfillScope.Keys;
import io.tidemark.ingest.jdbc.BackfillScope.Whole;
import io.tidemark.ingest.jdbc.TableBackfill.Estimate;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of polled tables that are read again: what polls cannot see, and only what is asked for. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class BackfillTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private PolledDatabase database;

  @BeforeEach
  void connect(SandboxAddresses sandbox) throws SQLException {
    database =
        new PolledDatabase(
            new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password()));
    database.execute("DROP SCHEMA IF EXISTS polls CASCADE", "CREATE SCHEMA polls");
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  @Test
  void whatPollsDoNotSeeIsReadAgain(SparkSession spark) throws SQLException {
    database.execute(
        "CREATE TABLE polls.shelf (a int, b text, v numeric(9,2), at timestamptz NOT NULL,"
            + " PRIMARY KEY (a, b))",
        "INSERT INTO polls.shelf SELECT i % 5, 'it''s ' || i, i, timestamptz '2026-01-01'"
            + " FROM generate_series(1, 40) i",
        "UPDATE polls.shelf SET at = now() WHERE b = 'it''s 40'");
    PolledLake lake =
        database.lake(
            spark, folder, "chunk-rows: 100, ", "  shelf: {source: polls.shelf, watermark: at}");
    lake.run();
    database.execute(
        "UPDATE polls.shelf SET v = -1 WHERE a = 1", "DELETE FROM polls.shelf WHERE a = 2");
    assertThat(lake.run()).as("no watermark has risen").isZero();

    List<List<String>> keys = List.of(List.of("1", "it's 1"), List.of("2", "it's 2"));
    assertThat(lake.backfill("shelf", new Keys(keys)).of(Count.LANDED)).isEqualTo(2);
    assertThat(lake.lake().silver("shelf").read().filter("v = -1").count()).isEqualTo(1);
    assertThat(lake.lake().silver("shelf").read().count()).as("one was deleted").isEqualTo(39);

    BackfillScope some =
        lake.backfill("shelf").range(Optional.of("a"), Optional.of("0"), Optional.of("2"));
    assertThat(lake.backfill("shelf").estimate(some))
        .returns(16L, Estimate::rows)
        .returns(1L, Estimate::queries);
    lake.backfill("shelf", some);
    assertThat(lake.lake().silver("shelf").read().filter("v = -1").count()).isEqualTo(8);
    assertThat(lake.lake().silver("shelf").read().filter("a = 2").count()).isEqualTo(7);

    lake.backfill("shelf", new Whole());
    assertEqual(lake, "shelf", 32);

    database.execute("UPDATE polls.shelf SET v = 1, at = now() WHERE a = 1 AND b = 'it''s 1'");
    lake.run();
    assertEqual(lake, "shelf", 32);
  }

  /** The second poll reads what the first one read: between them the lake has something else. */
  @Test
  void aPollThatFindsAnOldValueAgainBeatsABackfill(SparkSession spark) throws SQLException {
    database.execute(
        "CREATE TABLE polls.swings (id int PRIMARY KEY, v int, at timestamptz NOT NULL)",
        "INSERT INTO polls.swings VALUES (1, 1, '2026-01-01'), (2, 1, now())");
    PolledLake lake =
        database.lake(
            spark, folder, "", "  swings: {source: polls.swings, watermark: at, lag: 1h}");
    lake.run();
    database.execute("UPDATE polls.swings SET v = 2");
    lake.backfill("swings", new Whole());
    assertEqual(lake, "swings", 2);
    database.execute("UPDATE polls.swings SET v = 1");
    lake.run();
    assertThat(lake.lake().silver("swings").read().filter("v = 1").count())
        .as("the row within the lag is as it was before the backfill")
        .isEqualTo(1);
  }

  @Test
  void whatWasCutOffGoesOn(SparkSession spark) throws SQLException {
    database.execute(
        "CREATE TABLE polls.long (id int PRIMARY KEY, at timestamptz NOT NULL)",
        "INSERT INTO polls.long SELECT i, now() FROM generate_series(1, 1000) i");
    PolledLake lake =
        database.lake(
            spark,
            folder,
            "chunk-rows: 100, connections: 2, ",
            "  long: {source: polls.long, watermark: at}");
    lake.run();
    database.execute("DELETE FROM polls.long WHERE id = 5");
    StopSignal stop = new StopSignal();
    List<Long> read = new ArrayList<>();
    lake.backfill("long", stop)
        .run(
            new Whole(),
            WAIT,
            rows -> {
              read.add(rows);
              if (rows >= 400) {
                stop.request();
              }
            });
    assertThat(read).as("the second round has twice the queries").containsExactly(200L, 600L);

    BackfillJob other = lake.backfill("long");
    assertThatThrownBy(
            () -> other.run(new BackfillScope.Where("id < 5", List.of()), WAIT, rows -> {}))
        .isInstanceOf(TidemarkException.class)
        .hasMessage(
            "Cannot backfill rows where id < 5 of table 'long': a backfill of all rows was cut off");

    database.execute("DELETE FROM polls.long WHERE id IN (100, 900)");
    lake.backfill("long", new Whole());
    assertThat(lake.lake().bronze("long").read().filter("topic LIKE '~backfill/%'").count())
        .as("what had landed was not read again")
        .isEqualTo(998);
    assertThat(lake.lake().silver("long").read().filter("id IN (5, 100, 900)").count())
        .as("100 was read before it was deleted, which is behind the backfill's place")
        .isEqualTo(1);

    database.execute("DELETE FROM polls.long");
    lake.backfill("long", new Whole());
    assertThat(lake.lake().silver("long").read().count()).as("the source is empty").isZero();
  }

  @Test
  void keysThatAreNoneAreRefused(SparkSession spark) throws SQLException {
    database.execute("CREATE TABLE polls.few (id int PRIMARY KEY, at timestamptz NOT NULL)");
    PolledLake lake = database.lake(spark, folder, "", "  few: {source: polls.few, watermark: at}");
    assertThatThrownBy(() -> lake.backfill("few", new Keys(List.of(List.of("one")))))
        .hasMessage("Cannot look for 'one' in polls.few: its key column 'id' has the type integer");
    assertThatThrownBy(() -> lake.backfill("few", new Keys(List.of(List.of("1", "2")))))
        .hasMessage("Cannot look for [1, 2] in polls.few: its key is [id]");
    assertThatThrownBy(
            () -> lake.backfill("few", new BackfillScope.Where("nothing > 1", List.of())))
        .hasMessageContaining("Cannot query polls.few: ERROR: column \"nothing\" does not exist");
    lake.backfill("few", new BackfillScope.Where("id > 1", List.of()));
  }
}
