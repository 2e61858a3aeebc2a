package io.tidemark.merge.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.merge.silver.SilverSql.KeyBounds;
import io.tidemark.merge.silver.SilverSql.Trait;
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
    return new SilverSql(PLAN, Set.of(), unavailable, bounds).statement(null, NOW);
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

  @Test
  void aStoredRowGivesWhatTheSourceHad() {
    MergeStatement statement =
        new SilverSql(PLAN, Set.of(Trait.ORIGINALS), Set.of("body"), Optional.empty())
            .statement(null, NOW);

    assertThat(statement.inserts()).containsEntry("_original", "s.__original");
    assertThat(statement.updates())
        .containsEntry("_original", "s.__original")
        .containsEntry(
            "body",
            "CASE WHEN t._position > s.__unavailable['body'] THEN"
                + " CASE WHEN map_contains_key(t._original, 'body')"
                + " THEN CAST(t._original['body'] AS STRING) ELSE t.`body` END"
                + " ELSE s.`body` END");
  }

  @Test
  void aSoftDeleteMarksTheRowAndBringsTheNewerRowBeforeIt() {
    MergeStatement statement =
        new SilverSql(
                PLAN,
                Set.of(Trait.SOFT_DELETES, Trait.FILLED_FROM),
                Set.of("body"),
                Optional.empty())
            .statement(null, NOW);

    assertThat(statement.deleteCondition()).isEqualTo(MergeStatement.NEVER);
    assertThat(statement.updateCondition()).isEqualTo("s._position > t._position");
    assertThat(statement.insertCondition())
        .isEqualTo("s.__row_position IS NOT NULL AND s.__stored_since IS NULL");
    assertThat(statement.updates())
        .containsEntry("_deleted", "s.__kind = 'd'")
        .containsEntry("_deleted_at", "CASE WHEN s.__kind = 'd' THEN s._source_ts END")
        .containsEntry("id", "CASE WHEN s.__row_position > t._position THEN s.`id` ELSE t.`id` END")
        .containsEntry(
            "body",
            "CASE WHEN s.__row_position > t._position THEN"
                + " CASE WHEN NOT t._deleted AND t._position > s.__unavailable['body']"
                + " THEN t.`body` ELSE s.`body` END ELSE t.`body` END");
  }

  @Test
  void aWholeHistoryReplacesARowWhateverItsPosition() {
    MergeStatement statement =
        new SilverSql(PLAN, Set.of(Trait.WHOLE_HISTORIES), Set.of(), Optional.empty())
            .statement(null, NOW);

    assertThat(statement.deleteCondition())
        .isEqualTo(
            "(s.__kind = 'd' AND (s._position > t._position OR s.__whole)"
                + " OR s.__kind = 'x' AND s.__whole)");
    assertThat(statement.updateCondition())
        .isEqualTo("s.__kind = 'u' AND (s._position > t._position OR s.__whole)");
  }
}
