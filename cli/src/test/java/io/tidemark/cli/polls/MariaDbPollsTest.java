package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Polls of a real MariaDB: the lake equals the source, whatever commits when. */
@WithSandbox(mariadb = true)
@ExtendWith(SharedSpark.class)
class MariaDbPollsTest {
  @TempDir private Path folder;
  private PolledDatabase database;

  @BeforeEach
  void connect(SandboxAddresses sandbox) throws SQLException {
    database =
        new PolledDatabase(
            new SourceDatabase(
                sandbox.mariadbUrl().replaceAll("[?].*", ""), "tidemark", "tidemark"));
    execute("DROP DATABASE IF EXISTS polls", "CREATE DATABASE polls");
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
        CREATE TABLE polls.things (
          id bigint unsigned PRIMARY KEY, tiny tinyint unsigned, small smallint, medium mediumint,
          n int unsigned, price decimal(12,2), wide decimal(44,3), f float, d double, y year,
          t text, c char(5), v varchar(9) CHARACTER SET latin1, b blob, fixed binary(3),
          bits bit(11), one bit, day date, at timestamp(6) NULL, local datetime(3), clock time(2),
          e enum('a', 'b,c'), s set('x', 'y'), j json, u uuid,
          updated_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
            ON UPDATE CURRENT_TIMESTAMP(6))""",
        """
        INSERT INTO polls.things VALUES
          (18446744073709551615, 255, -5, 7, 4294967295, 10.50, 1.000, 0.1, 1e300, 2026, 'ü "',
           'x', 'é', x'00ff', x'01', b'10000000001', 1, '2026-02-28', '2026-01-01 00:00:00.123456',
           '2026-01-01 00:00:00.5', '-12:00:00.5', 'b,c', 'x,y', '{"a": 1.0}',
           '123e4567-e89b-12d3-a456-426655440000', DEFAULT)""",
        "INSERT INTO polls.things (id) VALUES (2)");
    PolledLake lake = lake(spark, "", "  things: {source: polls.things, watermark: updated_at}");

    assertThat(lake.run()).isEqualTo(2);
    assertEqual(lake, "things", 2);
    assertThat(lake.run()).as("nothing has changed").isZero();

    execute("UPDATE polls.things SET price = 11 WHERE id = 2");
    assertThat(lake.run()).isEqualTo(1);
    assertEqual(lake, "things", 2);
  }

  @Test
  void rowsThatAreCommittedLateArrive(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.late (a int, b varchar(5), updated_at timestamp(6) NOT NULL,"
            + " PRIMARY KEY (a, b), KEY (updated_at))",
        "INSERT INTO polls.late VALUES (1, 'x', NOW(6))");
    PolledLake lake =
        lake(
            spark,
            "chunk-rows: 100, ",
            "  late: {source: polls.late, watermark: updated_at, lag: 2s}");
    lake.run();
    try (Connection slow = database.open();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("INSERT INTO polls.late VALUES (2, 'x', NOW(6))");
      for (int id = 3; id < 5; id++) {
        execute("INSERT INTO polls.late SELECT " + id + ", seq, NOW(6) FROM seq_1_to_250");
        lake.run();
      }
      slow.commit();
    }
    lake.run();
    assertEqual(lake, "late", 502);
  }

  @Test
  void deletesAreFoundWhereTriggersLogThem(SparkSession spark) throws SQLException {
    execute(
        "CREATE TABLE polls.hard (a int, b varchar(5), updated_at timestamp(6) NOT NULL"
            + " DEFAULT CURRENT_TIMESTAMP(6), PRIMARY KEY (a, b))",
        "INSERT INTO polls.hard (a, b) SELECT seq, 'x' FROM seq_1_to_5");
    execute(database.deleteLog("hard").split(";\n"));
    PolledLake lake =
        lake(
            spark,
            "",
            "  hard: {source: polls.hard, watermark: updated_at, delete-log: polls.hard_deletes}");
    lake.run();
    execute(
        "DELETE FROM polls.hard WHERE a < 4",
        "INSERT INTO polls.hard (a, b) VALUES (2, 'x')",
        "UPDATE polls.hard SET a = 50, updated_at = NOW(6) WHERE a = 5");
    lake.run();

    assertEqual(lake, "hard", 3);
    assertThat(lake.run()).as("known deletes").isZero();
  }
}
