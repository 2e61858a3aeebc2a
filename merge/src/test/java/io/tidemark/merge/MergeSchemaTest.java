package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import io.tidemark.merge.silver.SchemaReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Rule 11: schema changes follow the table's contract, and hold no other table. */
@TestInstance(Lifecycle.PER_CLASS)
class MergeSchemaTest {
  private static final Shape BEFORE = Shape.of("id bigint", "n int", "t string");
  private static final Shape ODD = Shape.of("id bigint", "a b: string", "x.y string");
  private static final Shape ODD_LATER =
      Shape.of("id bigint", "a b: string", "x.y string", "q;{1}: int");

  private final Map<String, StepRecord> last = new TreeMap<>();
  private TestLake lake;

  private static String row(int id, String n, String t) {
    return "{'id':%d,'n':%s,'t':%s}".formatted(id, n, t);
  }

  @BeforeAll
  void mergeTwice(@TempDir Path folder) {
    lake =
        new TestLake(folder)
            .declare("wide", "history: true")
            .declare("unfit", "history: true")
            .declare("renamed", "history: true");
    for (String table : List.of("wide", "unfit", "renamed", "dropped", "ignored", "held")) {
      lake.land(
          table,
          BEFORE.create(10, row(1, "1", "'a'")),
          BEFORE.create(11, row(2, "2", "'b'")),
          BEFORE.create(12, row(3, "3", "'c'")));
    }
    lake.land("odd", ODD.create(10, "{'id':1,'a b':'p','x.y':'q'}"));
    pass();
    lake.declare("renamed", "rename: {t: text}", "history: true")
        .declare("ignored", "schema: {added: ignore}")
        .declare("held", "schema: {added: block}");
    Shape wide = Shape.of("id bigint", "n decimal(20,2)", "t string");
    Shape unfit = Shape.of("id bigint", "n string", "t int");
    Shape text = Shape.of("id bigint", "n int", "t int");
    Shape renamed = Shape.of("id bigint", "n int", "text string");
    Shape dropped = Shape.of("id bigint", "n int");
    Shape added = Shape.of("id bigint", "n int", "t string", "more string");
    lake.land(
        "wide",
        wide.update(20, row(1, "12345678901.50", "'A'")),
        BEFORE.update(15, row(2, "7", "'B'")));
    lake.land(
        "unfit",
        unfit.update(20, row(1, "'x'", "1")),
        unfit.delete(21, "{'id':2}"),
        text.update(22, row(3, "4", "5")),
        BEFORE.create(23, row(4, "4", "'d'")));
    lake.land(
        "renamed",
        renamed.update(20, "{'id':1,'n':1,'text':'A'}"),
        BEFORE.update(15, row(2, "2", "'written before'")));
    lake.land("dropped", dropped.update(20, "{'id':1,'n':9}"));
    String more = "{'id':1,'n':9,'t':'A','more':'m'}";
    lake.land("ignored", added.update(20, more));
    lake.land("held", added.update(20, more));
    lake.land(
        "odd",
        ODD_LATER.update(20, "{'id':1,'a b':'__debezium_unavailable_value','x.y':'Q','q;{1}':5}"));
    pass();
    LakeTable bronze = lake.lake().bronze("unfit");
    bronze.append(bronze.read().filter("after LIKE '%\"x\"%'"), List.of());
    pass();
  }

  private void pass() {
    for (StepRecord step : lake.mergeAll().steps()) {
      assertThat(step.counts().unaccounted()).as("%s", step).isZero();
      last.put(step.table(), step);
    }
  }

  @Test
  void rule11AWidenedColumnWidensAndKeepsItsValues() {
    assertThat(last.get("wide").error()).isEmpty();
    assertThat(lake.rows("wide")).containsExactly("1|12345678901.50|A", "2|7.00|B", "3|3.00|c");
    assertThat(lake.lake().silver("wide").schema().apply("n").dataType().sql())
        .isEqualTo("DECIMAL(20,2)");
  }

  @Test
  void rule11RowsOfAnIncompatibleTypeBecomeDeadLettersAndNoOthers() {
    assertThat(lake.rows("unfit")).containsExactly("1|1|a", "3|4|5", "4|4|d");
    assertThat(last.get("unfit").counts().of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(
            TestLake.texts(
                lake.lake()
                    .deadLetters()
                    .read()
                    .selectExpr(
                        "table", "reason", "message", "string(key)", "string(value)", "stage")))
        .as("once for each time that it landed: it was offered again, and still does not fit")
        .hasSize(2)
        .containsOnly(
            "unfit|INCOMPATIBLE_SCHEMA|column 'n' is INT in silver and STRING in the change|"
                + "{\"id\":1}|"
                + JsonText.compact(Shape.json(row(1, "'x'", "1")))
                + "|merge");
  }

  @Test
  void rule11ARenamedColumnIsOneColumn() {
    assertThat(last.get("renamed").error()).isEmpty();
    assertThat(List.of(lake.lake().silver("renamed").schema().fieldNames()))
        .startsWith("id", "n", "text")
        .doesNotContain("t");
    assertThat(lake.rows("renamed")).containsExactly("1|1|A", "2|2|written before", "3|3|c");
  }

  @Test
  void rule11HistoryFollowsItsTablesColumns() {
    assertThat(history("wide", "n", "t"))
        .containsExactly(
            "1|1.00|a|false",
            "1|12345678901.50|A|true",
            "2|2.00|b|false",
            "2|7.00|B|true",
            "3|3.00|c|true");
    assertThat(history("unfit", "n", "t"))
        .containsExactly("1|1|a|true", "2|2|b|false", "3|3|c|false", "3|4|5|true", "4|4|d|true");
    assertThat(history("renamed", "n", "text"))
        .containsExactly(
            "1|1|A|true", "1|1|a|false", "2|2|b|false", "2|2|written before|true", "3|3|c|true");
  }

  private List<String> history(String table, String... columns) {
    assertThat(last.get(table).error()).isEmpty();
    List<String> selected = new ArrayList<>(List.of(columns));
    selected.add(HistoryColumns.IS_CURRENT);
    return TestLake.texts(
        lake.lake().history(table).read().select("id", selected.toArray(String[]::new)));
  }

  @Test
  void rule11ADroppedColumnStaysAndIsNullFromThenOn() {
    assertThat(lake.rows("dropped")).containsExactly("1|9|null", "2|2|b", "3|3|c");
  }

  @Test
  void rule11AnAddedColumnCanBeLeftOutOrHoldItsTableAlone() {
    assertThat(lake.rows("ignored")).containsExactly("1|9|A", "2|2|b", "3|3|c");
    StepRecord held = last.get("held");
    assertThat(held.outcome()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(held.error().orElseThrow())
        .startsWith("Cannot merge table 'held': the source has a new column 'more' (STRING)");
    assertThat(lake.rows("held")).containsExactly("1|1|a", "2|2|b", "3|3|c");
  }

  @Test
  void rule11RowsFromBeforeAColumnWasAddedHaveItsDefault() {
    Shape added =
        BEFORE
            .with(ColumnDeclaration.parse("string"), "more", "'m'")
            .with(ColumnDeclaration.parse("int"), "bare", null);
    lake.land(
        "filled", BEFORE.create(10, row(1, "1", "'a'")), BEFORE.create(11, row(2, "2", "'b'")));
    pass();
    String own = "{'id':1,'n':1,'t':'A','more':'own','bare':5}";
    lake.land("filled", BEFORE.update(12, row(2, "3", "'B'")), added.update(20, own));
    pass();
    assertThat(lake.rows("filled")).containsExactly("1|1|A|own|5", "2|3|B|m|null");

    lake.land("filled", BEFORE.create(13, row(3, "3", "'late'")));
    pass();
    assertThat(lake.rows("filled"))
        .containsExactly("1|1|A|own|5", "2|3|B|m|null", "3|3|late|m|null");
  }

  @Test
  void rule11ColumnsHaveAnyName() {
    assertThat(last.get("odd").error()).isEmpty();
    assertThat(lake.rows("odd")).containsExactly("1|p|Q|5");
  }

  @Test
  void rule11TheDifferenceAndItsConsequenceAreTold() {
    SchemaReport held = lake.schemas("held");

    assertThat(held.history()).hasSize(2);
    assertThat(held.history().get(0).key()).containsExactly("id");
    assertThat(held.differences())
        .containsExactly(
            new SchemaReport.Difference(
                "more", "added", Optional.of("STRING"), Optional.empty(), "block"));
    assertThat(held.blocked().orElseThrow())
        .contains("new column 'more'")
        .contains("set 'tables.held.schema: {added: add}'");
    assertThat(lake.schemas("wide").differences()).isEmpty();
    assertThat(lake.schemas("wide").blocked()).isEmpty();
    assertThat(lake.schemas("dropped").differences())
        .containsExactly(
            new SchemaReport.Difference(
                "t", "dropped", Optional.empty(), Optional.of("STRING"), "keep"));
  }
}
