package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.core.table.TableDefinition.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidemark check} says of a checks file. */
@ExtendWith(SharedSpark.class)
class ChecksCheckTest {
  @TempDir Path folder;

  @Test
  void aPipelineWithoutChecksIsNotLookedAt() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yml"), text(""));
    assertThat(ChecksCheck.run(PipelineFile.read(file, Map.of()))).isEmpty();
  }

  @Test
  void findingsNameFileAndLine(SparkSession spark) throws IOException {
    StructType columns = StructType.fromDDL("id BIGINT, amount DOUBLE");
    Lake.at(spark, folder.resolve("lake").toString())
        .silver("orders")
        .create(new TableDefinition(columns, List.of(), Map.of(), Feature.MERGE_TARGET));
    PipelineSpec sound =
        spec("tables: {silver.orders: {rules: {a: amount > 0}}, silver.later: {}}");
    String checks = "checks file " + folder.resolve("checks.yml");
    assertThat(new CheckReport("shop", ChecksCheck.run(sound)).text())
        .isEqualTo(
            "ok       "
                + checks
                + ": tables: 2, row rules: 1, checks: 0: they fit the tables that exist\n"
                + "note     "
                + checks
                + ":1:51: tables.silver.later: silver.later does not exist yet\n"
                + "         -> it is looked at once it does\n"
                + "check of shop: 0 errors, 0 warnings\n");

    PipelineSpec wrong = spec("tables: {silver.orders: {rules: {a: amuont > 0}}}");
    CheckReport report = new CheckReport("shop", ChecksCheck.run(wrong));
    assertThat(report.exitCode().code()).isEqualTo(2);
    assertThat(report.text())
        .contains("error    " + checks + ":1:37: tables.silver.orders.rules.a.rule: 'amuont' is")
        .contains("-> did you mean 'amount'? there are: id, amount");
  }

  private PipelineSpec spec(String checks) throws IOException {
    Files.writeString(folder.resolve("checks.yml"), checks);
    Path file = Files.writeString(folder.resolve("shop.yml"), text("checks: checks.yml\n"));
    return PipelineFile.read(file, Map.of());
  }

  private String text(String checks) {
    return "pipeline: shop\nlake: "
        + folder.resolve("lake")
        + "\nsource: {type: files, path: /events}\n"
        + checks;
  }
}
