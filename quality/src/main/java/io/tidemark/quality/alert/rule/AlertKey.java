package io.tidemark.quality.alert.rule;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.AlertKind;

/**
 * What an alert of a pipeline is about; two that are about the same are one.
 *
 * @param table the table with its layer, such as {@code silver.orders}; {@link #ALL} for all
 * @param check the check, the step or the verb it is about; empty where there is one only
 */
public record AlertKey(AlertKind kind, String table, String check) {
  /** In place of a table: the whole pipeline. */
  public static final String ALL = "*";

  public AlertKey {
    requireNonNull(kind, "kind");
    requireNonNull(table, "table");
    requireNonNull(check, "check");
  }

  /** About a table, or all of them. */
  public static AlertKey of(AlertKind kind, String table) {
    return new AlertKey(kind, table, "");
  }
}
