package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Polls of a real hot standby, so that the primary's users notice nothing. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class ReplicaPollsTest {
  private static final String TABLE = "  orders: {source: polls.orders, watermark: updated_at}";

  @TempDir private Path folder;

  @Test
  void aStandbyIsReadAsItsPrimaryWouldBe(SparkSession spark, SandboxAddresses sandbox)
      throws SQLException, IOException {
    String user = sandbox.user();
    String password = sandbox.password();
    try (Connection open = DriverManager.getConnection(sandbox.jdbcUrl(), user, password);
        PostgresReplica replica =
            new PostgresReplica(open, folder.resolve("replica"), user, password);
        PolledDatabase primary =
            new PolledDatabase(new SourceDatabase(replica.primary(), user, password));
        PolledDatabase standby =
            new PolledDatabase(new SourceDatabase(replica.standby(), user, password))) {
      primary.execute(
          "DROP SCHEMA IF EXISTS polls CASCADE",
          "CREATE SCHEMA polls",
          "CREATE TABLE polls.orders (id int PRIMARY KEY, total int, updated_at timestamptz NOT NULL)",
          "CREATE INDEX ON polls.orders (updated_at, id)",
          "INSERT INTO polls.orders SELECT i, i, now() FROM generate_series(1, 100) i");
      replica.awaitCaughtUp();
      PolledLake lake = standby.lake(spark, folder, "", TABLE);
      assertThat(lake.run()).isEqualTo(100);

      committedLate(primary, replica, lake);
      primary.execute("DELETE FROM polls.orders WHERE id = 7");
      replica.awaitCaughtUp();
      assertThat(lake.sweep("orders").keys()).hasSize(1);
      assertThat(lake.run()).as("the sweep is due once a day").isZero();

      behind(spark, primary, replica, lake);
    }
  }

  /** A transaction that began first and ends last is still open on the standby, too. */
  private static void committedLate(
      PolledDatabase primary, PostgresReplica replica, PolledLake lake) throws SQLException {
    try (Connection slow = primary.open();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("INSERT INTO polls.orders VALUES (101, 0, now())");
      primary.execute("INSERT INTO polls.orders VALUES (102, 0, now())");
      replica.awaitCaughtUp();
      assertThat(lake.run()).isEqualTo(1);
      slow.commit();
    }
    replica.awaitCaughtUp();
    assertThat(lake.run()).isEqualTo(1);
    assertEqual(lake, "orders", 102);
  }

  /** What was read of the primary is never taken back by a standby that has not come as far. */
  private void behind(
      SparkSession spark, PolledDatabase primary, PostgresReplica replica, PolledLake lake)
      throws SQLException {
    replica.pause();
    primary.execute("UPDATE polls.orders SET total = -1, updated_at = now() WHERE id = 1");
    assertThat(lake.run()).as("a standby that stands still").isZero();
    PolledLake moved = primary.lake(spark, folder, "", TABLE);
    assertThat(moved.run()).isEqualTo(1);

    assertThatThrownBy(lake::run)
        .isInstanceOfSatisfying(
            TidemarkException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOSS))
        .hasMessageContaining("a replica that is behind");

    replica.resume();
    replica.awaitCaughtUp();
    assertThat(lake.run()).as("all is known").isZero();
  }
}
