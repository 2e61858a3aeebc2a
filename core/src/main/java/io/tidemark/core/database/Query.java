package io.tidemark.core.database;

import java.util.List;

/**
 * A query with its parameters.
 *
 * @param about what it reads, for messages
 * @param sql with one question mark for each parameter
 * @param parameters as texts
 */
public record Query(String about, String sql, List<String> parameters) {
  /** Copies the parameters. */
  public Query {
    parameters = List.copyOf(parameters);
  }
}
