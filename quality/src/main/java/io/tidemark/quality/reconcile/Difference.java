package io.tidemark.quality.reconcile;

/** One way in which a table of the lake is not what its source is; values are texts for people. */
public sealed interface Difference {
  /** The difference in one line. */
  String text();

  /**
   * A row of the source that the lake does not have.
   *
   * @param key the row's key, as {@code column=value}
   */
  record MissingInLake(String key) implements Difference {
    @Override
    public String text() {
      return "row " + key + " is in the source only";
    }
  }

  /**
   * A row of the lake that the source does not have.
   *
   * @param key the row's key, as {@code column=value}
   */
  record MissingInSource(String key) implements Difference {
    @Override
    public String text() {
      return "row " + key + " is in the lake only";
    }
  }

  /**
   * A row that the lake has more than once.
   *
   * @param key the row's key, as {@code column=value}
   */
  record RepeatedInLake(String key) implements Difference {
    @Override
    public String text() {
      return "row " + key + " is in the lake more than once";
    }
  }

  /**
   * A value that differs.
   *
   * @param key the row's key, as {@code column=value}
   * @param column where it differs
   * @param source the source's value
   * @param lake the lake's value
   */
  record Cell(String key, String column, String source, String lake) implements Difference {
    @Override
    public String text() {
      return "row %s, column %s: %s in the source, %s in the lake"
          .formatted(key, column, source, lake);
    }
  }

  /**
   * A column that only the source has.
   *
   * @param column its name
   */
  record ColumnMissingInLake(String column) implements Difference {
    @Override
    public String text() {
      return "column " + column + " is in the source only";
    }
  }

  /**
   * A column that only the lake has.
   *
   * @param column its name
   */
  record ColumnMissingInSource(String column) implements Difference {
    @Override
    public String text() {
      return "column " + column + " is in the lake only";
    }
  }
}
