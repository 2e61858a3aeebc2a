package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A polled database as an operator sees it: killed in its first load, run again, compared. */
@Tag("slow")
@WithSandbox
class PolledPipelineTest {
  private static final int ROWS = 500;

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void goesOnAfterAKillAndTellsWhatDiffers(SandboxAddresses sandbox, @TempDir Path folder)
      throws Exception {
    Path place = folder.resolve("lake");
    PipelineProcess pipeline =
        new PipelineProcess(
            folder,
            """
            pipeline: polled
            lake: %s
            source:
              {type: jdbc, url: '%s', user: %s, password: '%s', chunk-rows: 100, connections: 1}
            tables: {orders: {source: polled.orders, watermark: updated_at, sweep: 1s}}
            """
                .formatted(place, sandbox.jdbcUrl(), sandbox.user(), sandbox.password()));
    try (Connection connection =
        DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password())) {
      execute(
          connection,
          "DROP SCHEMA IF EXISTS polled CASCADE",
          "CREATE SCHEMA polled",
          "CREATE TABLE polled.orders (id int PRIMARY KEY, total numeric(9,2), tags text[],"
              + " updated_at timestamptz NOT NULL)",
          "INSERT INTO polled.orders SELECT i, i / 2.0, array['a', NULL, i::text],"
              + " timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour'"
              + " FROM generate_series(1, %d) i".formatted(ROWS));

      assertThat(
              pipeline
                  .start(
                      "-Dtidemark.crash-at=" + CrashPoint.AFTER_POLL_PLAN + ":3", "run", "--once")
                  .waitFor())
          .as(pipeline.output())
          .isEqualTo(CrashPoint.EXIT);
      assertThat(pipeline.here("run", "--once")).as(pipeline.output()).isZero();
      assertThat(Lake.at(SharedSpark.session(), place.toString()).bronze("orders").read().count())
          .as("each row once")
          .isEqualTo(ROWS);

      assertThat(pipeline.here("reconcile")).as(pipeline.output()).isZero();
      assertThat(pipeline.output()).contains("orders: equal to its source as of");

      execute(
          connection,
          "UPDATE polled.orders SET total = 1000 WHERE id = 7",
          "DELETE FROM polled.orders WHERE id = 8",
          "UPDATE polled.orders SET total = 2000, updated_at = clock_timestamp() WHERE id = 9");
      assertThat(pipeline.here("reconcile", "--run")).as(pipeline.output()).isEqualTo(3);
      assertThat(pipeline.output())
          .contains("orders: DIFFERS in 2 of 499 rows")
          .contains("{id=7}, total: 1000 in the source, 3.5 in the lake")
          .contains("{id=8} is in the lake only")
          .contains("1 more rows were on their way");
      String found = lastMatch(pipeline, "; run (\\S+)");

      assertThat(pipeline.here("run", "--once")).as(pipeline.output()).isZero();
      assertThat(pipeline.output()).containsPattern("sweep +orders .* 1 read 1 landed");
      assertThat(pipeline.here("repair", "--table", "orders", "--from-reconcile", found, "--merge"))
          .as(pipeline.output())
          .isZero();
      assertThat(pipeline.output())
          .contains("orders: 2 of 2 differing rows read again, 1 changed in silver")
          .contains("{id=7}: {\"id\":7,\"total\":3.50,")
          .contains("-> {\"id\":7,\"total\":1000.00,");
      assertThat(pipeline.here("reconcile")).as(pipeline.output()).isZero();
      assertThat(pipeline.here("backfill", "source", "--table", "orders", "--dry-run"))
          .as(pipeline.output())
          .isZero();
      assertThat(pipeline.output()).contains("orders, all rows: 499 rows, about ");

      assertThat(
              pipeline
                  .start(
                      "-Dtidemark.crash-at=" + CrashPoint.AFTER_BACKFILL_PLAN + ":2",
                      "backfill",
                      "source",
                      "--table",
                      "orders")
                  .waitFor())
          .as(pipeline.output())
          .isEqualTo(CrashPoint.EXIT);
      assertThat(pipeline.here("backfill", "source", "--table", "orders"))
          .as(pipeline.output())
          .isZero();
      assertThat(pipeline.output())
          .contains("going on with the backfill of all rows that was cut off");
      assertThat(
              Lake.at(SharedSpark.session(), place.toString())
                  .bronze("orders")
                  .read()
                  .filter("topic LIKE '~backfill/%' AND source NOT LIKE '%\"incremental\"%'")
                  .count())
          .as("each row once; repair and sweep look for keys")
          .isEqualTo(499);
      assertThat(pipeline.here("status")).isZero();
      assertThat(pipeline.output()).contains("EQUAL AS OF");
    }
  }

  private static String lastMatch(PipelineProcess pipeline, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(pipeline.output());
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }
}
