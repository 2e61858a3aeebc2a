package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Queries over rows that are told by their keys. Pure.
 *
 * @param dialect of the table's database
 * @param table the table
 * @param key the columns that tell its rows apart
 */
public record KeyLookup(Dialect dialect, DatabaseTable table, List<String> key) {
  private static final Set<String> WHOLE_NUMBERS =
      Set.of("int2", "int4", "int8", "tinyint", "smallint", "mediumint", "int", "bigint");

  /** The rows that have one of these keys, as texts of these columns. */
  public Query rows(List<String> columns, List<List<String>> keys) {
    return new Query(
        table.qualified(),
        "SELECT %s FROM %s WHERE %s"
            .formatted(selected(columns), dialect.quote(table), condition(keys.size())),
        keys.stream().flatMap(List::stream).toList());
  }

  private String selected(List<String> columns) {
    return columns.stream()
        .map(c -> dialect.selected(dialect.quote(c), table.type(c)))
        .collect(Collectors.joining(", "));
  }

  private String condition(int keys) {
    if (key.size() == 1) {
      String parameter = dialect.parameter(table.type(key.get(0)));
      return dialect.quote(key.get(0))
          + " IN ("
          + String.join(", ", Collections.nCopies(keys, parameter))
          + ")";
    }
    String one =
        key.stream()
            .map(c -> dialect.quote(c) + " = " + dialect.parameter(table.type(c)))
            .collect(Collectors.joining(" AND ", "(", ")"));
    return String.join(" OR ", Collections.nCopies(keys, one));
  }

  /**
   * The same keys in the form in which {@link #rows} tells them: each row has its number among them
   * first.
   */
  public Query texts(List<List<String>> keys) {
    List<String> rows = new ArrayList<>();
    for (int number = 0; number < keys.size(); number++) {
      List<String> texts = new ArrayList<>(List.of(Integer.toString(number)));
      for (String column : key) {
        DatabaseType type = table.type(column);
        texts.add(dialect.selected(dialect.parameter(type), type));
      }
      rows.add("SELECT " + String.join(", ", texts));
    }
    return new Query(
        table.qualified(),
        String.join(" UNION ALL ", rows),
        keys.stream().flatMap(List::stream).toList());
  }

  /**
   * Makes sure that texts can be keys.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one is no value of its
   *     column
   */
  public void require(List<String> one) {
    if (one.size() != key.size()) {
      throw Errors.configuration(
          "Cannot look for %s in %s: its key is %s".formatted(one, table.qualified(), key),
          "Give a value for each column of the key");
    }
    for (int i = 0; i < one.size(); i++) {
      // MariaDB takes any text for a number, and calls it 0.
      if (WHOLE_NUMBERS.contains(table.type(key.get(i)).name())
          && !one.get(i).matches("-?[0-9]{1,20}")) {
        throw Errors.configuration(
            "Cannot look for '%s' in %s: its key column '%s' has the type %s"
                .formatted(one.get(i), table.qualified(), key.get(i), table.type(key.get(i))),
            "Give a whole number");
      }
    }
  }
}
