package io.tidemark.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeSqlTest {
  @Test
  void deletesComeBeforeUpdatesAndNamesAreQuoted() {
    Map<String, String> updates = new LinkedHashMap<>();
    updates.put("note", "s.note");
    updates.put("odd `name`", "coalesce(s.x, t.x)");
    Map<String, String> inserts = new LinkedHashMap<>();
    inserts.put("id", "s.id");
    inserts.put("odd `name`", "s.x");
    MergeStatement statement =
        new MergeStatement(
            null, "t.id = s.id", "s.gone", "s.p > t.p", updates, "NOT s.gone", inserts);

    assertThat(MergeSql.of(statement, "delta.`/lake/silver/t`", "src"))
        .isEqualTo(
            """
            MERGE INTO delta.`/lake/silver/t` t USING src s ON t.id = s.id
            WHEN MATCHED AND s.gone THEN DELETE
            WHEN MATCHED AND s.p > t.p THEN UPDATE SET t.`note` = s.note, t.`odd ``name``` = coalesce(s.x, t.x)
            WHEN NOT MATCHED AND NOT s.gone THEN INSERT (`id`, `odd ``name```) VALUES (s.id, s.x)
            """);
  }

  @ParameterizedTest
  @CsvSource({"plain, `plain`", "a.b, `a.b`", "a`b, `a``b`", "with space, `with space`"})
  void identifiersAreQuoted(String name, String quoted) {
    assertThat(SqlNames.quote(name)).isEqualTo(quoted);
  }

  @Test
  void literalsAreQuoted() {
    assertThat(SqlNames.literal("it's \\ a path")).isEqualTo("'it\\'s \\\\ a path'");
    assertThat(SqlNames.timestamp(Instant.parse("2026-02-03T04:05:06.789012Z")))
        .isEqualTo("TIMESTAMP '2026-02-03T04:05:06.789012Z'");
  }

  @Test
  void everyTextOfALongListIsInOneCondition() {
    List<String> texts = IntStream.range(0, 2001).mapToObj(Integer::toString).toList();

    List<String> conditions = SqlNames.isIn("a b", texts);

    assertThat(conditions).hasSize(3);
    assertThat(conditions.get(0)).startsWith("`a b` IN ('0', '1', ").endsWith(", '999')");
    assertThat(conditions.get(2)).isEqualTo("`a b` IN ('2000')");
    assertThat(SqlNames.isIn("a", List.of())).isEmpty();
  }
}
