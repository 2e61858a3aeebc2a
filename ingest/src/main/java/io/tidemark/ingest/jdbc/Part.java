package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Query;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One query and what its rows are; travels to the executors.
 *
 * @param about what it reads, for messages
 * @param sql with one question mark for each parameter
 * @param parameters as texts
 * @param columns of its rows, in order; behind them stands the watermark, if there is one
 * @param key which of them are the key
 * @param deleted the place of the column that tells whether a row was deleted; {@link #NO_COLUMN}
 *     if none does, {@link #ALL_DELETED} if all rows were
 * @param offset of its first row
 * @param standing where its rows stand among all changes
 * @param wanted keys, as the query tells them: a row that is not found is a delete
 */
record Part(
    String about,
    String sql,
    List<String> parameters,
    Map<String, DatabaseType> columns,
    List<String> key,
    int deleted,
    long offset,
    Standing standing,
    List<List<String>> wanted)
    implements Serializable {
  static final int NO_COLUMN = -1;
  static final int ALL_DELETED = -2;

  /** Keeps copies that can be serialized. */
  Part {
    parameters = new ArrayList<>(parameters);
    columns = new LinkedHashMap<>(columns);
    key = new ArrayList<>(key);
    wanted = new ArrayList<>(wanted.stream().map(ArrayList::new).toList());
  }

  /** A query that finds rows, all of which are there. */
  static Part of(
      Query query, DatabaseTable table, List<String> key, long offset, Standing standing) {
    return new Part(
        query.about(),
        query.sql(),
        query.parameters(),
        table.columns(),
        key,
        NO_COLUMN,
        offset,
        standing,
        List.of());
  }

  /** The same of a table in which a column tells whether a row was deleted. */
  Part deletedBy(int column) {
    return new Part(about, sql, parameters, columns, key, column, offset, standing, wanted);
  }

  /** The same, of which these keys are looked for. */
  Part looksFor(List<List<String>> keys) {
    return new Part(about, sql, parameters, columns, key, deleted, offset, standing, keys);
  }

  /**
   * Where rows stand among all changes.
   *
   * @param fixed where they were put; null for the place of the view that they are read in
   * @param mark what they are of a snapshot
   */
  record Standing(LogPlace fixed, Mark mark) implements Serializable {
    /** Each where it is read. */
    static final Standing OWN_VIEW = new Standing(null, Mark.NONE);

    Optional<LogPlace> place() {
      return Optional.ofNullable(fixed);
    }
  }

  /**
   * What the rows of a query are of a snapshot, as Debezium marks them: rows that a whole snapshot
   * does not have are gone.
   */
  enum Mark {
    /** None. */
    NONE(""),
    /** Rows that were chosen; nothing is told of others. */
    INCREMENTAL("incremental"),
    /** The first piece of a whole table. */
    FIRST("first"),
    /** Neither the first nor the last. */
    BETWEEN("true"),
    /** The last piece. */
    LAST("last"),
    /** All of it. */
    WHOLE("true");

    private final String text;

    Mark(String text) {
      this.text = text;
    }

    static Mark of(boolean first, boolean last) {
      if (first) {
        return last ? WHOLE : FIRST;
      }
      return last ? LAST : BETWEEN;
    }

    /** The mark of one row. */
    String of(Row row) {
      if (this != WHOLE || row == Row.BETWEEN) {
        return text;
      }
      return row == Row.LAST ? LAST.text : FIRST.text;
    }

    /** Which of its query's rows a row is; one alone is the last. */
    enum Row {
      FIRST,
      BETWEEN,
      LAST
    }
  }
}
