package io.tidemark.proof;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Some tables in one lake: delivered portion by portion, with kills on the way. */
final class Wave {
  private final ProofLake lake;
  private final List<TableDelivery> tables;
  private final int portions;
  private final Set<Integer> merges;
  private final Coverage coverage;
  private final SplittableRandom random;

  Wave(SparkSession spark, Path folder, Size size, int first, int count, Coverage coverage) {
    this.coverage = coverage;
    this.portions = size.portions();
    this.random = new SplittableRandom(size.seed() + first);
    List<TableLife> lives =
        IntStream.range(first, first + count)
            .mapToObj(index -> TableLife.of(size.seed() + index, index))
            .toList();
    this.lake = new ProofLake(spark, folder, lives);
    this.merges = merges(portions, random);
    this.tables =
        lives.stream().map(life -> new TableDelivery(life, size.histories(), portions)).toList();
    tables.forEach(
        table ->
            size.histories().forEach(history -> Counted.count(table, history, merges, coverage)));
  }

  /** After which portions the lake is merged: always after the last one. */
  static Set<Integer> merges(int portions, SplittableRandom random) {
    Set<Integer> merges = new TreeSet<>(Set.of(portions - 1));
    for (int portion = 0; portion < portions - 1; portion++) {
      if (random.nextInt(3) > 0) {
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

  /** Delivers and merges everything, killed at a random write in most portions. */
  void run() {
    TopicLog topics = new TopicLog();
    PowerCut cut = new PowerCut(lake.root());
    long landed = 0;
    for (int portion = 0; portion < portions; portion++) {
      int sent = portion;
      tables.forEach(table -> table.send(sent, topics, coverage));
      FileTime before = portion == 0 ? FileTime.fromMillis(0) : cut.now();
      long records = topics.partitions().stream().mapToLong(List::size).sum();
      coverage.hit(Rule.RECORD_AGAIN, lake.ingest(topics.partitions()) - (records - landed));
      landed = records;
      if (merges.contains(portion)) {
        lake.merge();
      }
      if (portion < portions - 1) {
        coverage.hit(Rule.COMMIT_UNDONE, cut.undoSomeAfter(before, random));
      }
    }
  }
}
