package io.tidemark.core.table;

/** Identifiers in SQL text. */
public final class SqlNames {
  private SqlNames() {}

  /** The identifier in back-ticks, whatever characters it has. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** A string literal. */
  public static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
