package io.tidemark.core.table;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rule 12 for tables that are put in place as a whole. */
@ExtendWith(SharedSpark.class)
class DeltaReplacementTest {
  @TempDir private Path folder;
  private SparkSession spark;
  private LakeTable table;

  @BeforeEach
  void createTable(SparkSession shared) {
    spark = shared;
    table = Tables.notes(spark, folder, Feature.MERGE_TARGET);
    table.append(rows(spark, 1, 2), List.of(new CommitToken("t", -1, 1)));
  }

  /** Of a table whose files know its columns by other names, too. */
  @Test
  void rowsColumnsPropertiesAndTokenAreOneCommit() {
    table.renameColumn("note", "text");
    String id = table.id();
    long before = table.version();

    table.replace(
        rows(spark, 7).selectExpr("CAST(id AS BIGINT) AS id", "note", "true AS gone"),
        Map.of("tidemark.test", "other"),
        List.of(new CommitToken("t", 1, 9)));

    assertThat(table.version()).isEqualTo(before + 1);
    assertThat(table.id()).isEqualTo(id);
    assertThat(table.read().schema().simpleString())
        .isEqualTo("struct<id:bigint,note:string,gone:boolean>");
    assertThat(table.read().collectAsList().toString()).isEqualTo("[[7,note 7,true]]");
    assertThat(table.properties())
        .containsEntry("tidemark.test", "other")
        .containsEntry("delta.enableDeletionVectors", "true");
    assertThat(table.token("t")).isEqualTo(9);
    assertThat(ids(table.readVersion(before))).containsExactly(1, 2);
    assertThat(table.size()).extracting("rows", "files", "partitions").containsExactly(1L, 1L, 1L);
  }

  @Test
  void anotherWriterMeanwhileRefusesIt() {
    Dataset<Row> slow =
        Meanwhile.reading(rows(spark, 7), () -> table.append(rows(spark, 3), List.of()));

    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class,
            () -> table.replace(slow, Map.of(), List.of(new CommitToken("t", 1, 9))));

    assertThat(error.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
    assertThat(error).hasMessageContaining("another writer changed it meanwhile");
    assertThat(ids(table.read())).containsExactly(1, 2, 3);
    assertThat(table.token("t")).isEqualTo(1);
  }

  @Test
  void forgettingAVersionKeepsWhatCameSince() {
    long known = table.version();
    table.append(rows(spark, 2, 3), List.of());
    table.forget(known, List.of(new CommitToken("t", 1, 2)));
    assertThat(ids(table.read())).containsExactly(2, 3);
    assertThat(table.token("t")).isEqualTo(2);
  }
}
