package io.tidemark.merge.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.CutOff;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 14 in the lake: the same intervals whatever arrives when, and after any crash. */
class TableHistoryTest {
  private static final String UNLOGGED = "__debezium_unavailable_value";
  private static final Shape ITEMS = Shape.of("id bigint", "name string", "body string");
  private static final Shape WIDER =
      Shape.of("id bigint", "name string", "extra int", "body string");

  private TestLake lake;
  private LakeHistory items;

  @BeforeEach
  void openLake(@TempDir Path folder) {
    lake = new TestLake(folder);
    items = new LakeHistory(lake, "items");
  }

  private static String row(int id, String name, String body) {
    return "{'id':%d,'name':'%s','body':'%s'}".formatted(id, name, body);
  }

  private static String key(int id) {
    return "{'id':%d}".formatted(id);
  }

  /** One life of five rows, in the order of the log. */
  private static List<Change> log() {
    return List.of(
        ITEMS.read(10, row(1, "a", "x")),
        ITEMS.read(10, row(2, "a", "x")),
        ITEMS.update(20, row(1, "b", UNLOGGED)),
        ITEMS.create(21, row(3, "a", "x")),
        ITEMS.delete(25, key(2)),
        ITEMS.update(30, row(1, "c", "y")),
        ITEMS.update(35, row(1, "d", UNLOGGED)),
        ITEMS.create(40, row(2, "again", "z")),
        ITEMS.delete(45, key(3)),
        ITEMS.create(45, row(4, "was 3", "x")),
        ITEMS.truncate(50),
        ITEMS.create(60, row(1, "new", "n")),
        ITEMS.create(61, row(5, "e", "x")),
        ITEMS.read(65, row(5, "e", "x")),
        ITEMS.update(70, row(5, "f", UNLOGGED)));
  }

  private static final List<String> TOLD =
      List.of(
          "1|a|x 10-20",
          "1|b|x 20-30",
          "1|c|y 30-35",
          "1|d|y 35-50",
          "1|new|n 60-",
          "2|a|x 10-25",
          "2|again|z 40-50",
          "3|a|x 21-45",
          "4|was 3|x 45-50",
          "5|e|x 61-70",
          "5|f|x 70-");

  /** In order: inserts, updates, deletes, a key change, a re-insert, a truncate, a read again. */
  @Test
  void rule14EveryChangeIsAnIntervalAndReplaysChangeNothing() {
    List<Change> log = log();
    lake.land("items", log.subList(0, 5));
    StepRecord first = items.apply();
    assertThat(items.rows())
        .containsExactly("1|a|x 10-20", "1|b|x 20-", "2|a|x 10-25", "3|a|x 21-");
    assertThat(first.counts().of(Count.INSERTED)).isEqualTo(4);
    assertThat(first.counts().of(Count.DELETED)).isEqualTo(1);

    lake.land("items", log.subList(5, log.size()));
    lake.pass("items");
    StepRecord second = items.apply();
    items.verify(lake.lake().silver("items"));
    assertThat(items.rows()).containsExactlyInAnyOrderElementsOf(TOLD);
    assertThat(second.counts().of(Count.REPLAYED)).as("the row read again").isEqualTo(1);
    assertThat(second.counts().of(Count.TRUNCATES)).isEqualTo(1);

    List<String> content = items.content();
    lake.land("items", log.subList(1, 14));
    StepRecord again = items.apply();
    assertThat(again.counts().of(Count.REPLAYED)).isEqualTo(12);
    assertThat(items.content()).isEqualTo(content);
    assertThat(items.pass()).as("nothing has landed since").isEmpty();
  }

  /**
   * Late events split, deletes that came first close; then the memory is written and history is
   * not; and then nothing is left of history.
   */
  @Test
  void rule14AnyArrivalAndAnyCrashGiveTheSameIntervals() {
    long seed = Long.getLong("tidemark.seed", 7);
    List<Change> arrival = new ArrayList<>(log());
    arrival.addAll(log().subList(3, 12));
    Collections.shuffle(arrival, new Random(seed));
    lake.land("items", arrival.subList(0, 9));
    items.apply();
    long before = items.table().version();
    lake.land("items", arrival.subList(9, arrival.size()));
    items.apply();
    assertThat(items.rows())
        .as("repeat with -Dtidemark.seed=%d", seed)
        .containsExactlyInAnyOrderElementsOf(TOLD);
    List<String> content = items.content();

    CutOff.after(lake.lake(), items.table(), before);
    assertThat(items.rows()).hasSizeLessThan(TOLD.size());
    items.apply();
    assertThat(items.content()).as("rule 12, seed %d", seed).isEqualTo(content);

    CutOff.remove(lake.lake(), items.table());
    StepRecord rebuilt = items.apply();
    assertThat(items.content()).as("built from all of bronze, seed %d", seed).isEqualTo(content);
    assertThat(rebuilt.counts().of(Count.READ)).isEqualTo(arrival.size());

    lake.declare("items", "history: true");
    lake.pass("items");
    assertThat(lake.rebuild("items")).hasSize(2);
    assertThat(items.content()).as("built beside it, seed %d", seed).isEqualTo(content);
    lake.land("items", arrival);
    items.apply();
    assertThat(items.content()).as("and sent again, seed %d", seed).isEqualTo(content);
  }

  /** Rules 3 and 11: values not logged are inherited, corrected, named; a column is added. */
  @Test
  void rule14UnloggedValuesAndNewColumnsFollowTheIntervals() {
    lake.land(
        "items",
        ITEMS.create(10, row(1, "a", "x")),
        ITEMS.update(30, row(1, "c", UNLOGGED)),
        ITEMS.update(30, row(2, "lost", UNLOGGED)));
    lake.pass("items");
    items.apply();
    items.verify(lake.lake().silver("items"));
    assertThat(items.rows())
        .containsExactly("1|a|x 10-30", "1|c|x 30-", "2|lost|null 30- unresolved [body]");

    lake.land(
        "items",
        ITEMS.update(20, row(1, "b", "late")),
        ITEMS.create(10, row(2, "found", "y")),
        WIDER.update(40, "{'id':1,'name':'d','extra':7,'body':'%s'}".formatted(UNLOGGED)));
    items.apply();
    assertThat(items.rows())
        .containsExactly(
            "1|a|x|null 10-20",
            "1|b|late|null 20-30",
            "1|c|late|null 30-40",
            "1|d|late|7 40-",
            "2|found|y|null 10-30",
            "2|lost|y|null 30-");
    assertThat(items.content()).noneMatch(text -> text.contains(UNLOGGED));
    List<String> columns = new ArrayList<>(List.of("id", "name", "body", "extra"));
    columns.addAll(HistoryColumns.ALL);
    assertThat(items.table().schema().fieldNames()).containsExactlyElementsOf(columns);
  }
}
