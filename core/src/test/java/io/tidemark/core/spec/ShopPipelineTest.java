package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.TableRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo's pipeline file, as it is committed. */
class ShopPipelineTest {
  private static final Path FILE =
      Path.of(System.getProperty("tidemark.home", "..")).resolve("conf/pipelines/shop.yml");

  @Test
  void needsNothingFromOutside() {
    PipelineSpec shop = PipelineFile.read(FILE, Map.of());
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.lake()).isEqualTo("./lake");
    assertThat(shop.source().kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(shop.source().kafka().connectUrl()).contains(URI.create("http://127.0.0.1:8083"));
    assertThat(shop.source().kafka().topicPattern().pattern()).isEqualTo("shop\\.public\\..*");
    assertThat(shop.tables().keySet())
        .containsExactly("orders", "users", "products", "order_items");
    assertThat(shop.tables().values())
        .allSatisfy(
            table ->
                assertThat(table)
                    .isEqualTo(TableSpec.withDefaults(table.name()).withRules(table.rules())));
    assertThat(shop.table("orders").rules().rules())
        .extracting(RowRule::name)
        .containsExactly("positive_amount", "known_status");
    assertThat(shop.checks().of(new TableRef(Layer.GOLD, "revenue_5m"))).isPresent();
    assertThat(shop.alerts().channels()).containsOnlyKeys("log");
    assertThat(shop.gold().get("revenue_5m").key()).isEqualTo(List.of("window_start"));
    assertThat(shop.gold().get("revenue_5m").sqlText()).contains("silver.orders");
    assertThat(shop.gold().get("inventory_alerts").key()).isEqualTo(List.of("product_id"));
    assertThat(shop.gold().get("inventory_alerts").sqlText()).contains("silver.products");
  }

  @Test
  void takesItsPlacesFromTheEnvironment() {
    PipelineSpec shop =
        PipelineFile.read(
            FILE,
            Map.of("TIDEMARK_LAKE", "s3a://b/lake", "KAFKA", "k1:1,k2:2", "CONNECT", "http://c:1"));
    assertThat(shop.effectiveConfig())
        .contains("\nlake: s3a://b/lake\n")
        .contains("\n  bootstrap-servers: [k1:1, k2:2]\n")
        .contains("\n  connect-url: http://c:1\n")
        .contains("\ntrigger: 5s\nmax-bad-share: 1%\nparallel-tables: 4\nchecks: ")
        .contains("\n  orders:\n    key: []\n    source: null\n    columns: {}\n");
  }
}
