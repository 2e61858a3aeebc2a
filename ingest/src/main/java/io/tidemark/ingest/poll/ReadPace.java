package io.tidemark.ingest.poll;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spec.JdbcFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How hard a database is read, which has its own work to do.
 *
 * @param database where it is, and who asks
 * @param chunkRows how many rows one query reads
 * @param connections how many queries run at the same time
 * @param pause the pause between two rounds of queries, for the database's other users
 * @param statementTimeout the longest that one query may take; zero for no limit
 */
public record ReadPace(
    SourceDatabase database,
    long chunkRows,
    int connections,
    Duration pause,
    Duration statementTimeout) {
  /** Refuses what is missing, or out of bounds. */
  public ReadPace {
    requireNonNull(database, "database");
    requireNonNull(pause, "pause");
    requireNonNull(statementTimeout, "statementTimeout");
    if (chunkRows < 1 || connections < 1 || connections > RoundOffsets.MOST_PARTS) {
      throw new IllegalArgumentException(
          "Invalid pace: %d rows by %d connections".formatted(chunkRows, connections));
    }
  }

  /** As the pipeline file has it for polls. */
  public static ReadPace of(JdbcFeed feed) {
    return new ReadPace(
        feed.database(),
        feed.chunkRows(),
        feed.connections(),
        feed.pause(),
        feed.statementTimeout());
  }

  /** A view of the database. */
  Snapshot snapshot() {
    return database.snapshot(statementTimeout);
  }

  /** The database's clock. */
  Instant now() {
    try (Snapshot snapshot = database.snapshot()) {
      return snapshot.moment().clock();
    }
  }

  /** Adds the pieces behind a bound, as many as run together; whether no more are behind them. */
  boolean chunks(Snapshot snapshot, KeysetSql sql, List<String> from, List<Chunk> chunks) {
    List<String> after = from;
    while (true) {
      List<List<String>> boundary = snapshot.rows(sql.boundary(after, chunkRows));
      if (boundary.isEmpty() || chunks.size() == connections) {
        return boundary.isEmpty();
      }
      chunks.add(new Chunk(after, boundary.get(0)));
      after = boundary.get(0);
    }
  }
}
