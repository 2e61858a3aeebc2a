package io.tidemark.ingest.jdbc;

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
  /** So many queries one connection runs in a round, one after the other. */
  private static final int MOST_IN_TURN = 4;

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

  /**
   * How many queries the round behind another may have. Every round costs commits, and what it read
   * is read again if it is cut off: so rounds begin small, and grow while nothing cuts them off.
   * With a pause they do not, because it stands between rounds.
   *
   * @param before the queries of the round before; 0 if there is none
   */
  int queries(int before) {
    int most = Math.min(RoundOffsets.MOST_PARTS, connections * MOST_IN_TURN);
    return pause.isZero() ? Math.max(connections, Math.min(most, 2 * before)) : connections;
  }

  /** Adds the next pieces behind a bound; whether no more are behind them. */
  boolean chunks(
      Snapshot snapshot, KeysetSql sql, List<String> from, int most, List<Chunk> chunks) {
    List<String> after = from;
    while (true) {
      List<List<String>> boundary = snapshot.rows(sql.boundary(after, chunkRows));
      if (boundary.isEmpty() || chunks.size() == most) {
        return boundary.isEmpty();
      }
      chunks.add(new Chunk(after, boundary.get(0)));
      after = boundary.get(0);
    }
  }
}
