package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.event.Origin;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.Peeked;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.ingest.decode.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a few records tell about a topic, decoded as the ingest decodes them. */
class RecordRulesTest {
  private final RecordDecoder decoder =
      new RecordDecoder(
          new DecodeSettings(
              new UnavailableValue("__debezium_unavailable_value"), Map.of(), Map.of(), Map.of()));

  @Test
  void envelopesWithSchemaAndTombstonesAreFine() {
    assertThat(judge(Map.of(), Events.WITH_SCHEMA, null)).isEmpty();
    assertThat(judge(Map.of())).isEmpty();
  }

  @Test
  void envelopesWithoutSchemaNeedDeclaredColumns() {
    Finding finding = judge(Map.of(), Events.PLAIN).get(0);

    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.what())
        .endsWith("these columns of table 'orders' land as string: id, total");
    assertThat(finding.remedy())
        .contains("value.converter.schemas.enable=true")
        .contains("tables: {orders: {columns: {id: bigint}}}");
  }

  @Test
  void declaredColumnsAreNotMissed() {
    assertThat(judge(tables(Map.of("id", "bigint")), Events.PLAIN).get(0).what())
        .endsWith("land as string: total");
    assertThat(judge(tables(Map.of("id", "bigint", "total", "double")), Events.PLAIN)).isEmpty();
  }

  @Test
  void flattenedEventsNameTheTransform() {
    Finding finding = judge(Map.of(), "{\"id\":1,\"total\":2,\"__op\":\"u\"}", null).get(0);

    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.what())
        .startsWith("1 of the 2 newest records cannot be landed, such as t/0/0: ")
        .contains("the flattened event has no '__deleted', so that deletes are dropped");
    assertThat(finding.remedy())
        .contains("ExtractNewRecordState")
        .contains("delete.tombstone.handling.mode=rewrite");
  }

  @Test
  void binaryValuesAreToldFromBrokenJson() {
    Finding binary = judge(Map.of(), "\0\0\0\0\5xyz").get(0);
    Finding text = judge(Map.of(), "id=1").get(0);

    assertThat(binary.severity()).isEqualTo(Severity.ERROR);
    assertThat(binary.what()).contains("Avro and Protobuf");
    assertThat(binary.remedy()).contains("'source.format' to debezium-avro");
    assertThat(text.what()).contains("not JSON: ").doesNotContain("id=1");
    assertThat(text.remedy()).contains("JsonConverter");
  }

  @Test
  void aTableWithoutKeyIsAnError() {
    RawRecord record = new RawRecord(null, bytes(Events.PLAIN), new Origin("t", 0, 0));
    Finding finding =
        RecordRules.judge("t", List.of(new Peeked(record, decoder.decode(record))), Map.of())
            .get(0);

    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.remedy()).contains("primary key").contains("tables.<name>.key");
  }

  @Test
  void everyReasonIsAFindingOfItsOwn() {
    assertThat(judge(Map.of(), "x", "y", "{\"id\":1}"))
        .extracting(finding -> finding.what().substring(0, 1))
        .containsExactly("2", "1");
  }

  private List<Finding> judge(Map<String, TableSpec> tables, String... values) {
    List<Peeked> records = new ArrayList<>();
    for (String value : values) {
      RawRecord record =
          new RawRecord(
              bytes(
                  value != null && value.equals(Events.WITH_SCHEMA)
                      ? Events.KEY_WITH_SCHEMA
                      : Events.KEY),
              value == null ? null : bytes(value),
              new Origin("t", 0, records.size()));
      records.add(new Peeked(record, decoder.decode(record)));
    }
    return RecordRules.judge("t", records, tables);
  }

  private static Map<String, TableSpec> tables(Map<String, String> columns) {
    return Map.of("orders", TableSpec.withDefaults("orders").withColumns(columns));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
