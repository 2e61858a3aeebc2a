package io.tidemark.quality.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.TableProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class SuggestJobTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");

  /** 400 orders, each column with a property of its own. */
  private static final List<String> COLUMNS =
      List.of(
          "id AS order_id",
          "id % 40 AS user_id",
          "elt(int(id % 4) + 1, 'new', 'it\\'s \"paid\"', 'NullValue', 'a, b: [c]') AS status",
          "IF(id IN (0, 20), concat('typo', id), elt(int(id % 3) + 1, 'x', 'y', 'z')) AS channel",
          "IF(id % 10 = 0, NULL, concat('note ', id)) AS note",
          "IF(id % 10 < 7, NULL, 'rare') AS coupon",
          "elt(int(id % 2) + 1, 'hash-of-a', 'hash-of-b') AS EMail",
          "concat('R-', 1000 + id) AS reference",
          "CAST(id * 1.5 AS DECIMAL(10,2)) AS amount",
          "CAST(id - 5 AS INT) AS balance",
          "string(id % 7) AS rating",
          "elt(int(id % 90) % 26 + 1, 'DE','AT','CH','FR','IT','ES','PT','NL','BE','LU','DK','SE',"
              + "'NO','FI','PL','CZ','SK','HU','SI','HR','RO','BG','GR','IE','EE','LV') AS country",
          "date_add(DATE'2026-01-01', int(id)) AS `day.of order`",
          "array(id) AS tags",
          "CAST(NULL AS STRING) AS nothing",
          "string(id) AS _position");

  @TempDir private Path folder;

  @Test
  void proposesWhatHoldsAndNothingThatIsChance(SparkSession spark) throws IOException {
    Lake lake = lake(spark, 400);
    SuggestJob.Suggested suggested =
        new SuggestJob(pipeline(), lake).run(ORDERS, OptionalDouble.empty());

    assertThat(YamlLines.of(suggested.proposals()))
        .containsExactly(
            "order_id_unique: {type: uniqueness, columns: [order_id], at-least: 1.0}"
                + " # the key: no two of 400 rows have the same",
            complete("order_id"),
            complete("user_id"),
            complete("status"),
            "status_known: {type: contained-in, column: status,"
                + " values: [NullValue, \"a, b: [c]\", \"it's \\\"paid\\\"\", new], at-least: 1.0}"
                + " # 4 different values in all of 400 rows",
            complete("channel"),
            "channel_known: {type: contained-in, column: channel, values: [x, y, z],"
                + " at-least: 0.98, severity: warn}"
                + " # 3 of 5 different values cover 99.5 % of 400 rows",
            "note_complete: {type: completeness, column: note, at-least: 0.86, severity: warn}"
                + " # 90 % of 400 rows have a value",
            complete("EMail"),
            complete("reference"),
            "reference_unique: {type: uniqueness, columns: [reference], at-least: 1.0}"
                + " # no two of 400 rows have the same",
            "reference_min_length: {type: min-length, column: reference, at-least: 6}"
                + " # every text in 400 rows has 6 characters",
            "reference_max_length: {type: max-length, column: reference, at-most: 6}"
                + " # every text in 400 rows has 6 characters",
            complete("amount"),
            "amount_not_negative: {type: min, column: amount, at-least: 0}"
                + " # the least of 400 rows is 0",
            complete("balance"),
            complete("rating"),
            "rating_integral: {type: data-type, column: rating, kind: integral, at-least: 1.0}"
                + " # every text in 400 rows can be read as integral",
            complete("country"),
            "country_min_length: {type: min-length, column: country, at-least: 2}"
                + " # every text in 400 rows has 2 characters",
            "country_max_length: {type: max-length, column: country, at-most: 2}"
                + " # every text in 400 rows has 2 characters",
            "day_of_order_complete: {type: completeness, column: \"day.of order\", at-least: 1.0}"
                + " # every one of 400 rows has a value",
            complete("tags"));
    describes(suggested.profile());
  }

  private static String complete(String column) {
    return "%1$s_complete: {type: completeness, column: %1$s, at-least: 1.0}".formatted(column)
        + " # every one of 400 rows has a value";
  }

  private static void describes(TableProfile profile) {
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .hasSize(COLUMNS.size() - 1)
        .doesNotContain("_position");
    ColumnProfile amount = profile.column("amount");
    assertThat(amount.extent()).contains(new ColumnProfile.Extent("0", "598.5"));
    assertThat(amount.mean()).hasValue(299.25);
    assertThat(profile.column("day.of order").extent())
        .contains(new ColumnProfile.Extent("2026-01-01", "2027-02-04"));
    assertThat(profile.column("status").values()).hasSize(4).containsEntry("NullValue", 100L);
    assertThat(profile.column("EMail")).isEqualTo(profile.column("EMail").veiled());
    assertThat(profile.column("nothing").complete()).isZero();
    assertThat(profile.column("tags").distinct()).isEmpty();
  }

  @Test
  void ofASampleSaysSoAndClaimsLess(SparkSession spark) throws IOException {
    Lake lake = lake(spark, 400);
    SuggestJob.Suggested suggested =
        new SuggestJob(pipeline(), lake).run(ORDERS, OptionalDouble.of(50));

    assertThat(suggested.profile().rows().count()).isBetween(100L, 300L);
    assertThat(YamlLines.of(suggested.proposals()))
        .allMatch(line -> line.contains("sampled rows"))
        .noneMatch(line -> line.startsWith("reference_unique"))
        .filteredOn(line -> !line.startsWith("order_id_unique"))
        .isNotEmpty()
        .allMatch(line -> line.contains("severity: warn"));
  }

  @Test
  void ofNoRowsProposesNothing(SparkSession spark) throws IOException {
    Lake lake = lake(spark, 0);
    SuggestJob job = new SuggestJob(pipeline(), lake);

    assertThat(job.run(ORDERS, OptionalDouble.empty()).proposals()).isEmpty();
    TableRef misspelled = new TableRef(Layer.SILVER, "order");
    assertThatThrownBy(() -> job.run(misspelled, OptionalDouble.empty()))
        .hasMessageContaining("silver.order:")
        .extracting("remedy")
        .asString()
        .startsWith("Name one of [silver.orders]");
  }

  private Lake lake(SparkSession spark, int rows) {
    Lake lake = Lake.at(spark, folder.resolve("lake").toString());
    Dataset<Row> orders =
        spark.range(0, rows, 1, 2).toDF().selectExpr(COLUMNS.toArray(String[]::new));
    lake.silver("orders")
        .create(
            new TableDefinition(
                orders.schema(),
                List.of(),
                Map.of(SilverColumns.KEY_PROPERTY, SilverColumns.keyProperty(List.of("order_id"))),
                TableDefinition.Feature.MERGE_TARGET));
    lake.silver("orders").append(orders, List.of());
    return lake;
  }

  private PipelineSpec pipeline() throws IOException {
    Path file = folder.resolve("shop.yml");
    Files.writeString(
        file,
        """
        pipeline: shop
        lake: lake
        source: {type: files, path: events}
        masking: {keys: {k1: 'a secret that is long enough for a key'}}
        tables:
          orders: {mask: {email: hash}}
        """);
    return PipelineFile.read(file, Map.of());
  }
}
