package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.fixture.Pipelines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSettingsTest {
  @TempDir private Path folder;

  @Test
  void everyWordOfThePipelineFileAboutDecodingArrives() {
    DecodeSettings settings =
        SourceSettings.decoding(
            Pipelines.spec(
                folder,
                """
                pipeline: shop
                lake: /lake
                source:
                  type: debezium
                  bootstrap-servers: kafka:9092
                  topics: shop.*
                  unavailable-value: __gone
                tables:
                  orders: {}
                  sales: {source: public.old_sales, key: [region, id]}
                  plain: {columns: {id: bigint, total: "decimal(12,2) from base64"}}
                """));

    assertThat(settings.unavailable()).isEqualTo(new UnavailableValue("__gone"));
    assertThat(settings.keys()).isEqualTo(Map.of("sales", List.of("region", "id")));
    assertThat(settings.renamed()).isEqualTo(Map.of("public.old_sales", "sales"));
    assertThat(settings.columns().get("plain"))
        .isEqualTo(
            Map.of(
                "id", ColumnDeclaration.parse("bigint"),
                "total", ColumnDeclaration.parse("decimal(12,2) from base64")));
    assertThat(settings.columns().get("orders")).isEmpty();
  }

  @Test
  void aPipelineThatSaysNothingHasTheDefaults() {
    DecodeSettings settings =
        SourceSettings.decoding(Pipelines.spec(folder, Pipelines.text("/lake", "kafka:9092", "t")));

    assertThat(settings.unavailable()).isEqualTo(UnavailableValue.standard());
    assertThat(settings.keys()).isEmpty();
    assertThat(settings.renamed()).isEmpty();
  }
}
