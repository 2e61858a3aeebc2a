package io.tidemark.proof;

import io.tidemark.core.table.LakeTable;
import io.tidemark.proof.PowerCut.Moment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Some tables in one lake: delivered portion by portion, with kills on the way. */
final class Wave {
  private final Size size;
  private final long seed;
  private final ProofLake lake;
  private final List<TableDelivery> tables;
  private final Coverage coverage;
  private final Set<Integer> merges;

  /** By table: the portions after which it was merged, and the merge outlived the kill. */
  private final Map<String, Set<Integer>> effective = new HashMap<>();

  /** The tables from a number on. */
  Wave(SparkSession spark, Path folder, Size size, int first, Coverage coverage) {
    this.size = size;
    this.seed = size.seed() + 1_000_000L * first;
    this.coverage = coverage;
    this.merges = merges(size.portions(), new SplittableRandom(seed));
    List<TableLife> lives =
        IntStream.range(first, Math.min(first + size.tablesAtOnce(), size.tables()))
            .filter(size::isWanted)
            .mapToObj(index -> TableLife.of(size.seed() + index, index))
            .toList();
    this.lake = new ProofLake(spark, folder, lives);
    this.tables =
        lives.stream()
            .map(life -> new TableDelivery(life, size.histories(), size.portions()))
            .toList();
    lives.forEach(life -> effective.put(life.name(), new TreeSet<>()));
  }

  /** After which portions the lake is merged: always after the last one. */
  static Set<Integer> merges(int portions, SplittableRandom random) {
    Set<Integer> merges = new TreeSet<>(Set.of(portions - 1));
    for (int portion = 0; portion < portions - 1; portion++) {
      if (random.nextInt(5) > 0) {
        merges.add(portion);
      }
    }
    return merges;
  }

  ProofLake lake() {
    return lake;
  }

  List<TableDelivery> tables() {
    return tables;
  }

  /** Delivers and merges everything, killed in two of three portions. */
  void run() {
    TopicLog topics = new TopicLog();
    for (int portion = 0; portion < size.portions(); portion++) {
      for (TableDelivery table : tables) {
        table.send(portion, topics, coverage);
      }
      run(portion, topics);
    }
    for (TableDelivery table : tables) {
      Set<Integer> done = effective.get(table.life().name());
      table.logs().keySet().forEach(history -> Counted.count(table, history, done, coverage));
    }
  }

  private void run(int portion, TopicLog topics) {
    PowerCut cut =
        new PowerCut(lake.root(), tables.stream().map(table -> table.life().name()).toList());
    Map<String, Long> versions = versions();
    Moment before = cut.now();
    coverage.hit(Rule.RECORD_AGAIN, lake.ingest(topics));
    Moment landed = cut.now();
    if (merges.contains(portion)) {
      lake.merge();
    }
    SplittableRandom random = new SplittableRandom(seed + portion);
    boolean last = portion == size.portions() - 1;
    // By turns, so that a few portions have each of them.
    int turn = last ? 2 : Math.floorMod(seed + portion + 2, 3);
    Set<String> cutOff =
        switch (turn) {
          case 0 -> cut.duringMerge(landed, random.nextLong());
          case 1 -> cut.duringIngest(before, landed, random.nextLong());
          default -> Set.of();
        };
    coverage.hit(Rule.CUT_OFF, (long) cutOff.size() * size.histories().size());
    versions()
        .forEach(
            (table, version) -> {
              if (version > versions.get(table)) {
                effective.get(table).add(portion);
              }
            });
  }

  private Map<String, Long> versions() {
    Map<String, Long> versions = new HashMap<>();
    for (TableDelivery table : tables) {
      LakeTable silver = lake.lake().silver(table.life().name());
      versions.put(table.life().name(), silver.exists() ? silver.version() : -1);
    }
    return versions;
  }
}
