package io.tidemark.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class LakeTest {
  private static final TableDefinition DEFINITION =
      new TableDefinition(
          new StructType().add("id", DataTypes.IntegerType),
          List.of(),
          Map.of(),
          TableDefinition.Feature.APPEND_LOG);

  @TempDir private Path folder;

  /** The layout is a contract with every reader of the lake. */
  @Test
  void everythingHasItsFolder(SparkSession spark) {
    Lake lake = Lake.at(spark, folder.toString());

    assertThat(
            List.of(
                lake.bronze("orders"),
                lake.deadLetters(),
                lake.schemas(),
                lake.silver("orders"),
                lake.tombstones("orders"),
                lake.quarantine("orders"),
                lake.gold("revenue"),
                lake.runs()))
        .extracting(table -> table.path().replace(lake.toString(), ""))
        .containsExactly(
            "/bronze/orders",
            "/bronze/_dead_letters",
            "/bronze/_schemas",
            "/silver/orders",
            "/silver/_tombstones/orders",
            "/silver/_quarantine/orders",
            "/gold/revenue",
            "/_tidemark/runs");
    assertThat(lake.checkpoints()).hasToString(lake + "/_tidemark/checkpoints");
  }

  @Test
  void listsTablesSortedWithoutItsOwnAndWithoutOtherFolders(SparkSession spark) throws Exception {
    Lake lake = Lake.at(spark, folder.toString());
    List.of(lake.bronze("users"), lake.bronze("orders"), lake.deadLetters())
        .forEach((LakeTable table) -> table.create(DEFINITION));
    Files.createDirectories(folder.resolve("bronze/no_table"));
    Files.createFile(folder.resolve("bronze/a_file"));

    assertThat(lake.bronzeTables()).containsExactly("orders", "users");
    assertThat(lake.silverTables()).isEmpty();
    assertThat(lake.goldTables()).isEmpty();
  }

  @Test
  void aFileSystemNobodyKnowsIsUnreachable(SparkSession spark) {
    TidemarkException error =
        catchThrowableOfType(TidemarkException.class, () -> Lake.at(spark, "nosuch://bucket/lake"));

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error).hasMessageStartingWith("Cannot reach the lake at nosuch://bucket/lake: ");
    assertThat(error.remedy()).contains("the setting 'lake'");
  }
}
