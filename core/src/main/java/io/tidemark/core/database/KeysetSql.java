package io.tidemark.core.database;

import io.tidemark.core.database.Dialect.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Queries over pieces of a table. Pieces are found by walking an order, never by counting rows from
 * the start, so that each costs the same. Pure.
 *
 * @param dialect of the table's database
 * @param table the table
 * @param order terms that no two rows share all of, and that are never null
 * @param filter which rows count; none for all
 */
public record KeysetSql(
    Dialect dialect, DatabaseTable table, List<Term> order, List<Filter> filter) {

  /**
   * A condition on rows.
   *
   * @param sql with one question mark for each parameter
   * @param parameters as texts
   */
  public record Filter(String sql, List<String> parameters) {}

  /** Copies the lists. */
  public KeysetSql {
    order = List.copyOf(order);
    filter = List.copyOf(filter);
  }

  /** The rows of a piece, in no order, as texts of these columns. */
  public Query rows(List<String> columns, Chunk chunk) {
    return rows(columns, List.of(), chunk);
  }

  /** The same with texts of further terms behind the columns. */
  public Query rows(List<String> columns, List<Term> further, Chunk chunk) {
    List<String> parameters = new ArrayList<>();
    String selected =
        Stream.concat(
                columns.stream().map(c -> new Term(dialect.quote(c), table.type(c))),
                further.stream())
            .map(term -> dialect.selected(term.sql(), term.type()))
            .collect(Collectors.joining(", "));
    return query("SELECT " + selected + from() + where(chunk, parameters), parameters);
  }

  /** How many rows there are; one row with one number. */
  public Query count() {
    List<String> parameters = new ArrayList<>();
    return query("SELECT count(*)" + from() + where(Chunk.ALL, parameters), parameters);
  }

  /** The order's terms of the last of so many rows behind a bound; no row if there is none. */
  public Query boundary(List<String> after, long rows) {
    List<String> parameters = new ArrayList<>();
    String aliased = each("%s AS t%d");
    String last =
        "SELECT "
            + aliased
            + from()
            + where(new Chunk(after, List.of()), parameters)
            + " ORDER BY "
            + each("%s")
            + dialect.first(rows);
    List<String> texts = new ArrayList<>();
    List<String> backwards = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      texts.add(dialect.selected("t" + i, order.get(i).type()));
      backwards.add("t" + i + " DESC");
    }
    return query(
        "SELECT %s FROM (%s) piece ORDER BY %s%s"
            .formatted(
                String.join(", ", texts), last, String.join(", ", backwards), dialect.first(1)),
        parameters);
  }

  private Query query(String sql, List<String> parameters) {
    return new Query(table.qualified(), sql, parameters);
  }

  private String from() {
    return " FROM " + dialect.quote(table);
  }

  private String each(String format) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      terms.add(format.formatted(order.get(i).sql(), i));
    }
    return String.join(", ", terms);
  }

  private String where(Chunk chunk, List<String> parameters) {
    List<String> conditions = new ArrayList<>();
    for (Filter one : filter) {
      conditions.add("(" + one.sql() + ")");
      parameters.addAll(one.parameters());
    }
    bound(Side.BEHIND, chunk.after(), conditions, parameters);
    bound(Side.UP_TO, chunk.upTo(), conditions, parameters);
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private void bound(
      Side side, List<String> limit, List<String> conditions, List<String> parameters) {
    if (limit.isEmpty()) {
      return;
    }
    Comparison comparison =
        dialect.compare(
            side,
            order.stream().map(Term::sql).toList(),
            order.stream().map(term -> dialect.parameter(term.type())).toList());
    conditions.add("(" + comparison.sql() + ")");
    comparison.limits().forEach(place -> parameters.add(limit.get(place)));
  }
}
