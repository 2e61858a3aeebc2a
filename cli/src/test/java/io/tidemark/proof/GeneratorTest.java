package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Histories must contain what they are meant to try; else the proof proves little. */
class GeneratorTest {
  /** These need a lake. */
  private static final Set<Rule> ONLY_WITH_LAKE =
      Set.of(
          Rule.CUT_OFF,
          Rule.RECORD_AGAIN,
          Rule.HISTORY_COMPARED,
          Rule.VALUE_COMPARED,
          Rule.INTERVAL_COMPARED,
          Rule.MASKED);

  @Test
  void historiesOfTheNormalSizeHitEveryRuleOftenEnough() {
    Coverage coverage = new Coverage();
    TopicLog topics = new TopicLog();
    Set<Integer> merges = Wave.merges(Size.NORMAL_PORTIONS, new SplittableRandom(1));
    for (int index = 0; index < Size.NORMAL_TABLES; index++) {
      TableDelivery table =
          new TableDelivery(
              TableLife.of(1 + index, index),
              IntStream.range(0, Size.NORMAL_HISTORIES).boxed().toList(),
              Size.NORMAL_PORTIONS);
      table.logs().keySet().forEach(h -> Counted.count(table, h, merges, coverage));
      IntStream.range(0, Size.NORMAL_PORTIONS)
          .forEach(portion -> table.send(portion, topics, coverage));
    }
    assertThat(coverage.below(50)).isSubsetOf(ONLY_WITH_LAKE);
  }
}
