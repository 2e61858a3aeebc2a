package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.database.SourceDatabase;
import java.time.Duration;

/**
 * A database that is asked again and again.
 *
 * @param database where it is, and who asks
 * @param every the pause between two polls of a table in a continuous run
 * @param chunkRows how many rows one query reads
 * @param connections how many queries run at the same time
 * @param pause the pause between two rounds of queries of a table, for the database's other users
 * @param statementTimeout the longest that one query may take; zero for no limit
 */
public record JdbcFeed(
    SourceDatabase database,
    Duration every,
    long chunkRows,
    int connections,
    Duration pause,
    Duration statementTimeout)
    implements SourceFeed {
  /** Refuses missing parts. */
  public JdbcFeed {
    requireNonNull(database, "database");
    requireNonNull(every, "every");
    requireNonNull(pause, "pause");
    requireNonNull(statementTimeout, "statementTimeout");
  }

  @Override
  public SourceType type() {
    return SourceType.JDBC;
  }
}
