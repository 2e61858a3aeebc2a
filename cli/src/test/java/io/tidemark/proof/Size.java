package io.tidemark.proof;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is tried: {@code normal} with every build, {@code nightly} with the profile of that
 * name; single tables and histories by system property, to repeat a failure.
 *
 * @param seed of the first table; each table has the next one
 * @param tables in all
 * @param tablesAtOnce in one lake
 * @param histories of each table
 * @param portions in which each history arrives
 * @param minimum hits of each rule
 */
record Size(
    long seed, int tables, int tablesAtOnce, List<Integer> histories, int portions, long minimum) {

  static Size fromProperties() {
    boolean nightly = System.getProperty("tidemark.proof.size", "normal").equals("nightly");
    long seed = Long.getLong("tidemark.proof.seed", 1);
    int tables = Integer.getInteger("tidemark.proof.tables", nightly ? 50 : 6);
    int histories = Integer.getInteger("tidemark.proof.histories", nightly ? 200 : 50);
    Integer only = Integer.getInteger("tidemark.proof.history");
    boolean complete = tables >= 6 && histories >= 50 && only == null;
    return new Size(
        seed,
        tables,
        6,
        only == null ? IntStream.range(0, histories).boxed().toList() : List.of(only),
        6,
        !complete ? 0 : nightly ? 1000 : 50);
  }
}
