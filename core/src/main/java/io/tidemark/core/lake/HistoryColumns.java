package io.tidemark.core.lake;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns that history tables have besides the source's own; they stand last.
 *
 * <p>A row is an interval: what a row of the source was from one change to the next.
 */
public final class HistoryColumns {
  /**
   * Since when: the source's time of the change that made the interval, or of an earlier one where
   * that is later, so that times never run backwards along the positions. Null if no change up to
   * this one had a time.
   */
  public static final String VALID_FROM = "_valid_from";

  /** Until when, exclusively; null while current. */
  public static final String VALID_TO = "_valid_to";

  /** Whether this is the row's current state; also the table's partition. */
  public static final String IS_CURRENT = "_is_current";

  /** The code of the change that made the interval: r, c or u. */
  public static final String OPERATION = "_op";

  /** Sortable text of that change's position. */
  public static final String POSITION = SilverColumns.POSITION;

  /** The position of the change, delete or truncate that ended it; null while current. */
  public static final String END_POSITION = "_end_position";

  /** The source's own time of the change that made the interval. */
  public static final String SOURCE_TIME = SilverColumns.SOURCE_TIME;

  /** Columns that the change did not log, so that they have the values of before; or null. */
  public static final String UNLOGGED = "_unlogged";

  /** Those of them of which no earlier value is known, and that are null therefore; or null. */
  public static final String UNRESOLVED = "_unresolved";

  /** When Tidemark last wrote the interval. */
  public static final String APPLIED_AT = SilverColumns.APPLIED_AT;

  /** All of them, in order. */
  public static final List<String> ALL =
      List.of(
          VALID_FROM,
          VALID_TO,
          IS_CURRENT,
          OPERATION,
          POSITION,
          END_POSITION,
          SOURCE_TIME,
          UNLOGGED,
          UNRESOLVED,
          APPLIED_AT);

  private static final Set<String> NAMES = ALL.stream().collect(Collectors.toUnmodifiableSet());

  private HistoryColumns() {}

  /** Whether a column is none of the source's. */
  public static boolean isOwn(String column) {
    return NAMES.contains(column);
  }
}
