package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.Epochs;
import io.tidemark.ingest.letters.Letters;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls of a real PostgreSQL: the lake equals the source, whatever commits when. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class PostgresPollsTest {
  @TempDir private Path folder;
  private PolledDatabase database;

  @BeforeEach
  void connect(SandboxAddresses sandbox) throws SQLException {
    database =
        new PolledDatabase(
            new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password()));
    execute("DROP SCHEMA IF EXISTS polls CASCADE", "CREATE SCHEMA polls");
  }

  @AfterEach
  void disconnect() throws SQLException {
    database.close();
  }

  private void execute(String... statements) throws SQLException {
    database.execute(statements);
  }

  private PolledLake lake(SparkSession spark, String source, String... tables) {
    return database.lake(spark, folder, source, tables);
  }

  @Test
  void rowsOfEveryTypeArriveAndChange(SparkSession spark) throws SQLException {
    execute(
        """
        CREATE TYPE polls.mood AS ENUM ('sad', 'ok');
        CREATE TABLE polls.things (
          id bigint PRIMARY KEY, small smallint, n int, yes boolean, money_ money,
          price numeric(12,2), wide numeric(44,3), free numeric, f4 real, f8 double precision,
          t text, c char(5), v varchar(9), b bytea, bits bit(11), one bit, d date,
          at timestamptz, local timestamp, clock time, zoned timetz, span interval, u uuid,
          j json, jb jsonb, mood polls.mood, tags text[], numbers int[], prices numeric(9,3)[],
          days date[], address inet, updated_at timestamptz NOT NULL DEFAULT now())""",
        """
        INSERT INTO polls.things VALUES
          (1, -5, 7, true, 12.34, 10.50, 1.000, 1.2300, 0.1, 1e300, 'a "b" ''c''\\n', 'x', 'ß',
           '\\x00ff', '10000000001', '1', '2026-02-28', '2026-01-01 00:00:00.123456+02',
           '2026-01-01 00:00:00', '12:00', '12:00:00.5+02', '1 mon 2 days', gen_random_uuid(),
           '{"a": 1.0}', '{"a": 1.0}', 'ok', '{a,NULL,"b,c"}', '{1,NULL}', '{1.250}',
           '{2026-01-01}', '10.0.0.1/8'),
          (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL),
          (3, 1, 1, false, -1, -0.01, 0, 0, '-0', 'NaN', '', '', '', '', '00000000000', '0',
           '0001-01-01', '9999-12-31 23:59:59.999999+00', '0001-01-01 00:00:00', '24:00',
           '00:00:00+00', '0', gen_random_uuid(), 'null', '[]', 'sad', '{}', '{}', '{}', '{}',
           '::1')""");
    PolledLake lake = lake(spark, "", "  things: {source: polls.things, watermark: updated_at}");

    assertThat(lake.run()).isEqualTo(3);
    assertEqual(lake, "things", 3);
    assertThat(lake.run()).as("nothing has changed").isZero();

    execute(
        "UPDATE polls.things SET price = 11, updated_at = now() WHERE id = 1",
        "INSERT INTO polls.things (id, t) VALUES (4, 'new')");
    assertThat(lake.run()).isEqualTo(2);
    assertEqual(lake, "things", 4);
  }

  @Test
  void rowsThatAreCommittedLateArrive(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.late (id int PRIMARY KEY, updated_at timestamptz NOT NULL)",
        "CREATE INDEX ON polls.late (updated_at, id)",
        "INSERT INTO polls.late VALUES (1, now())");
    PolledLake lake =
        lake(spark, "", "  late: {source: polls.late, watermark: updated_at, lag: 0s}");
    lake.run();
    try (Connection slow = database.open();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("INSERT INTO polls.late VALUES (2, now())");
      for (int id = 3; id < 6; id++) {
        execute("INSERT INTO polls.late VALUES (" + id + ", now())");
        lake.run();
        assertThat(lake.lake().silver("late").read().count()).isEqualTo(id - 1L);
      }
      slow.commit();
    }
    lake.run();
    assertEqual(lake, "late", 5);
  }

  @Test
  void rowsThatShareAWatermarkAreNeverCut(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.same (a int, b text, updated_at timestamp NOT NULL, PRIMARY KEY (a, b))",
        "INSERT INTO polls.same VALUES (0, 'x', '2026-01-01')");
    PolledLake lake =
        lake(
            spark,
            "chunk-rows: 9999, connections: 3, ",
            "  same: {source: polls.same, watermark: updated_at}");
    lake.run();
    execute(
        "INSERT INTO polls.same SELECT i % 7, 'row ' || i, '2026-02-02 02:02:02.000002'"
            + " FROM generate_series(1, 100000) i");

    assertThat(lake.run()).isEqualTo(100_000);
    assertEqual(lake, "same", 100_001);
  }

  @Test
  void aFirstLoadThatWasCutOffGoesOn(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.big (id bigint PRIMARY KEY, updated_at timestamptz NOT NULL)",
        "INSERT INTO polls.big SELECT i, now() FROM generate_series(1, 1000) i");
    PolledLake lake =
        lake(
            spark,
            "chunk-rows: 100, connections: 2, ",
            "  big: {source: polls.big, watermark: updated_at}");
    StopSignal stop = new StopSignal();

    lake.poll(
        stop,
        step -> {
          if (step.step() == Step.INGEST) {
            stop.request();
          }
        });
    assertThat(lake.lake().bronze("big").read().count()).isEqualTo(200);
    execute("UPDATE polls.big SET updated_at = now() WHERE id IN (5, 999)");
    lake.run();

    assertThat(lake.lake().bronze("big").read().count())
        .as("no row was read twice")
        .isEqualTo(1_000);
    assertThat(lake.run()).as("changed behind the reader").isEqualTo(1);
    assertEqual(lake, "big", 1_000);
  }

  @Test
  void deletesAreFoundWhereTheSourceTellsThem(SparkSession spark) throws SQLException {
    execute(
        """
        CREATE TABLE polls.soft (id int PRIMARY KEY, gone_at timestamptz,
          updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE TABLE polls.hard (id int PRIMARY KEY, t text,
          updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
        INSERT INTO polls.soft (id) SELECT generate_series(1, 5);
        INSERT INTO polls.hard (id) SELECT generate_series(1, 5)""");
    execute(database.deleteLog("hard"));
    PolledLake lake =
        lake(
            spark,
            "",
            "  soft: {source: polls.soft, watermark: updated_at, soft-delete: gone_at}",
            "  hard: {source: polls.hard, watermark: updated_at, delete-log: polls.hard_deletes}");
    lake.run();
    execute(
        "UPDATE polls.soft SET gone_at = now(), updated_at = clock_timestamp() WHERE id < 3",
        "DELETE FROM polls.hard WHERE id < 4",
        "INSERT INTO polls.hard (id, t) VALUES (2, 'again')",
        "UPDATE polls.hard SET id = 50, updated_at = clock_timestamp() WHERE id = 5");
    lake.run();

    assertThat(lake.lake().silver("soft").read().count()).isEqualTo(3);
    assertEqual(lake, "hard", 3);
    assertThat(lake.run()).as("known deletes").isZero();
    execute("UPDATE polls.soft SET gone_at = NULL, updated_at = clock_timestamp() WHERE id = 1");
    lake.run();
    assertThat(lake.lake().silver("soft").read().count()).isEqualTo(4);
    execute("TRUNCATE polls.hard");
    lake.run();
    assertEqual(lake, "hard", 0);
  }

  @Test
  void aNewColumnIsReadOfAllRows(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.wider (id int PRIMARY KEY, updated_at timestamptz NOT NULL)",
        "INSERT INTO polls.wider SELECT i, '2020-01-01' FROM generate_series(1, 50) i");
    PolledLake lake = lake(spark, "", "  wider: {source: polls.wider, watermark: updated_at}");
    lake.run();
    execute("ALTER TABLE polls.wider ADD COLUMN level int DEFAULT 7");

    assertThat(lake.run()).isEqualTo(50);
    assertEqual(lake, "wider", 50);
  }

  @Test
  void anEpochReadsAllRowsAnewAndEndsThoseThatAreGone(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.restored (id int PRIMARY KEY, t text, updated_at timestamptz NOT NULL)",
        "INSERT INTO polls.restored SELECT i, 'x', '2026-01-01' FROM generate_series(1, 250) i");
    PolledLake lake =
        lake(
            spark,
            "chunk-rows: 100, connections: 1, ",
            "  restored: {source: polls.restored, watermark: updated_at}");
    lake.run();
    execute(
        "DELETE FROM polls.restored WHERE id > 240 OR id < 3",
        "UPDATE polls.restored SET t = 'as it was', updated_at = '2025-01-01' WHERE id = 100");
    assertThat(lake.run()).as("no watermark has risen").isZero();

    new Epochs("polls", lake.lake()).advance("restored", "test", "restored", Instant.now());
    lake.run();

    assertEqual(lake, "restored", 238);
  }

  @Test
  void transactionNumbersAreAWatermark(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.bare (id int PRIMARY KEY, t text)",
        "INSERT INTO polls.bare SELECT i FROM generate_series(1, 50) i");
    PolledLake lake = lake(spark, "", "  bare: {source: polls.bare, watermark: xmin}");
    lake.run();
    execute("UPDATE polls.bare SET t = 'x' WHERE id IN (3, 4)");

    assertThat(lake.run()).isEqualTo(2);
    assertEqual(lake, "bare", 50);
  }

  @Test
  void rowsAtTheHighestWatermarkDoNotLandWithEachPoll(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.counted (id int PRIMARY KEY, version bigint NOT NULL)",
        "INSERT INTO polls.counted SELECT i, i FROM generate_series(1, 10) i");
    PolledLake lake = lake(spark, "", "  counted: {source: polls.counted, watermark: version}");
    lake.run();
    assertThat(lake.run()).as("behind a load, the last row once more").isLessThanOrEqualTo(1);
    assertThat(lake.run()).as("nothing has changed").isZero();

    execute("INSERT INTO polls.counted VALUES (11, 10), (12, 11), (13, 11)");
    assertThat(lake.run()).as("rows that share the watermark that was reached").isEqualTo(3);
    assertThat(lake.run()).as("nothing has changed").isZero();
    assertThat(lake.run()).as("nothing has changed").isZero();
    assertEqual(lake, "counted", 13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", lag: 0s, mask: {id: hash, day: year}"})
  void aBadRowThatPollsReadAgainIsOneDeadLetter(String more, SparkSession spark)
      throws SQLException {
    execute(
        "CREATE TABLE polls.bad (id int PRIMARY KEY, day date, updated_at timestamptz NOT NULL)",
        "INSERT INTO polls.bad VALUES (1, 'infinity', now()), (2, '2026-01-01', now())");
    PolledLake lake =
        lake(
            spark,
            "",
            "  bad: {source: polls.bad, watermark: updated_at%s}".formatted(more),
            "masking: {keys: {k1: 'a secret that is long enough for a key'}}");
    lake.run();
    lake.run();
    lake.run();
    assertThat(deadLetters(lake)).isEqualTo(1);

    execute("UPDATE polls.bad SET day = '2026-01-02' WHERE id = 1");
    lake.run();
    assertThat(lake.lake().silver("bad").read().count()).as("put right").isEqualTo(2);
    execute("UPDATE polls.bad SET day = 'infinity' WHERE id = 1");
    lake.run();
    lake.run();
    assertThat(deadLetters(lake)).as("bad again, behind a good row").isEqualTo(2);
    execute("UPDATE polls.bad SET day = '-infinity' WHERE id < 3");
    lake.run();
    lake.run();
    assertThat(deadLetters(lake)).as("two other rows").isEqualTo(4);
  }

  private static long deadLetters(PolledLake lake) {
    return new Letters(lake.lake(), "polls").openByTable().get("bad");
  }

  @Test
  void aTableThatCannotBePolledDoesNotStopOthers(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.keyless (id int, updated_at timestamptz)",
        "CREATE TABLE polls.fine (id int PRIMARY KEY, updated_at date)",
        "CREATE TABLE polls.words (id int PRIMARY KEY)",
        "INSERT INTO polls.fine VALUES (1, '2026-01-01'), (2, NULL), (3, '2999-01-01')");
    PolledLake lake =
        lake(
            spark,
            "",
            "  keyless: {source: polls.keyless, watermark: updated_at}",
            "  missing: {source: polls.nowhere, watermark: updated_at}",
            "  words: {source: polls.words, watermark: 'id::text'}",
            "  fine: {source: polls.fine, watermark: updated_at}");

    var outcome = lake.poll(new StopSignal(), step -> {});

    assertThat(outcome.blocked()).containsOnlyKeys("keyless", "missing", "words");
    assertThat(outcome.blocked().get("keyless")).hasMessageContaining("no primary key");
    assertThat(outcome.blocked().get("words")).hasMessageContaining("it is a text");
    assertEqual(lake, "fine", 3);
  }

  @Test
  void wrongCredentialsAreNotPrinted(SparkSession spark) {
    SourceDatabase wrong = new SourceDatabase(database.address().url(), "nobody", "s3cret-word");
    PolledLake lake =
        new PolledLake(spark, folder, wrong, "polls", "", "  t: {source: polls.t, watermark: u}");

    assertThatThrownBy(lake::run)
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(e).hasMessageContaining("nobody").message().doesNotContain("s3cret");
            });
  }
}
