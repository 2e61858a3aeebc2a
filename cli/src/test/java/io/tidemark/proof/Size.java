package io.tidemark.proof;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is tried: {@code normal} with every build, {@code nightly} with the profile of that
 * name. One table, or one of its histories, by system property, to repeat a failure.
 *
 * @param seed of the first table; each table has the next one
 * @param tables in all
 * @param tablesAtOnce in one lake
 * @param onlyTable the number of the only table to try; -1 for all
 * @param histories of each table
 * @param portions in which each history arrives
 * @param minimum hits of each rule
 */
record Size(
    long seed,
    int tables,
    int tablesAtOnce,
    int onlyTable,
    List<Integer> histories,
    int portions,
    long minimum) {

  static final int NORMAL_TABLES = 4;
  static final int NORMAL_HISTORIES = 75;
  static final int NORMAL_PORTIONS = 4;

  static Size fromProperties() {
    boolean nightly = System.getProperty("tidemark.proof.size", "normal").equals("nightly");
    int tables = Integer.getInteger("tidemark.proof.tables", nightly ? 48 : NORMAL_TABLES);
    int histories =
        Integer.getInteger("tidemark.proof.histories", nightly ? 210 : NORMAL_HISTORIES);
    int table = Integer.getInteger("tidemark.proof.table", -1);
    Integer history = Integer.getInteger("tidemark.proof.history");
    boolean whole =
        tables >= NORMAL_TABLES && histories >= NORMAL_HISTORIES && table < 0 && history == null;
    return new Size(
        Long.getLong("tidemark.proof.seed", 1),
        tables,
        6,
        table,
        history == null ? IntStream.range(0, histories).boxed().toList() : List.of(history),
        Integer.getInteger("tidemark.proof.portions", nightly ? 6 : NORMAL_PORTIONS),
        !whole ? 0 : nightly ? 1000 : 50);
  }

  /** Whether a table is to be tried. */
  boolean isWanted(int table) {
    return onlyTable < 0 || onlyTable == table;
  }

  /** The system properties that repeat one table of this run. */
  String repeat(int table) {
    return "-Dtidemark.proof.seed=%d -Dtidemark.proof.tables=%d -Dtidemark.proof.histories=%d -Dtidemark.proof.table=%d"
        .formatted(seed, tables, histories.size(), table);
  }
}
