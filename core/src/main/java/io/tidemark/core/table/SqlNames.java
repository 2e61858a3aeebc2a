package io.tidemark.core.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Identifiers and values in SQL text. */
public final class SqlNames {
  /** A condition with many more takes long to plan. */
  private static final int MOST_IN_A_LIST = 1000;

  private SqlNames() {}

  /** The identifier in back-ticks, whatever characters it has. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** A string literal. */
  public static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A timestamp literal, whatever the session's time zone. */
  public static String timestamp(Instant time) {
    return "TIMESTAMP " + literal(time.toString());
  }

  /** Conditions that a column has one of some texts: each text is in one of them. */
  public static List<String> isIn(String column, List<String> texts) {
    List<String> conditions = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += MOST_IN_A_LIST) {
      int to = Math.min(texts.size(), from + MOST_IN_A_LIST);
      conditions.add(
          texts.subList(from, to).stream()
              .map(SqlNames::literal)
              .collect(Collectors.joining(", ", quote(column) + " IN (", ")")));
    }
    return conditions;
  }
}
