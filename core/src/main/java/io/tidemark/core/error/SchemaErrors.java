package io.tidemark.core.error;

import java.util.List;
import java.util.Set;

/**
 * Why a table stays at its last good state: what its source or its settings make of its columns and
 * its key does not fit what it is.
 */
public final class SchemaErrors {
  private SchemaErrors() {}

  /** A source column whose name silver needs itself. */
  public static TidemarkException reservedColumn(String table, String column) {
    return Errors.dataLoss(
        "Cannot merge table '%s': the source's column '%s' has a name that Tidemark uses itself"
            .formatted(table, column),
        "Rename the column in the source, or exclude it in the connector (column.exclude.list)");
  }

  /** Two source columns that a lake cannot tell apart. */
  public static TidemarkException columnsDifferInCase(String table, String one, String other) {
    return Errors.dataLoss(
        "Cannot merge table '%s': its columns '%s' and '%s' differ only in case"
            .formatted(table, one, other),
        "Give one of them another name in the lake: 'tables.%s.rename: {%s: another_name}'"
            .formatted(table, other));
  }

  /** A column that the table's contract does not let in. */
  public static TidemarkException columnAdded(String table, String column, String type) {
    return Errors.dataLoss(
        "Cannot merge table '%s': the source has a new column '%s' (%s), and the contract says"
                .formatted(table, column, type)
            + " 'added: block'",
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " set 'tables.%s.schema: {added: add}' to have the column, or 'ignore' to leave it out"
                .formatted(table));
  }

  /** A column that the table's contract does not let go. */
  public static TidemarkException columnDropped(String table, String column) {
    return Errors.dataLoss(
        "Cannot merge table '%s': the source has dropped the column '%s', and the contract says"
                .formatted(table, column)
            + " 'dropped: block'",
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " set 'tables.%s.schema: {dropped: keep}', or 'tables.%s.rename: {%s: its_new_name}'"
                .formatted(table, table, column)
            + " if the column was renamed");
  }

  /** A column's new type does not fit the lake's column, or the contract lets it not grow. */
  public static TidemarkException columnTypeChanged(
      String table, String column, String from, String to, String change) {
    return Errors.dataLoss(
        "Cannot merge table '%s': column '%s' is %s in silver and %s in newer changes"
            .formatted(table, column, from, to),
        "The table is held at its last good state, others go on, and its changes wait in bronze;"
            + " change the type back in the source, or see 'tables.%s.schema: {%s: ...}', or give"
                .formatted(table, change)
            + " the column another name in the lake with 'rename'");
  }

  /** Sources of one table give a column types that have none in common. */
  public static TidemarkException sourcesDisagree(
      String table, String column, String one, String other) {
    return Errors.dataLoss(
        "Cannot combine table '%s': column '%s' is %s in one source and %s in another"
            .formatted(table, column, one, other),
        "Make the types alike in the sources, or declare 'tables.%s.columns' (events without"
                .formatted(table)
            + " schema block); the sources' own tables are merged meanwhile");
  }

  /** Sources of one table have different keys. */
  public static TidemarkException sourceKeysDisagree(
      String table, List<String> one, List<String> other) {
    return Errors.dataLoss(
        "Cannot combine table '%s': the key is %s in one source and %s in another"
            .formatted(table, one, other),
        "Declare 'tables." + table + ".key'; the sources' own tables are merged meanwhile");
  }

  /** A table was made with another setting for what its rows are, such as {@code deletes: soft}. */
  public static TidemarkException deletesChanged(String table, String from, String to) {
    return Errors.configuration(
        "Cannot merge table '%s': it was made with '%s', and the pipeline file says '%s'"
            .formatted(table, from, to),
        "Set '%2$s' under 'tables.%1$s' again, or make the table what the file says: tidemark backfill bronze --pipeline FILE --table %1$s"
            .formatted(table, from));
  }

  /** The source's primary key changed. */
  public static TidemarkException keyChanged(String table, List<String> from, List<String> to) {
    return Errors.dataLoss(
        "Cannot merge table '%s': its key was %s and is %s in newer changes"
            .formatted(table, from, to),
        "The table is held at its last good state, others go on; take a new snapshot of it into"
            + " another lake table, or declare 'tables."
            + table
            + ".key'");
  }

  /** Bronze rows name a schema that the lake does not have. */
  public static TidemarkException schemasMissing(String table, Set<String> missing) {
    return Errors.dataLoss(
        "Cannot merge table '%s': bronze/_schemas lacks the schemas %s".formatted(table, missing),
        "Restore the table bronze/_schemas to an older version (RESTORE TABLE)");
  }
}
