package io.tidemark.merge.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.merge.silver.SilverSql.KeyBounds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilverSqlTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
  private static final SilverPlan PLAN =
      new SilverPlan(
          List.of("id", "it's `odd`"),
          List.of(
              new LakeField("id", new LakeType.Int64()),
              new LakeField("it's `odd`", new LakeType.Text()),
              new LakeField("body", new LakeType.Text())),
          List.of());

  private static MergeStatement merge(Set<String> unavailable, Optional<KeyBounds> bounds) {
    return SilverSql.merge(PLAN, null, unavailable, bounds, NOW);
  }

  @Test
  void rowsMeetByAllKeyColumns() {
    assertThat(merge(Set.of(), Optional.empty()).matchCondition())
        .isEqualTo("t.`id` = s.`id` AND t.`it's ``odd``` = s.`it's ``odd```");
  }

  @Test
  void boundsOfTheKeyLetFilesBeSkipped() {
    assertThat(merge(Set.of(), Optional.of(new KeyBounds("id", -5, 9))).matchCondition())
        .endsWith(" AND t.`id` BETWEEN -5 AND 9");
  }

  @Test
  void onlyALaterPositionChangesARow() {
    MergeStatement statement = merge(Set.of(), Optional.empty());

    assertThat(statement.deleteCondition())
        .isEqualTo("s.__kind = 'd' AND s._position > t._position");
    assertThat(statement.updateCondition())
        .isEqualTo("s.__kind = 'u' AND s._position > t._position");
  }

  @Test
  void aRowThatLacksValuesIsNeverInserted() {
    assertThat(merge(Set.of("body"), Optional.empty()).insertCondition())
        .isEqualTo("s.__kind = 'u' AND s.__stored_since IS NULL");
  }

  @Test
  void allColumnsAreSetAndTidemarksOwnAreLast() {
    MergeStatement statement = merge(Set.of(), Optional.empty());

    assertThat(statement.inserts().keySet())
        .containsExactly("id", "it's `odd`", "body", "_position", "_source_ts", "_applied_at");
    assertThat(statement.inserts())
        .containsEntry("it's `odd`", "s.`it's ``odd```")
        .containsEntry("_applied_at", "TIMESTAMP '2026-02-03T04:05:06.789012Z'");
    assertThat(statement.updates()).isEqualTo(statement.inserts());
  }

  @Test
  void anUnavailableColumnKeepsALaterStoredValue() {
    MergeStatement statement = merge(Set.of("it's `odd`"), Optional.empty());

    assertThat(statement.updates())
        .containsEntry("body", "s.`body`")
        .containsEntry(
            "it's `odd`",
            "CASE WHEN t._position > s.__unavailable['it\\'s `odd`']"
                + " THEN t.`it's ``odd``` ELSE s.`it's ``odd``` END");
    assertThat(statement.inserts()).containsEntry("it's `odd`", "s.`it's ``odd```");
  }
}
