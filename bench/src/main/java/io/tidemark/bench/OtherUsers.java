package io.tidemark.bench;

import io.tidemark.sandbox.SandboxAddresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Other users of a database: 50 small transactions a second like pgbench's, one SELECT and one
 * UPDATE by key, each timed.
 */
final class OtherUsers implements AutoCloseable {
  private static final int KEYS = 100_000;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Connection connection;
  private final Thread thread = new Thread(this::work, "other users");
  private long[] nanos = new long[1_000];
  private int count;
  private volatile boolean stopped;

  OtherUsers(SandboxAddresses sandbox) throws SQLException {
    connection = DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE others (id int PRIMARY KEY, balance bigint NOT NULL)");
      statement.execute(
          "INSERT INTO others SELECT i, 0 FROM generate_series(1, %d) i".formatted(KEYS));
    }
    connection.setAutoCommit(false);
    thread.start();
  }

  private void work() {
    Random keys = new Random(7);
    long next = System.nanoTime();
    try (PreparedStatement read =
            connection.prepareStatement("SELECT balance FROM others WHERE id = ?");
        PreparedStatement write =
            connection.prepareStatement("UPDATE others SET balance = balance + 1 WHERE id = ?")) {
      while (!stopped) {
        int key = 1 + keys.nextInt(KEYS);
        long started = System.nanoTime();
        read.setInt(1, key);
        read.executeQuery().close();
        write.setInt(1, key);
        write.executeUpdate();
        connection.commit();
        add(System.nanoTime() - started);
        next += EVERY_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  /** Milliseconds that 19 of 20 transactions took at most, of those since it was asked last. */
  synchronized double p95() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    count = 0;
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length * 19 / 20] / 1e6;
  }

  @Override
  public void close() throws SQLException, InterruptedException {
    stopped = true;
    thread.join();
    connection.close();
  }
}
