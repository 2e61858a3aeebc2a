package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.nio.file.Path;
import java.util.List;

/**
 * A declared mart: a query over silver, and what identifies a row of its result.
 *
 * @param name its name in the lake
 * @param sql the file that holds the query, as it was found
 * @param sqlText the query
 * @param key the columns that identify a row; at least one
 * @param redaction which values must not be printed
 */
public record GoldSpec(
    String name, Path sql, String sqlText, List<String> key, Redaction redaction) {

  /** Copies the key. */
  public GoldSpec {
    requireNonNull(name, "name");
    requireNonNull(sql, "sql");
    requireNonNull(sqlText, "sqlText");
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Invalid mart " + name + ": it has no key");
    }
    requireNonNull(redaction, "redaction");
  }

  /** The name and the settings on one line, without the query; secrets are redacted. */
  @Override
  public String toString() {
    return name + " " + Settings.GOLD.describe(this);
  }
}
