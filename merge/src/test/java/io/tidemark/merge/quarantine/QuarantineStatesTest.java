package io.tidemark.merge.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.run.RunLog;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What quarantine says of changes that something later overtook, or that were decided about. */
class QuarantineStatesTest {
  private static final Shape ORDERS = Shape.of("id bigint", "total int");

  @TempDir private Path folder;
  private TestLake lake;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
    judge("total > 0");
  }

  private void judge(String condition) {
    RowRule rule =
        new RowRule("positive", condition, RowRule.Action.QUARANTINE, Dimension.VALIDITY);
    lake.rules("orders", OnQuarantine.KEEP_LAST_GOOD, rule);
  }

  private static String row(int id, int total) {
    return "{'id':%d,'total':%d}".formatted(id, total);
  }

  private List<String> states() {
    return new QuarantineBook(lake.lake())
        .changes("orders", QuarantineFilter.ALL, 99).stream()
            .map(c -> values(c.after()) + " " + c.state() + c.note().map(n -> " " + n).orElse(""))
            .sorted()
            .toList();
  }

  private static String values(String row) {
    return row.replaceAll("[^-,0-9]", "");
  }

  private static QuarantineFilter ofKey(int id) {
    return new QuarantineFilter(
        Optional.empty(), Optional.empty(), List.of("{\"id\":%d}".formatted(id)));
  }

  private void release(int id) {
    decisions().release("orders", ofKey(id), new RunLog(lake.lake().spark(), lake.lake().runs()));
  }

  private void discard(int id, String note) {
    decisions().discard("orders", ofKey(id), note);
  }

  private QuarantineDecisions decisions() {
    return new QuarantineDecisions(lake.lake(), TestLake.context());
  }

  @Test
  void whatSomethingLaterOvertookIsSuperseded() {
    lake.land(
            "orders",
            ORDERS.create(10, row(1, -1)),
            ORDERS.create(11, row(2, -2)),
            ORDERS.create(12, row(3, -3)),
            ORDERS.delete(13, "{'id':3}"),
            ORDERS.create(14, row(4, -4)),
            ORDERS.update(15, row(4, -40)))
        .merge("orders");
    lake.land("orders", ORDERS.delete(20, "{'id':1}"), ORDERS.update(21, row(2, 2)))
        .merge("orders");
    assertThat(states())
        .containsExactly(
            "1,-1 SUPERSEDED", "2,-2 SUPERSEDED", "3,-3 SUPERSEDED", "4,-4 OPEN", "4,-40 OPEN");

    lake.land("orders", ORDERS.truncate(30), ORDERS.create(40, row(5, -5))).merge("orders");
    assertThat(states())
        .containsExactly(
            "1,-1 SUPERSEDED",
            "2,-2 SUPERSEDED",
            "3,-3 SUPERSEDED",
            "4,-4 SUPERSEDED",
            "4,-40 SUPERSEDED",
            "5,-5 OPEN");
  }

  @Test
  void whatWasReleasedAndPassesOvertakesToo() {
    lake.land("orders", ORDERS.create(10, row(1, -10)), ORDERS.update(20, row(1, -1)))
        .merge("orders");
    release(1);
    judge("total > -5");
    lake.merge("orders");
    assertThat(lake.rows("orders")).containsExactly("1|-1");
    assertThat(states()).containsExactly("1,-1 RELEASED", "1,-10 SUPERSEDED");
  }

  /** A rebuild judges anew: what a release asked for; a discard is about what breaks a rule. */
  @Test
  void aRebuildForgetsNoDiscardOfWhatStillBreaksARule() {
    lake.land(
            "orders",
            ORDERS.create(10, row(1, -1)),
            ORDERS.create(11, row(2, -2)),
            ORDERS.create(12, row(3, -30)),
            ORDERS.create(13, row(4, -40)),
            ORDERS.create(14, row(5, -50)))
        .merge("orders");
    discard(1, "passes later");
    discard(3, "test data");
    release(4);
    lake.rebuild("orders");
    assertThat(states())
        .containsExactly(
            "1,-1 DISCARDED passes later",
            "2,-2 OPEN",
            "3,-30 DISCARDED test data",
            "4,-40 OPEN",
            "5,-50 OPEN");

    release(4);
    judge("total > -9");
    lake.rebuild("orders");
    assertThat(lake.rows("orders")).containsExactly("1|-1", "2|-2");
    assertThat(states()).containsExactly("3,-30 DISCARDED test data", "4,-40 OPEN", "5,-50 OPEN");
  }
}
