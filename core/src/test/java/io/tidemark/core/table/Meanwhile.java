package io.tidemark.core.table;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows during whose reading something else happens, once: another writer's commit, say. */
public final class Meanwhile {
  // Tasks run in this JVM, and get what they do by number, because they are serialized.
  private static final Map<Long, Runnable> ACTIONS = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private Meanwhile() {}

  /** The same rows; the action is done when the first of them is read for the first time. */
  public static Dataset<Row> reading(Dataset<Row> rows, Runnable action) {
    long number = NUMBERS.incrementAndGet();
    SparkSession session = rows.sparkSession();
    ACTIONS.put(
        number,
        () -> {
          SparkSession.setActiveSession(session);
          action.run();
        });
    return rows.map((MapFunction<Row, Row>) row -> after(number, row), Encoders.row(rows.schema()));
  }

  private static Row after(long number, Row row) {
    Runnable action = ACTIONS.remove(number);
    if (action != null) {
      // Spark lets no task use the session, so it must be another thread.
      CompletableFuture.runAsync(action).orTimeout(1, TimeUnit.MINUTES).join();
    }
    return row;
  }
}
