package io.tidemark.merge;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import io.tidemark.merge.quarantine.QuarantineBook;
import io.tidemark.merge.quarantine.QuarantineDecisions;
import io.tidemark.merge.quarantine.QuarantineFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row rules: what silver shows of rows that break them, and what quarantine says. */
class MergeRowRulesTest {
  private static final String UNLOGGED = "__debezium_unavailable_value";
  private static final Shape ORDERS = Shape.of("id bigint", "total int", "note string");
  private static final RowRule POSITIVE = rule("positive", "total > 0", Action.QUARANTINE);
  private static final RowRule NOTED = rule("noted", "note <> ''", Action.QUARANTINE);

  @TempDir private Path folder;
  private TestLake lake;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
  }

  private static RowRule rule(String name, String condition, Action action) {
    return new RowRule(name, condition, action, Dimension.VALIDITY);
  }

  private static String row(int id, Object total, String note) {
    return "{'id':%d,'total':%s,'note':%s}".formatted(id, total, note);
  }

  private Counts merge() {
    return lake.merge("orders").counts();
  }

  private List<String> why() {
    return TestLake.texts(
        lake.lake().quarantine("orders").read().select(col("key"), col("message")));
  }

  @Test
  void badRowsWaitInQuarantineAndTheLastGoodRowStays() {
    lake.rules("orders", OnQuarantine.KEEP_LAST_GOOD, POSITIVE, NOTED)
        .land(
            "orders",
            ORDERS.update(10, row(1, 5, "'a'")),
            ORDERS.update(20, row(1, -5, "''")),
            ORDERS.update(30, row(2, "null", "'b'")),
            ORDERS.update(40, row(3, 7, "'c'")));
    Counts counts = merge();
    assertThat(lake.rows("orders")).containsExactly("1|5|a", "3|7|c");
    assertThat(counts.of(Count.QUARANTINED)).isEqualTo(2);
    assertThat(counts.of(Count.INSERTED)).isEqualTo(2);
    assertThat(why())
        .containsExactly(
            "{\"id\":1}|positive: is false (total > 0); noted: is false (note <> '')",
            "{\"id\":2}|positive: is NULL (total > 0)");
    lake.land("orders", ORDERS.update(50, row(2, 1, "'d'")), ORDERS.delete(60, "{'id':1}"));
    assertThat(merge().of(Count.QUARANTINED)).isZero();
    assertThat(lake.rows("orders")).containsExactly("2|1|d", "3|7|c");
    lake.land(
        "orders", ORDERS.update(55, row(1, 1, "'late'")), ORDERS.update(35, row(2, 2, "'e'")));
    merge();
    assertThat(lake.rows("orders")).containsExactly("2|1|d", "3|7|c");
    lake.rebuild("orders");
    assertThat(lake.rows("orders")).containsExactly("2|1|d", "3|7|c");
    assertThat(why()).hasSize(2);
  }

  @Test
  void aKeyWhoseNewestRowIsBadShowsNoneWhereSoDeclared() {
    lake.rules("orders", OnQuarantine.REMOVE, POSITIVE)
        .land("orders", ORDERS.update(10, row(1, 5, "'a'")), ORDERS.update(10, row(2, 5, "'a'")));
    merge();
    lake.land("orders", ORDERS.update(30, row(1, -5, "'b'")));
    merge();
    assertThat(lake.rows("orders")).containsExactly("2|5|a");
    lake.land("orders", ORDERS.update(20, row(1, 6, "'late, and older than the bad one'")));
    merge();
    assertThat(lake.rows("orders")).containsExactly("2|5|a");
    lake.land("orders", ORDERS.update(40, row(1, 7, "'c'")));
    merge();
    assertThat(lake.rows("orders")).containsExactly("1|7|c", "2|5|a");
  }

  @Test
  void aBadRowIsShownWithTheNamesOfItsRulesWhereSoDeclared() {
    lake.rules(
            "orders", OnQuarantine.FLAG, POSITIVE, NOTED, rule("small", "total < 9", Action.WARN))
        .land(
            "orders",
            ORDERS.update(10, row(1, -5, "''")),
            ORDERS.update(20, row(2, 5, "'a'")),
            ORDERS.update(30, row(3, 10, "'b'")));
    merge();
    assertThat(flagged())
        .containsExactly("1|-5||WrappedArray(positive, noted)", "2|5|a|null", "3|10|b|null");
    lake.land("orders", ORDERS.update(40, row(1, 5, "'c'")), ORDERS.update(50, row(3, -1, "'d'")));
    merge();
    assertThat(flagged())
        .containsExactly("1|5|c|null", "2|5|a|null", "3|-1|d|WrappedArray(positive)");
    assertThat(why()).hasSize(2);
  }

  private List<String> flagged() {
    return TestLake.texts(
        lake.lake().silver("orders").read().select("id", "total", "note", "_broken_rules"));
  }

  @Test
  void aRuleThatCannotBeComputedOfARowBreaksThere() {
    lake.rules(
            "orders",
            OnQuarantine.KEEP_LAST_GOOD,
            rule("share", "100 / total > 1", Action.QUARANTINE),
            rule("number", "cast(note AS int) > 0", Action.QUARANTINE))
        .land(
            "orders",
            ORDERS.update(10, row(1, 0, "'1'")),
            ORDERS.update(20, row(2, 5, "'one'")),
            ORDERS.update(30, row(3, 5, "'1'")));
    merge();
    assertThat(lake.rows("orders")).containsExactly("3|5|1");
    assertThat(why().get(0)).contains("share: cannot be computed, [DIVIDE_BY_ZERO]");
    assertThat(why().get(1)).contains("number: cannot be computed", "CAST_INVALID_INPUT", "'one'");
  }

  @Test
  void aRowThatLacksValuesIsJudgedWithThoseOfTheBadRowBeforeIt() {
    lake.rules("orders", OnQuarantine.KEEP_LAST_GOOD, POSITIVE, NOTED)
        .land("orders", ORDERS.update(10, row(1, 5, "'a'")));
    merge();
    lake.land("orders", ORDERS.update(20, row(1, -5, "'b'")));
    merge();
    lake.land("orders", ORDERS.update(30, row(1, 6, "'" + UNLOGGED + "'")));
    assertThat(merge().of(Count.UPDATED)).isEqualTo(1);
    assertThat(lake.rows("orders")).containsExactly("1|6|b");
    lake.land("orders", ORDERS.update(40, row(1, -6, "'" + UNLOGGED + "'")));
    assertThat(merge().of(Count.QUARANTINED)).isEqualTo(1);
    assertThat(lake.rows("orders")).containsExactly("1|6|b");
    assertThat(why()).hasSize(2);
  }

  @Test
  void whatIsReleasedIsJudgedAnewAndNeverTakesANewerRowBack() {
    lake.rules("orders", OnQuarantine.REMOVE, POSITIVE)
        .land(
            "orders",
            ORDERS.update(10, row(1, -1, "'a'")),
            ORDERS.update(20, row(2, -2, "'b'")),
            ORDERS.update(30, row(3, -30, "'c'")));
    merge();
    lake.land("orders", ORDERS.update(40, row(2, 2, "'newer'")));
    merge();
    assertThat(states()).containsExactly("1 OPEN", "2 SUPERSEDED", "3 OPEN");
    RunLog runs = new RunLog(lake.lake().spark(), lake.lake().runs());
    QuarantineDecisions decisions = new QuarantineDecisions(lake.lake(), TestLake.context());
    QuarantineFilter positive =
        new QuarantineFilter(Optional.empty(), Optional.of("positive"), List.of());
    assertThat(decisions.release("orders", positive, runs).counts().of(Count.LANDED)).isEqualTo(3);
    assertThat(states()).containsExactly("1 RELEASED", "2 RELEASED", "3 RELEASED");
    lake.rules("orders", OnQuarantine.REMOVE, rule("positive", "total > -9", Action.QUARANTINE));
    merge();
    assertThat(lake.rows("orders")).containsExactly("1|-1|a", "2|2|newer");
    assertThat(states()).containsExactly("1 RELEASED", "2 RELEASED", "3 OPEN");
    assertThat(decisions.discard("orders", positive, "test data")).isEqualTo(1);
    assertThat(states()).containsExactly("1 RELEASED", "2 RELEASED", "3 DISCARDED");
  }

  private List<String> states() {
    return new QuarantineBook(lake.lake())
        .changes("orders", QuarantineFilter.ALL, 9).stream()
            .map(c -> c.key().replaceAll("\\D", "") + " " + c.state())
            .sorted()
            .toList();
  }

  @Test
  void aRuleThatFailsStopsTheMergeBeforeItWrites() {
    lake.land("orders", ORDERS.update(10, row(1, 5, "'a'")));
    merge();
    lake.rules("orders", OnQuarantine.KEEP_LAST_GOOD, rule("known", "id < 9", Action.FAIL))
        .land("orders", ORDERS.update(20, row(2, 5, "'b'")), ORDERS.update(30, row(9, 5, "'c'")));
    assertThatThrownBy(() -> lake.pass("orders"))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("1 rows break a rule")
        .hasMessageContaining("known: is false (id < 9)")
        .extracting(e -> ((TidemarkException) e).exitCode())
        .isEqualTo(ExitCode.QUALITY);
    assertThat(lake.rows("orders")).containsExactly("1|5|a");
  }

  @Test
  void whatIsNoPredicateOverOneRowIsRefusedByName() {
    lake.land("orders", ORDERS.update(10, row(1, 5, "'a'")));
    for (String condition :
        List.of(
            "totl > 0",
            "count(*) > 1",
            "rand() > 0.5",
            "now() > date '2026-01-01'",
            "total",
            "total >",
            "id IN (SELECT 1)")) {
      lake.rules("orders", OnQuarantine.FLAG, rule("r", condition, Action.WARN));
      assertThatThrownBy(() -> lake.pass("orders"))
          .as(condition)
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("rule 'r' (" + condition + ")")
          .extracting(e -> ((TidemarkException) e).exitCode())
          .isEqualTo(ExitCode.CONFIGURATION);
    }
  }
}
