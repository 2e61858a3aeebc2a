package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldJobTest {
  private static final Path HOME = Path.of(System.getProperty("tidemark.home"));
  private static final Shape ORDERS =
      Shape.of("id bigint", "status string", "total_amount decimal(12,2)", "created_at timestamp");
  private static final Shape PRODUCTS =
      Shape.of("product_id bigint", "name string", "stock_quantity int", "min_threshold int");

  private TestLake lake;

  /** The session's catalog outlives a test's lake. */
  @BeforeEach
  void openLake(@TempDir Path folder) {
    lake = new TestLake(folder);
    SparkSession spark = lake.lake().spark();
    for (String layer : List.of("bronze", "silver", "gold", "tidemark", "tombstones")) {
      spark.sql("DROP DATABASE IF EXISTS " + layer + " CASCADE");
    }
  }

  private static GoldSpec mart(String name, String sql, String... key) {
    return new GoldSpec(name, Path.of(name + ".sql"), sql, List.of(key), Redaction.NONE);
  }

  private static GoldSpec shipped(String name, String key) throws IOException {
    Path sql = HOME.resolve("conf/gold/" + name + ".sql");
    return new GoldSpec(name, sql, Files.readString(sql), List.of(key), Redaction.NONE);
  }

  private static String order(int id, String status, String amount, String at) {
    return "{'id':%d,'status':'%s','total_amount':%s,'created_at':'%s'}"
        .formatted(id, status, amount, at);
  }

  private static String product(int id, int stock, int threshold) {
    return "{'product_id':%d,'name':'p%d','stock_quantity':%d,'min_threshold':%d}"
        .formatted(id, id, stock, threshold);
  }

  private List<String> rows(String mart) {
    return TestLake.texts(lake.lake().gold(mart).read());
  }

  private StepRecord only(MergeOutcome outcome) {
    assertThat(outcome.steps()).hasSize(1);
    return outcome.steps().get(0);
  }

  @Test
  void theShopsMartsFollowSilver() throws IOException {
    GoldSpec revenue = shipped("revenue_5m", "window_start");
    GoldSpec alerts = shipped("inventory_alerts", "product_id");
    landShop();

    assertThat(lake.refresh(revenue, alerts).failures()).isEmpty();
    assertThat(rows("revenue_5m"))
        .containsExactly(
            "2026-01-01T10:00:00Z|2026-01-01T10:05:00Z|2|30.50",
            "2026-01-01T10:05:00Z|2026-01-01T10:10:00Z|1|1.00");
    assertThat(rows("inventory_alerts"))
        .containsExactly(
            "1|p1|0|10|CRITICAL", "2|p2|4|10|HIGH", "3|p3|5|10|MEDIUM", "5|p5|0|0|CRITICAL");
    long version = lake.lake().gold("inventory_alerts").version();
    assertThat(lake.refresh(revenue, alerts).steps()).as("nothing has changed").isEmpty();

    lake.land("orders", ORDERS.delete(20, "{'id':3}")).merge("orders");
    MergeOutcome second = lake.refresh(revenue, alerts);

    assertThat(second.steps()).extracting(StepRecord::table).containsExactly("revenue_5m");
    assertThat(rows("revenue_5m"))
        .containsExactly("2026-01-01T10:00:00Z|2026-01-01T10:05:00Z|2|30.50");
    assertThat(lake.lake().gold("inventory_alerts").version()).isEqualTo(version);
  }

  private void landShop() {
    lake.land(
        "orders",
        ORDERS.create(10, order(1, "completed", "10.25", "2026-01-01T10:00:00Z")),
        ORDERS.create(11, order(2, "completed", "20.25", "2026-01-01T10:04:59.999999Z")),
        ORDERS.create(12, order(3, "completed", "1.00", "2026-01-01T10:05:00Z")),
        ORDERS.create(13, order(4, "pending", "99.00", "2026-01-01T10:00:00Z")));
    lake.land(
        "products",
        PRODUCTS.create(10, product(1, 0, 10)),
        PRODUCTS.create(11, product(2, 4, 10)),
        PRODUCTS.create(12, product(3, 5, 10)),
        PRODUCTS.create(13, product(4, 10, 10)),
        PRODUCTS.create(14, product(5, 0, 0)));
    assertThat(lake.mergeAll().failures()).isEmpty();
  }

  @Test
  void aMartFollowsItsQueryToAnotherAndBack() {
    landProducts();
    GoldSpec one =
        mart("stock", "select product_id, 'one' as q from silver.products", "product_id");
    GoldSpec two =
        mart("stock", "select product_id, 'two' as q, 0 as n from silver.products", "product_id");

    lake.refresh(one);
    assertThat(rows("stock")).containsExactly("1|one", "2|one");
    lake.refresh(two);
    assertThat(rows("stock"))
        .as("replaced, columns included")
        .containsExactly("1|two|0", "2|two|0");
    assertThat(lake.refresh(two).steps()).isEmpty();
    lake.refresh(one);
    assertThat(rows("stock")).containsExactly("1|one", "2|one");
  }

  private void landProducts() {
    lake.land("products", PRODUCTS.create(10, product(1, 0, 10)));
    lake.land("products", PRODUCTS.create(10, product(2, 0, 10)));
    lake.merge("products");
  }

  @Test
  void aMartThatFailsKeepsItsLastVersionAndHoldsNoOtherUp() {
    landProducts();
    lake.refresh(mart("stock", "select product_id from silver.products", "product_id"));
    GoldSpec doubled = mart("stock", "select 1 as product_id from silver.products", "product_id");
    GoldSpec good = mart("good", "select count(*) as n from silver.products", "n");

    MergeOutcome outcome = lake.refresh(doubled, good);

    assertThat(outcome.failures()).hasSize(1);
    StepRecord failure = outcome.failures().get(0);
    assertThat(failure.outcome()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(failure.error().orElseThrow())
        .contains("its key [product_id] is null or not unique, for example [1,2]");
    assertThat(rows("stock")).containsExactly("1", "2");
    assertThat(rows("good")).containsExactly("2");
  }

  @Test
  void martsThatCannotBePublishedSayWhy() {
    landProducts();
    String nulls = "select cast(null as int) as k from silver.products where product_id = 1";

    assertThat(only(lake.refresh(mart("m", nulls, "k"))).error().orElseThrow())
        .contains("is null or not unique");
    assertThat(
            only(lake.refresh(mart("m", "select product_id from silver.products", "other")))
                .error()
                .orElseThrow())
        .contains("its key column 'other' is not among its columns [product_id]");
    assertThat(only(lake.refresh(mart("m", "select 1 as a", "a"))).error().orElseThrow())
        .contains("names no table silver.*");
    assertThat(lake.lake().goldTables()).isEmpty();
  }

  @Test
  void aMartWaitsForItsTable() {
    GoldSpec mart = mart("stock", "select product_id from silver.products", "product_id");
    StepRecord waiting = only(lake.refresh(mart));

    assertThat(waiting.outcome()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(waiting.error())
        .contains("Cannot compute mart 'stock': silver has no table 'products' yet");

    landProducts();
    assertThat(lake.refresh(mart).failures()).isEmpty();
    assertThat(rows("stock")).containsExactly("1", "2");
  }
}
