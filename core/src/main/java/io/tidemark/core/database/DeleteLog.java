package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL of a table that triggers fill with the keys of deleted rows, so that polls see deletes. Run
 * by an owner of the table, not by Tidemark. Pure.
 *
 * @param dialect of the table's database
 * @param table whose deletes are kept
 * @param key the columns of its key
 */
public record DeleteLog(Dialect dialect, DatabaseTable table, List<String> key) {
  /** The column with the time of a delete. */
  public static final String DELETED_AT = "deleted_at";

  /** The name of the log, in the table's schema. */
  public String name() {
    return table.name() + "_deletes";
  }

  /**
   * The statements, each ending as the database's own client wants it.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if none are known for this
   *     kind of database
   */
  public String sql() {
    if (dialect instanceof PostgresDialect) {
      return postgres();
    }
    if (dialect instanceof MariaDbDialect) {
      return mariadb();
    }
    throw Errors.configuration(
        "Cannot print triggers for %s: they are known for PostgreSQL, MariaDB and MySQL only"
            .formatted(table.qualified()),
        "Have triggers of your own insert the columns %s and the time, as %s, of each deleted row"
                .formatted(key, DELETED_AT)
            + " into a table, and set it as 'delete-log'; or leave deletes to the sweep");
  }

  private String log() {
    return dialect.quote(table.schema()) + "." + dialect.quote(name());
  }

  private String each(String format, String separator) {
    return key.stream()
        .map(c -> format.formatted(dialect.quote(c), table.type(c).declared()))
        .collect(Collectors.joining(separator));
  }

  private String postgres() {
    String own = dialect.quote(table);
    return """
        CREATE TABLE %1$s (
          %2$s,
          deleted_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE INDEX ON %1$s (deleted_at);
        -- A truncate logs all keys; a changed key counts as a delete of the old one.
        CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF TG_OP = 'TRUNCATE' THEN
            INSERT INTO %1$s (%3$s) SELECT %3$s FROM %4$s;
            RETURN NULL;
          END IF;
          INSERT INTO %1$s (%3$s) VALUES (%5$s);
          RETURN NULL;
        END $$;
        CREATE TRIGGER %6$s AFTER DELETE ON %4$s
          FOR EACH ROW EXECUTE FUNCTION %1$s();
        CREATE TRIGGER %7$s AFTER UPDATE ON %4$s
          FOR EACH ROW WHEN ((%5$s) IS DISTINCT FROM (%8$s)) EXECUTE FUNCTION %1$s();
        CREATE TRIGGER %9$s BEFORE TRUNCATE ON %4$s
          FOR EACH STATEMENT EXECUTE FUNCTION %1$s();
        """
        .formatted(
            log(),
            each("%s %s NOT NULL", ",\n  "),
            each("%s", ", "),
            own,
            each("OLD.%s", ", "),
            dialect.quote(name()),
            dialect.quote(name() + "_update"),
            each("NEW.%s", ", "),
            dialect.quote(name() + "_truncate"));
  }

  private String mariadb() {
    return """
        CREATE TABLE %1$s (
          %2$s,
          deleted_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
          KEY (deleted_at));
        -- A changed key counts as a delete of the old one. TRUNCATE runs no trigger here: after one,
        -- compare the table with its source.
        CREATE TRIGGER %6$s AFTER DELETE ON %4$s
          FOR EACH ROW INSERT INTO %1$s (%3$s) VALUES (%5$s);
        CREATE TRIGGER %7$s AFTER UPDATE ON %4$s
          FOR EACH ROW INSERT INTO %1$s (%3$s) SELECT %5$s FROM DUAL WHERE NOT (%8$s);
        """
        .formatted(
            log(),
            each("%s %s NOT NULL", ",\n  "),
            each("%s", ", "),
            dialect.quote(table),
            each("OLD.%s", ", "),
            dialect.quote(table.schema()) + "." + dialect.quote(name()),
            dialect.quote(table.schema()) + "." + dialect.quote(name() + "_update"),
            key.stream()
                .map(dialect::quote)
                .map(c -> "OLD." + c + " <=> NEW." + c)
                .collect(Collectors.joining(" AND ")));
  }
}
