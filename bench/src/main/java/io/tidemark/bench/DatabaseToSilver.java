package io.tidemark.bench;

import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Measures what a polled database costs, each verb in a process of its own as a user starts it: the
 * first load against {@code COPY … TO STDOUT} and against Spark's own copy of the same rows, polls
 * that find 10,000 changes, one and none, and the comparison of all rows against the database's own
 * hashing of them.
 *
 * <p>Arguments: number of rows (5,000,000).
 */
public final class DatabaseToSilver {
  private static final int CHANGES = 10_000;
  private static final Duration BEFORE = Duration.ofSeconds(20);

  private final Path work;
  private final SandboxAddresses sandbox;
  private final long rows;

  private DatabaseToSilver(Path work, SandboxAddresses sandbox, long rows) {
    this.work = work;
    this.sandbox = sandbox;
    this.rows = rows;
  }

  /** Fills a table, runs the verbs, and prints what each took. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
    Path work = Files.createTempDirectory("tidemark-bench");
    SandboxAddresses sandbox =
        Sandbox.start(work.resolve("sandbox"), System.out::println, Sandbox.Lifetime.WITH_PARENT);
    try {
      new DatabaseToSilver(work, sandbox, rows).measure();
    } finally {
      Sandbox.stop(work.resolve("sandbox"));
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException, SQLException;
  }

  private static double seconds(String what, Work work)
      throws IOException, InterruptedException, SQLException {
    long started = System.nanoTime();
    work.run();
    double took = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    System.out.printf("%s: %.1f s%n", what, took);
    return took;
  }

  private void measure() throws IOException, InterruptedException, SQLException {
    try (Connection connection =
        DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password())) {
      fill(connection);
      double copy = seconds("COPY TO STDOUT", () -> copy(connection));
      double plain = seconds("Spark's own copy to Delta", this::plainCopy);
      double load;
      try (OtherUsers users = new OtherUsers(sandbox)) {
        Thread.sleep(BEFORE.toMillis());
        double before = users.p95();
        load = seconds("first load to silver", () -> run("run", "--once"));
        double during = users.p95();
        System.out.printf(
            "p95 of another user's transactions: %.2f ms before the load, %.2f ms during it, ratio"
                + " %.2f%n",
            before, during, during / before);
      }
      System.out.printf(
          "first load: %,.0f rows/s, COPY: %,.0f rows/s, ratio %.2f; Spark's own copy: %,.0f rows/s,"
              + " ratio %.2f%n",
          rows / load, rows / copy, copy / load, rows / plain, plain / load);
      change(connection, CHANGES);
      double query = seconds("the changed rows in SQL", () -> changed(connection));
      double first = seconds("the first poll of changed rows", () -> run("run", "--once"));
      double idle = seconds("a poll without changes", () -> run("run", "--once"));
      change(connection, 1);
      double single = seconds("a poll of one change", () -> run("run", "--once"));
      change(connection, CHANGES);
      double poll = seconds("a later poll of changed rows", () -> run("run", "--once"));
      System.out.printf(
          "polls of %,d changes in %,d rows: %.1f s and %.1f s, of which the source's query %.2f s;"
              + " of one change %.1f s (%.0f %% of the time outside the query), of none %.1f s%n",
          CHANGES, rows, first, poll, query, single, 100 * single / (poll - query), idle);
      double hash = seconds("the source's own hashing", () -> hash(connection));
      double compare = seconds("reconcile", () -> run("reconcile"));
      System.out.printf(
          "reconcile: %,.0f rows/s, the source alone: %,.0f rows/s, ratio %.2f%n",
          rows / compare, rows / hash, hash / compare);
    }
  }

  private void fill(Connection connection) throws SQLException {
    execute(
        connection,
        "CREATE TABLE bench_rows (id bigint PRIMARY KEY, customer int, total numeric(12,2),"
            + " status text, updated_at timestamptz NOT NULL)",
        "INSERT INTO bench_rows SELECT i, i % 1000, i * 0.01, (array['new','paid','sent'])[1 + i % 3],"
            + " timestamptz '2026-01-01 00:00:00+00' + i * interval '1 second'"
            + " FROM generate_series(1, %d) i".formatted(rows),
        "CREATE INDEX ON bench_rows (updated_at, id)",
        "VACUUM ANALYZE bench_rows");
  }

  private void change(Connection connection, int number) throws SQLException {
    execute(
        connection,
        "UPDATE bench_rows SET total = total + 1, updated_at = clock_timestamp()"
            + " WHERE id %% %d = 0".formatted(Math.max(1, rows / number)));
  }

  private void plainCopy() throws IOException, InterruptedException {
    VerbProcess.run(
        home(),
        System.getProperty("java.class.path"),
        "2g",
        PlainCopy.class.getName(),
        List.of(
            sandbox.jdbcUrl(),
            sandbox.user(),
            sandbox.password(),
            "bench_rows",
            "id",
            Long.toString(rows),
            work.resolve("plain").toString()));
  }

  private static Path home() {
    return Path.of(System.getProperty("tidemark.home"));
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void copy(Connection connection) throws SQLException, IOException {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY bench_rows TO STDOUT", OutputStream.nullOutputStream());
  }

  private static void changed(Connection connection) throws SQLException {
    read(
        connection,
        "SELECT * FROM bench_rows WHERE updated_at >= (SELECT max(updated_at) - interval '10 minutes'"
            + " FROM bench_rows)");
  }

  private static void hash(Connection connection) throws SQLException {
    read(
        connection,
        "SELECT count(*), bit_xor(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint)"
            + " FROM bench_rows t");
  }

  private static void read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  private void run(String... verb) throws IOException, InterruptedException {
    Path pipeline = work.resolve("bench.yml");
    Files.writeString(
        pipeline,
        """
        pipeline: bench
        lake: %s
        source: {type: jdbc, url: '%s', user: %s, password: '%s', connections: 2}
        tables: {bench_rows: {watermark: updated_at}}
        """
            .formatted(
                work.resolve("lake"), sandbox.jdbcUrl(), sandbox.user(), sandbox.password()));
    VerbProcess.run(home(), System.getProperty("java.class.path"), "2g", pipeline, verb);
  }
}
