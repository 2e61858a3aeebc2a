package io.tidemark.core.table;

import static io.tidemark.core.table.Tables.dataFiles;
import static io.tidemark.core.table.Tables.ids;
import static io.tidemark.core.table.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.table.TableDefinition.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Appending, replacing and following a table. Rule 12: progress is in the same commit. */
@ExtendWith(SharedSpark.class)
class DeltaLakeTableTest {
  @TempDir private Path folder;
  private SparkSession spark;
  private LakeTable table;

  @BeforeEach
  void createTable(SparkSession shared) {
    spark = shared;
    table = Tables.notes(spark, folder, Feature.APPEND_LOG);
  }

  private static CommitToken token(String name, long expected, long next) {
    return new CommitToken(name, expected, next);
  }

  @Test
  void rowsAndTokensAreOneCommit() {
    long written =
        table.append(rows(spark, 1, 2, 3), List.of(token("a/x", -1, 10), token("a/y", -1, 20)));

    assertThat(written).isEqualTo(3);
    assertThat(table.version()).isEqualTo(1);
    assertThat(Tables.commit(folder, 1))
        .contains(
            "\"add\":", "\"appId\":\"a/x\",\"version\":10", "\"appId\":\"a/y\",\"version\":20");
    LakeTable reopened = LakeTables.at(spark, table.path());
    assertThat(reopened.tokens("a/")).isEqualTo(Map.of("a/x", 10L, "a/y", 20L));
    assertThat(reopened.tokens("a/x")).isEqualTo(Map.of("a/x", 10L));
    assertThat(reopened.token("a/y")).isEqualTo(20);
    assertThat(reopened.token("a/z")).isEqualTo(CommitToken.NONE);
    assertThat(ids(reopened.read())).containsExactly(1, 2, 3);
  }

  @Test
  void aMovedTokenRefusesTheCommitAndLeavesNoTrace() {
    table.append(rows(spark, 1), List.of(token("t", -1, 10)));
    List<String> before = dataFiles(folder);

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () -> table.append(rows(spark, 2), List.of(token("new", -1, 1), token("t", 9, 20))));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage(
            "Cannot commit to "
                + table.path()
                + ": its token t moved from 9 to 10, so another writer was there");
    assertThat(error.remedy()).contains("only one process runs this pipeline");
    assertThat(table.version()).isEqualTo(1);
    assertThat(dataFiles(folder)).isEqualTo(before);
    assertThat(table.tokens("")).isEqualTo(Map.of("t", 10L));
    assertThat(ids(table.read())).containsExactly(1);
  }

  /** The other writer commits after this one has looked at the token, and before it commits. */
  @Test
  void aTokenThatMovesDuringTheWriteRefusesTheCommit() {
    List<CommitToken> planned = List.of(token("t", -1, 10));
    Dataset<Row> slow =
        Meanwhile.reading(rows(spark, 1), () -> table.append(rows(spark, 1), planned));

    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> table.append(slow, planned));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage(
            "Cannot commit to "
                + table.path()
                + ": its token t moved from -1 to 10, so another writer was there");
    assertThat(ids(table.read())).as("no doubles").containsExactly(1);
    assertThat(table.version()).isEqualTo(1);
  }

  /** Two pipelines append to one dead letter table. */
  @Test
  void writersWithOtherTokensDoNotDisturb() {
    List<CommitToken> theirs = List.of(token("b", -1, 5));
    Dataset<Row> slow =
        Meanwhile.reading(rows(spark, 2), () -> table.append(rows(spark, 1), theirs));

    table.append(slow, List.of(token("a", -1, 7)));

    assertThat(ids(table.read())).containsExactly(1, 2);
    assertThat(table.tokens("")).isEqualTo(Map.of("a", 7L, "b", 5L));
  }

  @Test
  void appendedRowsAreThoseOfTheVersionsAndNoOthers() {
    table.append(rows(spark, 1, 2), List.of());
    table.append(rows(spark, 3), List.of());
    table.append(rows(spark, 4, 5), List.of());

    assertThat(ids(table.appendedBetween(0, 1))).containsExactly(1, 2);
    assertThat(ids(table.appendedBetween(1, 3))).containsExactly(3, 4, 5);
    assertThat(ids(table.appendedBetween(-1, 3))).containsExactly(1, 2, 3, 4, 5);
    assertThat(table.appendedBetween(1, 2).columns()).containsExactly("id", "note");
    assertThat(ids(table.readVersion(2))).containsExactly(1, 2, 3);
  }

  @Test
  void compactionInBetweenAppendsNothing() {
    table.append(rows(spark, 1), List.of());
    table.append(rows(spark, 2), List.of());
    spark.sql("OPTIMIZE delta.`" + table.path() + "`");
    table.append(rows(spark, 3), List.of());

    assertThat(table.version()).isEqualTo(4);
    assertThat(ids(table.appendedBetween(1, 4))).containsExactly(2, 3);
    assertThat(ids(table.appendedBetween(2, 3))).as("the compaction alone").isEmpty();
    assertThat(ids(table.read())).containsExactly(1, 2, 3);
  }

  /** Rule 13: a gap stops. Rule 12: tokens outlive the log's clean-up. */
  @Test
  void expiredVersionsAreAGapAndTokensOutliveThem() throws Exception {
    for (int i = 1; i <= 4; i++) {
      table.append(rows(spark, i), List.of(token("t", i == 1 ? -1 : i - 1, i)));
    }
    DeltaLog log = DeltaLog.forTable(spark, table.path());
    log.update(false, scala.Option.empty(), scala.Option.empty());
    log.checkpoint();
    Tables.expire(folder, 4);
    DeltaLog.clearCache();

    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> table.appendedBetween(1, 4));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error)
        .hasMessage("Cannot read versions 2 to 4 of " + table.path() + ": they have expired");
    assertThat(error.remedy()).contains("Rebuild the table that is fed from it");
    assertThat(ids(table.appendedBetween(3, 4))).containsExactly(4);
    assertThat(table.token("t")).isEqualTo(4);
    assertThat(ids(table.read())).containsExactly(1, 2, 3, 4);
  }

  @Test
  void replacesRowsAndColumnsAtOnceAndKeepsItsIdentity() {
    table.append(rows(spark, 1, 2), List.of());
    String id = table.id();

    Dataset<Row> other = spark.sql("SELECT 'a' AS name, TIMESTAMP_NTZ'2026-01-01 00:00:00' AS at");
    LakeTable mart = Tables.notes(spark, folder.resolve("mart"), Feature.REPLACED);
    mart.append(rows(spark, 1, 2), List.of());
    mart.replace(other, List.of(token("silver/orders", -1, 7)));
    table.replace(rows(spark, 9), List.of());

    assertThat(mart.schema().fieldNames()).containsExactly("name", "at");
    assertThat(mart.read().collectAsList()).hasSize(1);
    assertThat(mart.token("silver/orders")).isEqualTo(7);
    assertThat(ids(mart.readVersion(1))).as("readers of the last version").containsExactly(1, 2);
    assertThat(ids(table.read())).containsExactly(9);
    assertThat(table.id()).isEqualTo(id).isNotEqualTo(mart.id());
  }

  @Test
  void addedColumnsStandWhereTheyShould() {
    table.append(rows(spark, 1), List.of());

    table.addColumns(fields(column("b", "int"), column("c", "array<string>")), Optional.of("id"));
    table.addColumns(fields(column("first", "date")), Optional.empty());
    table.addColumns(fields(column("odd.name", "binary")), Optional.of("note"));

    assertThat(table.schema().fieldNames())
        .containsExactly("first", "id", "b", "c", "note", "odd.name");
    assertThat(table.schema().apply("c").dataType().sql()).isEqualTo("ARRAY<STRING>");
    Row old = table.read().head();
    assertThat(old.<Integer>getAs("id")).isEqualTo(1);
    assertThat(old.<Object>getAs("b")).isNull();
  }

  private static List<StructField> fields(StructField... fields) {
    return List.of(fields);
  }

  private static StructField column(String name, String type) {
    return StructType.fromDDL("`" + name + "` " + type).fields()[0];
  }

  @Test
  void creatingItAgainChangesNothing() {
    table.append(rows(spark, 1), List.of());
    String id = table.id();

    Tables.notes(spark, folder, Feature.APPEND_LOG);

    assertThat(table.version()).isEqualTo(1);
    assertThat(table.id()).isEqualTo(id);
    assertThat(table.properties())
        .containsEntry("tidemark.test", "yes")
        .containsEntry("delta.enableChangeDataFeed", "true");
  }

  @Test
  void aMissingTableHasNoTokens() {
    LakeTable missing = LakeTables.at(spark, folder.resolve("missing").toString());

    assertThat(missing.exists()).isFalse();
    assertThat(missing.tokens("")).isEmpty();
    assertThat(missing.token("t")).isEqualTo(CommitToken.NONE);
    assertThat(table.exists()).isTrue();
  }

  @Test
  void deletesByConditionAndTellsHowMany() {
    LakeTable silver = Tables.notes(spark, folder.resolve("silver"), Feature.MERGE_TARGET);
    silver.append(rows(spark, 1, 2, 3), List.of());

    assertThat(silver.delete("id >= 2")).isEqualTo(2);
    assertThat(silver.delete("id >= 2")).isZero();
    assertThat(ids(silver.read())).containsExactly(1);
  }
}
