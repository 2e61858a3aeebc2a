package io.tidemark.core.lake;

import java.util.List;

/** The columns that silver tables have besides the source's own; they stand last. */
public final class SilverColumns {
  /** Sortable text of the position of the change that made the row. */
  public static final String POSITION = "_position";

  /** The source's time of that change. */
  public static final String SOURCE_TIME = "_source_ts";

  /** When Tidemark applied it. */
  public static final String APPLIED_AT = "_applied_at";

  /** All of them, in order. */
  public static final List<String> ALL = List.of(POSITION, SOURCE_TIME, APPLIED_AT);

  /** Property of a silver table: its key columns, separated by the unit separator U+001F. */
  public static final String KEY_PROPERTY = "tidemark.key";

  private SilverColumns() {}
}
