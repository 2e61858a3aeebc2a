package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Many tables side by side in two passes: kinds of keys and names, and tables that are held. */
@TestInstance(Lifecycle.PER_CLASS)
class MergeJobTest {
  private static final Shape PAIRS = Shape.keyed(2, "country string", "code int", "name string");
  private static final Shape TEXTS = Shape.of("id string", "n int");
  private static final Shape LIMITS = Shape.of("id bigint", "n int");
  private static final Shape NAMES =
      Shape.of("the`id: int", "a.b: int", "it's: string", "größe: int", "select: int");
  private static final Shape SPACED = Shape.of("id int", "order date: string");
  private static final Shape NUMBERS = Shape.of("id int", "value int");
  private static final Shape WORDS = Shape.of("id int", "value string");

  private TestLake lake;
  private MergeOutcome first;
  private MergeOutcome second;

  @BeforeAll
  void mergeTwice(@TempDir Path folder) {
    lake = new TestLake(folder);
    landRows();
    first = lake.mergeAll();
    landChanges();
    second = lake.mergeAll();
  }

  private void landRows() {
    lake.land(
        "pairs",
        PAIRS.create(10, "{'country':'NO','code':1,'name':'a'}"),
        PAIRS.create(10, "{'country':'NO','code':2,'name':'b'}"),
        PAIRS.create(10, "{'country':'SE','code':1,'name':'c'}"));
    lake.land(
        "texts",
        TEXTS.create(10, "{\"id\":\"it's\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"say \\\"hi\\\"\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"back`tick\\\\slash\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"Ærøskøbing \\ud83d\\ude80\\n\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"A\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"a\",\"n\":1}"),
        TEXTS.create(10, "{\"id\":\"a \",\"n\":1}"));
    lake.land(
        "limits",
        LIMITS.create(10, "{'id':-9223372036854775808,'n':1}"),
        LIMITS.create(10, "{'id':9223372036854775807,'n':1}"),
        LIMITS.create(10, "{'id':9007199254740993,'n':1}"));
    lake.land(
        "names",
        NAMES.create(10, "{\"the`id\":1,\"a.b\":2,\"it's\":\"x\",\"größe\":3,\"select\":4}"));
    lake.land("spaced", SPACED.create(10, "{'id':1,'order date':'x'}"));
    lake.land("changed", NUMBERS.create(10, "{'id':1,'value':5}"));
  }

  private void landChanges() {
    lake.land(
        "pairs",
        PAIRS.update(20, "{'code':1,'name':'A','country':'NO'}"),
        PAIRS.delete(20, "{'code':1,'country':'SE'}"));
    lake.land(
        "texts",
        TEXTS.update(20, "{\"id\":\"it's\",\"n\":2}"),
        TEXTS.delete(20, "{\"id\":\"say \\\"hi\\\"\"}"),
        TEXTS.update(20, "{\"id\":\"back`tick\\\\slash\",\"n\":2}"),
        TEXTS.update(20, "{\"id\":\"Ærøskøbing \\ud83d\\ude80\\n\",\"n\":2}"),
        TEXTS.update(20, "{\"id\":\"\",\"n\":2}"),
        TEXTS.delete(20, "{\"id\":\"a\"}"));
    lake.land(
        "limits",
        LIMITS.update(20, "{'id':-9223372036854775808,'n':2}"),
        LIMITS.delete(20, "{'id':9223372036854775807}"));
    lake.land(
        "names",
        NAMES.update(20, "{\"the`id\":1,\"a.b\":5,\"it's\":\"y\",\"größe\":6,\"select\":7}"));
    lake.land("changed", WORDS.update(20, "{'id':1,'value':'five'}"));
  }

  @Test
  void rowsOfACompositeKeyMeetByAllItsColumns() {
    assertThat(lake.rows("pairs")).containsExactly("NO|1|A", "NO|2|b");
  }

  @Test
  void textKeysMayHaveAnyCharacters() {
    assertThat(lake.rows("texts"))
        .containsExactlyInAnyOrder(
            "it's|2", "back`tick\\slash|2", "Ærøskøbing 🚀\n|2", "|2", "A|1", "a |1");
  }

  @Test
  void wholeNumberKeysMayBeAsLargeAsTheyGet() {
    assertThat(lake.rows("limits"))
        .containsExactlyInAnyOrder("-9223372036854775808|2", "9007199254740993|1");
  }

  @Test
  void columnsMayHaveOddNames() {
    assertThat(lake.lake().silver("names").schema().fieldNames())
        .startsWith("the`id", "a.b", "it's", "größe", "select");
    assertThat(lake.rows("names")).containsExactly("1|5|y|6|7");
  }

  @Test
  void rule11ANameThatParquetCannotHoldIsMapped() {
    assertThat(first.failures()).isEmpty();
    assertThat(first.steps()).hasSize(6);
    assertThat(lake.lake().silver("spaced").schema().fieldNames()).contains("order date");
    assertThat(lake.rows("spaced")).containsExactly("1|x");
  }

  @Test
  void rule11RowsOfAnIncompatibleTypeBecomeDeadLettersAndHoldNothing() {
    StepRecord step = step(second, "changed");

    assertThat(second.failures()).isEmpty();
    assertThat(step.outcome()).isEqualTo(ExitCode.DONE);
    assertThat(step.counts().of(Count.DEAD_LETTERED)).isEqualTo(1);
    assertThat(lake.rows("changed")).as("the last good state").containsExactly("1|5");
    assertThat(lake.lake().deadLetters().read().select("table", "reason").collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactly("changed INCOMPATIBLE_SCHEMA");
  }

  @Test
  void everyStepIsRecordedAndAddsUp() {
    List<Row> records = lake.lake().runs().read().orderBy("started_at").collectAsList();

    assertThat(records).hasSize(first.steps().size() + second.steps().size());
    for (Row row : records) {
      long out = 0;
      for (String column : row.schema().fieldNames()) {
        if (column.startsWith("rows_") && !column.equals("rows_read")) {
          out += row.<Long>getAs(column);
        }
      }
      assertThat(out).as("%s", row).isEqualTo(row.<Long>getAs("rows_read"));
      assertThat(row.<String>getAs("step")).isEqualTo("merge");
    }
  }

  @Test
  void tablesOfOtherPipelinesAreLeftAlone(@TempDir Path folder) {
    TestLake other = new TestLake(folder);
    new BronzeLog(other.lake(), "elsewhere")
        .land("items", List.of(TEXTS.create(10, "{'id':'a','n':1}")));

    assertThat(other.mergeAll().steps()).isEmpty();
    assertThat(other.lake().silverTables()).isEmpty();
  }

  private static StepRecord step(MergeOutcome outcome, String table) {
    return outcome.steps().stream().filter(s -> s.table().equals(table)).findFirst().orElseThrow();
  }
}
