package io.tidemark.core.table;

import static io.tidemark.core.table.Tables.ids;
import static io.tidemark.core.table.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.table.TableDefinition.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MERGE with its token. Delta skips a write in silence if the settings for it are left behind. */
@ExtendWith(SharedSpark.class)
class DeltaMergeTest {
  private static final String APP = "spark.databricks.delta.write.txnAppId";
  private static final String VERSION = "spark.databricks.delta.write.txnVersion";

  @TempDir private Path folder;
  private SparkSession spark;
  private LakeTable table;

  @BeforeEach
  void createTable(SparkSession shared) {
    spark = shared;
    table = Tables.notes(spark, folder, Feature.MERGE_TARGET);
    table.append(rows(spark, 1, 2, 3), List.of(new CommitToken("bronze", -1, 4)));
  }

  /** Odd numbers are deleted, even ones get a longer note, new ones are inserted. */
  private static MergeStatement statement(Dataset<Row> source, String matchCondition) {
    return new MergeStatement(
        source,
        matchCondition,
        "s.id % 2 = 1",
        "s.id % 2 = 0",
        Map.of("note", "concat(t.note, '!')"),
        "true",
        Map.of("id", "s.id", "note", "s.note"));
  }

  private MergeCounts merge(long expected, long next, int... ids) {
    return table.merge(
        statement(rows(spark, ids), "t.id = s.id"), new CommitToken("bronze", expected, next));
  }

  private void assertNothingLeftBehind() {
    assertThat(spark.conf().getOption(APP).isEmpty()).isTrue();
    assertThat(spark.conf().getOption(VERSION).isEmpty()).isTrue();
    assertThat(spark.catalog().tableExists("tidemark_merge_source")).isFalse();
  }

  @Test
  void countsWhatItDidAndMovesItsTokenInTheSameCommit() {
    MergeCounts counts = merge(4, 9, 2, 3, 4, 5);

    assertThat(counts).isEqualTo(new MergeCounts(4, 2, 1, 1));
    assertThat(table.version()).isEqualTo(2);
    assertThat(Tables.commit(folder, 2)).contains("\"appId\":\"bronze\",\"version\":9");
    assertThat(table.token("bronze")).isEqualTo(9);
    assertThat(ids(table.read())).containsExactly(1, 2, 4, 5);
    assertThat(table.read().filter("id = 2").head().getString(1)).isEqualTo("note 2!");
    assertNothingLeftBehind();
  }

  @Test
  void aMovedTokenRefusesTheMerge() {
    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> merge(3, 9, 1, 2));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error).hasMessageContaining("its token bronze moved from 3 to 4");
    assertThat(table.version()).isEqualTo(1);
    assertThat(ids(table.read())).containsExactly(1, 2, 3);
    assertNothingLeftBehind();
  }

  /** The other merge commits while this one reads its source. */
  @Test
  void aTokenThatMovesDuringTheMergeRefusesIt() {
    SparkSession other = spark.newSession();
    LakeTable same = LakeTables.at(other, table.path());
    Dataset<Row> source =
        Meanwhile.reading(
            rows(spark, 9),
            () ->
                same.merge(
                    statement(rows(other, 8), "t.id = s.id"), new CommitToken("bronze", 4, 5)));

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () -> table.merge(statement(source, "t.id = s.id"), new CommitToken("bronze", 4, 9)));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error).hasMessageContaining("its token bronze moved from 4 to 5");
    assertThat(ids(table.read())).containsExactly(1, 2, 3, 8);
    assertNothingLeftBehind();
  }

  @Test
  void aFailedMergeLeavesNeitherSettingsNorChanges() {
    MergeStatement broken = statement(rows(spark, 1), "t.id = s.no_such_column");

    assertThatThrownBy(() -> table.merge(broken, new CommitToken("bronze", 4, 9)))
        .hasMessageContaining("no_such_column");

    assertThat(table.version()).isEqualTo(1);
    assertThat(table.token("bronze")).isEqualTo(4);
    assertNothingLeftBehind();
    table.append(rows(spark, 7), List.of());
    assertThat(ids(table.read())).as("the next write is not skipped").contains(7);
  }

  @Test
  void theSameMergeAgainIsRefusedAndNotSkipped() {
    merge(4, 9, 4);

    TidemarkException error = catchThrowableOfType(TidemarkException.class, () -> merge(4, 9, 4));

    assertThat(error).hasMessageContaining("its token bronze moved from 4 to 9");
    assertThat(ids(table.read())).containsExactly(1, 2, 3, 4);
  }
}
