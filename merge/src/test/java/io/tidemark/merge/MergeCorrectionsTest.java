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
import io.tidemark.core.lake.OriginalRows;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections: what silver shows of corrected rows, and that what the source had stays known. */
class MergeCorrectionsTest {
  private static final String UNLOGGED = "'__debezium_unavailable_value'";
  private static final Shape ORDERS = Shape.of("id bigint", "total int", "note string");
  private static final RowRule POSITIVE =
      new RowRule("positive", "total > 0", Action.QUARANTINE, Dimension.VALIDITY);

  @TempDir private Path folder;
  private TestLake lake;

  @BeforeEach
  void open() {
    lake = new TestLake(folder);
  }

  private static String row(int id, Object total, String note) {
    return "{'id':%d,'total':%s,'note':%s}".formatted(id, total, note);
  }

  /** Rows with what the source had, as {@code column: text}. */
  private List<String> corrected() {
    return TestLake.texts(
        lake.lake()
            .silver("orders")
            .read()
            .selectExpr(
                "id",
                "total",
                "note",
                "array_join(transform(array_sort(map_entries(_original)), e ->"
                    + " concat(e.key, ': ', coalesce(e.value, 'NULL'))), ', ')"));
  }

  private List<String> asTheSourceHasThem() {
    return TestLake.texts(
        OriginalRows.of(lake.lake().silver("orders").read()).select("id", "total", "note"));
  }

  @Test
  void rowsAreCorrectedBeforeTheyAreJudgedAndTheOriginalsKept() {
    lake.rules("orders", OnQuarantine.KEEP_LAST_GOOD, POSITIVE)
        .corrections(
            "orders", Map.of("total", "coalesce(abs(total), 7)", "note", "lower(trim(note))"))
        .land(
            "orders",
            ORDERS.update(10, row(1, -5, "' A'")),
            ORDERS.update(20, row(2, 5, "'b'")),
            ORDERS.update(30, row(3, "null", "null")),
            ORDERS.update(40, row(4, 0, "'D'")));
    assertThat(lake.merge("orders").counts().of(Count.QUARANTINED)).isEqualTo(1);
    assertThat(corrected())
        .containsExactly("1|5|a|note:  A, total: -5", "2|5|b|null", "3|7|null|total: NULL");
    assertThat(asTheSourceHasThem()).containsExactly("1|-5| A", "2|5|b", "3|null|null");
    lake.land("orders", ORDERS.update(50, row(1, 6, "'c'")), ORDERS.update(60, row(2, -9, "'b'")));
    lake.merge("orders");
    assertThat(corrected())
        .containsExactly("1|6|c|null", "2|9|b|total: -9", "3|7|null|total: NULL");
  }

  @Test
  void aRowWhoseCorrectionFailsWaitsInQuarantine() {
    lake.corrections("orders", Map.of("total", "100 / total", "note", "upper(note)"))
        .land(
            "orders",
            ORDERS.update(10, row(1, 5, "'a'")),
            ORDERS.update(20, row(1, 0, "'b'")),
            ORDERS.update(30, row(2, 0, "'c'")));
    assertThat(lake.merge("orders").counts().of(Count.QUARANTINED)).isEqualTo(2);
    assertThat(corrected()).containsExactly("1|20|A|note: a, total: 5");
    assertThat(
            TestLake.texts(
                lake.lake().quarantine("orders").read().select(col("rules"), col("message"))))
        .hasSize(2)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("(correction of total)", "DIVIDE_BY_ZERO", "(100 / total)"));
    lake.corrections("orders", Map.of("total", "total * 10000"))
        .land("orders", ORDERS.update(40, row(2, 999_999_999, "'d'")));
    assertThat(lake.merge("orders").counts().of(Count.QUARANTINED)).isEqualTo(1);
    assertThat(corrected()).containsExactly("1|20|A|note: a, total: 5");
  }

  @Test
  void noValueIsCorrectedTwiceWhereverARowTakesItFrom() {
    lake.corrections("orders", Map.of("total", "total + 1", "note", "concat(note, '!')"))
        .land("orders", ORDERS.update(10, row(1, 5, "'a'")), ORDERS.update(11, row(2, 5, "'x'")));
    lake.merge("orders");
    lake.land("orders", ORDERS.update(20, row(1, 6, UNLOGGED)));
    lake.merge("orders");
    assertThat(corrected()).containsExactly("1|7|a!|note: a, total: 6", "2|6|x!|note: x, total: 5");
    lake.land(
        "orders", ORDERS.update(15, row(1, 9, "'late'")), ORDERS.update(30, row(2, 7, "'y'")));
    lake.merge("orders");
    assertThat(corrected())
        .containsExactly("1|7|late!|note: late, total: 6", "2|8|y!|note: y, total: 7");
    // What the batch knows is older than what is stored.
    lake.land(
        "orders", ORDERS.update(11, row(2, 5, "'x'")), ORDERS.update(40, row(2, 8, UNLOGGED)));
    lake.merge("orders");
    assertThat(corrected())
        .containsExactly("1|7|late!|note: late, total: 6", "2|9|y!|note: y, total: 8");
    lake.rebuild("orders");
    assertThat(corrected())
        .containsExactly("1|7|late!|note: late, total: 6", "2|9|y!|note: y, total: 8");
    lake.corrections("orders", Map.of())
        .land("orders", ORDERS.update(50, row(1, 8, UNLOGGED)), ORDERS.delete(50, "{'id':2}"));
    lake.merge("orders");
    assertThat(corrected()).as("without corrections").containsExactly("1|8|late|null");
  }

  @Test
  void theOriginalsFollowColumnsThatAreRenamedAndWidened() {
    Shape narrow = Shape.of("id bigint", "f float", "note string");
    Map<String, String> doubled = Map.of("f", "f * 2", "note", "upper(note)");
    lake.corrections("orders", doubled)
        .land("orders", narrow.update(10, "{'id':1,'f':0.1,'note':'a'}"));
    lake.merge("orders");
    Shape wide = Shape.of("id bigint", "f double", "remark string");
    lake.declare("orders", "rename: {note: remark}")
        .corrections("orders", Map.of("f", "f * 2", "remark", "upper(remark)"))
        .land("orders", wide.update(20, "{'id':2,'f':0.1,'remark':'b'}"));
    lake.merge("orders");
    assertThat(
            TestLake.texts(
                OriginalRows.of(lake.lake().silver("orders").read()).select("id", "f", "remark")))
        .containsExactly("1|" + (double) 0.1f + "|a", "2|0.1|b");
  }

  @Test
  void whatCannotBeCorrectedIsRefusedByName() {
    Shape odd = Shape.of("id bigint", "total int", "bytes binary");
    lake.land("orders", odd.update(10, "{'id':1,'total':5,'bytes':null}"));
    for (Map.Entry<String, String> wrong :
        Map.of(
                "id", "id + 1",
                "totl", "1",
                "bytes", "unhex('00')",
                "total", "date '2020-01-01'")
            .entrySet()) {
      lake.corrections("orders", Map.ofEntries(wrong));
      assertThatThrownBy(() -> lake.pass("orders"))
          .as("%s", wrong)
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("Cannot correct column '%s'".formatted(wrong.getKey()))
          .extracting(e -> ((TidemarkException) e).exitCode())
          .isEqualTo(ExitCode.CONFIGURATION);
    }
  }
}
