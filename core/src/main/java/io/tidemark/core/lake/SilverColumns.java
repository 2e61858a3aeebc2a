package io.tidemark.core.lake;

import java.util.List;
import java.util.Map;

/** The columns that silver tables have besides the source's own; they stand last. */
public final class SilverColumns {
  /** Sortable text of the position of the change that made the row. */
  public static final String POSITION = "_position";

  /** The source's time of that change. */
  public static final String SOURCE_TIME = "_source_ts";

  /** When Tidemark applied it. */
  public static final String APPLIED_AT = "_applied_at";

  /** Whether the source has deleted the row; only in tables that keep deleted rows. */
  public static final String DELETED = "_deleted";

  /** The source's time of the delete; null of rows that exist; only in those tables, too. */
  public static final String DELETED_AT = "_deleted_at";

  /**
   * Position of the oldest change that gave a value which the row's own change did not log; null if
   * that has them all. Only in tables that once had such a row.
   */
  public static final String FILLED_FROM = "_filled_from";

  /**
   * Names of the rules that the row breaks; null if it keeps them all. Only in tables that show
   * such rows, or once did.
   */
  public static final String BROKEN_RULES = "_broken_rules";

  /**
   * What the source had in the columns of the row that were corrected: column to text, or to null
   * for NULL; null if nothing was. Only in tables with corrections, or that once had some. {@link
   * OriginalRows} reads it.
   */
  public static final String ORIGINAL = "_original";

  /** Those that every silver table has, in order. */
  public static final List<String> ALL = List.of(POSITION, SOURCE_TIME, APPLIED_AT);

  /** Property of a silver table: what becomes of deleted rows, in the pipeline file's word. */
  public static final String DELETES_PROPERTY = "tidemark.deletes";

  /** Property of a silver table: its key columns, separated by the unit separator U+001F. */
  public static final String KEY_PROPERTY = "tidemark.key";

  private static final String KEY_SEPARATOR = "\u001f";

  private SilverColumns() {}

  /** Whether a column is none of the source's. */
  public static boolean isOwn(String column) {
    return ALL.contains(column)
        || column.equals(DELETED)
        || column.equals(DELETED_AT)
        || column.equals(FILLED_FROM)
        || column.equals(BROKEN_RULES)
        || column.equals(ORIGINAL);
  }

  /** The key columns that a table's properties tell. */
  public static List<String> key(Map<String, String> properties) {
    return List.of(properties.get(KEY_PROPERTY).split(KEY_SEPARATOR));
  }

  /** The property that tells these key columns. */
  public static String keyProperty(List<String> key) {
    return String.join(KEY_SEPARATOR, key);
  }
}
