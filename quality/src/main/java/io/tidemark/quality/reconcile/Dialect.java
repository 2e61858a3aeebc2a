package io.tidemark.quality.reconcile;

/** What differs between the databases in the queries of a comparison. */
enum Dialect {
  POSTGRESQL {
    @Override
    String quote(String name) {
      return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Money prints a currency sign. */
    @Override
    String selected(String column, PgType type) {
      return quote(column) + (type.name().equals("money") ? "::numeric" : "");
    }
  },
  /** MySQL too. */
  MARIADB {
    @Override
    String quote(String name) {
      return '`' + name.replace("`", "``") + '`';
    }

    @Override
    String selected(String column, PgType type) {
      return MariaDbForms.selected(quote(column), type.name());
    }
  };

  /** The dialect of an address; PostgreSQL's unless it is one of the MySQL family. */
  static Dialect of(String jdbcUrl) {
    return jdbcUrl.startsWith("jdbc:mariadb:") || jdbcUrl.startsWith("jdbc:mysql:")
        ? MARIADB
        : POSTGRESQL;
  }

  /** A name as it stands in SQL. */
  abstract String quote(String name);

  /** SQL of a column's value as text in a fixed form. */
  abstract String selected(String column, PgType type);
}
