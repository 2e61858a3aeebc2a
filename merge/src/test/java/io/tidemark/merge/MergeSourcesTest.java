package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.CutOff;
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

/**
 * Rule 15: several sources write one table by a declared policy. The sources' times are their
 * positions in seconds; the LSNs of one source say nothing about those of another.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MergeSourcesTest {
  private static final Shape ITEMS = Shape.of("id bigint", "name string", "clicks bigint");
  private static final String TABLES =
      """
      shards: {sources: {eu: a.b, us: a.c}, source-column: region, deletes: soft}
      latest: {sources: {eu: b.b, us: b.c}, conflicts: source-time}
      trusted: {sources: {eu: c.b, us: c.c}, conflicts: source-priority}
      summed: {sources: {eu: d.b, us: d.c}, conflicts: sum, counters: [clicks]}
      """;

  private TestLake lake;
  private MergeOutcome first;
  private MergeOutcome second;
  private MergeOutcome third;

  private static String row(int id, String name, int clicks) {
    return "{'id':%d,'name':'%s','clicks':%d}".formatted(id, name, clicks);
  }

  @BeforeAll
  void mergeThreeTimes(@TempDir Path folder) {
    lake = new TestLake(folder);
    for (String table : List.of("shards", "latest", "trusted", "summed")) {
      lake.land(
          table + "__eu",
          ITEMS.create(100, row(1, "eu one", 10)),
          ITEMS.create(200, row(2, "eu two", 20)),
          ITEMS.create(300, row(3, "eu three", 30)));
      lake.land(
          table + "__us",
          ITEMS.create(150, row(1, "us one", 1)),
          ITEMS.create(160, row(2, "us two", 2)),
          ITEMS.create(170, row(4, "us four", 4)));
    }
    first = lake.mergeAs(TABLES);
    for (String table : List.of("shards", "latest", "trusted", "summed")) {
      lake.land(table + "__eu", ITEMS.delete(400, "{'id':1}"), ITEMS.truncate(50));
      lake.land(table + "__us", ITEMS.update(410, row(2, "us two again", 7)));
    }
    long before = lake.lake().silver("latest").version();
    second = lake.mergeAs(TABLES);
    CutOff.after(lake.lake(), lake.lake().silver("latest"), before);
    third = lake.mergeAs(TABLES);
  }

  @Test
  void nothingFailsAndRowsAddUp() {
    assertThat(first.failures()).isEmpty();
    assertThat(second.failures()).isEmpty();
    assertThat(third.failures()).isEmpty();
    assertThat(third.steps()).extracting(StepRecord::table).containsOnly("latest");
    assertThat(first.steps())
        .allSatisfy(step -> assertThat(step.counts().unaccounted()).as("%s", step).isZero());
  }

  @Test
  void rule15RowsOfShardsAreDifferentRows() {
    assertThat(rows("shards"))
        .containsExactly(
            "1|eu one|10|eu|true|" + BronzeLog.timeOf(400),
            "1|us one|1|us|false|null",
            "2|eu two|20|eu|false|null",
            "2|us two again|7|us|false|null",
            "3|eu three|30|eu|false|null",
            "4|us four|4|us|false|null");
  }

  @Test
  void rule15TheLatestBySourceTimeWinsAndADeleteCountsToo() {
    // eu deleted row 1 after us wrote it.
    assertThat(rows("latest"))
        .containsExactly("2|us two again|7|us", "3|eu three|30|eu", "4|us four|4|us");
  }

  @Test
  void rule15TheFirstSourceWinsAsLongAsItHasTheRow() {
    assertThat(rows("trusted"))
        .containsExactly("1|us one|1|us", "2|eu two|20|eu", "3|eu three|30|eu", "4|us four|4|us");
  }

  @Test
  void rule15CountersAreSummedOverTheSourcesThatHaveTheRow() {
    assertThat(rows("summed"))
        .containsExactly("2|us two again|27|us", "3|eu three|30|eu", "4|us four|4|us");
  }

  @Test
  void rule15EveryConflictIsCountedAndKept() {
    assertThat(lake.lake().conflicts("shards").exists()).isFalse();
    List<Row> kept =
        lake.lake().conflicts("trusted").read().orderBy("resolved_at", "key").collectAsList();
    assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
    assertThat(kept.get(0).<String>getAs("key")).isEqualTo("{\"id\":1}");
    assertThat(kept.get(0).<String>getAs("chosen")).isEqualTo("eu");
    assertThat(kept.get(0).<String>getAs("policy")).isEqualTo("source-priority");
    assertThat(kept.get(0).getList(kept.get(0).fieldIndex("candidates")).toString())
        .contains("us one", "eu one");
    assertThat(first.steps().stream().filter(step -> step.table().equals("trusted")))
        .extracting(StepRecord::detail)
        .anyMatch(detail -> detail.contains("\"conflicts\":2"));
  }

  private List<String> rows(String table) {
    return TestLake.texts(
        lake.lake().silver(table).read().drop(SilverColumns.ALL.toArray(String[]::new)));
  }
}
