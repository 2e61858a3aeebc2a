package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.spec.SourceFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of a connector are found, and how bad they are called. */
class ConnectorRulesTest {
  private static final String PLACEHOLDER = "__debezium_unavailable_value";

  @Test
  void aConnectorWithoutFaultHasNoFinding() {
    assertThat(judge()).isEmpty();
    assertThat(
            judge(
                "tombstones.on.delete", "false",
                "decimal.handling.mode", "precise",
                "time.precision.mode", "adaptive_time_microseconds",
                "snapshot.mode", "initial",
                "slot.drop.on.stop", "false",
                "errors.tolerance", "none",
                "unavailable.value.placeholder", PLACEHOLDER,
                "transforms", "mask",
                "transforms.mask.type", "org.example.Mask",
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter"))
        .isEmpty();
  }

  @Test
  void defaultsLoseTruncatesFailedConversionsAndNulls() {
    List<Finding> findings =
        ConnectorRules.judge(
            "shop",
            Map.of("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
            PLACEHOLDER,
            SourceFormat.DEBEZIUM_JSON);

    assertThat(findings).allMatch(finding -> finding.where().equals("connector shop"));
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.WARNING)
        .extracting(Finding::what)
        .anyMatch(what -> what.startsWith("truncates are not captured"))
        .anyMatch(what -> what.startsWith("event.converting.failure.handling.mode is 'warn'"))
        .anyMatch(what -> what.startsWith("value.converter.replace.null.with.default is not false"))
        .hasSize(3);
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.NOTE)
        .extracting(Finding::what)
        .singleElement()
        .asString()
        .contains("include.unknown.datatypes is false");
    assertThat(findings).noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "decimal.handling.mode, double, ERROR",
    "decimal.handling.mode, DOUBLE, ERROR",
    "time.precision.mode, connect, WARNING",
    "errors.tolerance, all, ERROR",
    "event.processing.failure.handling.mode, warn, ERROR",
    "event.processing.failure.handling.mode, skip, ERROR",
    "event.processing.failure.handling.mode, ignore, ERROR",
    "inconsistent.schema.handling.mode, skip, ERROR",
    "event.converting.failure.handling.mode, skip, WARNING",
    "slot.drop.on.stop, true, ERROR",
    "snapshot.mode, never, WARNING",
    "snapshot.mode, no_data, WARNING",
    "snapshot.mode, schema_only, WARNING",
    "snapshot.mode, initial_only, WARNING",
    "skipped.operations, d, ERROR",
    "skipped.operations, 'none, u', ERROR",
    "skipped.operations, t, WARNING",
    "unavailable.value.placeholder, __other, ERROR",
    "value.converter, io.confluent.connect.avro.AvroConverter, ERROR",
    "key.converter, org.apache.kafka.connect.storage.StringConverter, ERROR",
    "value.converter.schemas.enable, false, WARNING",
    "value.converter.replace.null.with.default, true, WARNING",
    "include.unknown.datatypes, false, NOTE"
  })
  void aBadValueIsFoundWithItsName(String key, String value, Severity severity) {
    assertThat(judge(key, value))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.what()).contains(key);
              assertThat(finding.remedy()).isNotBlank();
            });
  }

  @Test
  void skippingSeveralOperationsIsAnErrorAndTheTruncateAWarning() {
    assertThat(judge("skipped.operations", "c,u, t"))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING, Severity.ERROR);
    assertThat(judge("skipped.operations", "c,u, t").get(1).what()).endsWith("kinds: c, u");
  }

  @ParameterizedTest
  @CsvSource({
    "io.debezium.transforms.ExtractNewRecordState, ERROR",
    "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState, ERROR",
    "org.apache.kafka.connect.transforms.RegexRouter, WARNING",
    "io.debezium.transforms.ByLogicalTableRouter, WARNING",
    "org.apache.kafka.connect.transforms.Filter, WARNING",
    "io.debezium.transforms.outbox.EventRouter, WARNING"
  })
  void aTransformIsFoundByItsType(String type, Severity severity) {
    assertThat(judge("transforms", "first, unwrap", "transforms.unwrap.type", type))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.what())
                  .contains("'unwrap'")
                  .contains(type.substring(type.lastIndexOf('.') + 1));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "op,lsn,source.ts_ms | rewrite  | -      | -",
        "op,lsn              | -        | -      | deletes",
        "op,lsn              | drop     | -      | deletes",
        "lsn                 | rewrite  | -      | the operation",
        "op,table            | rewrite  | -      | the position",
        "op:kind,lsn         | rewrite  | -      | the operation",
        "-                   | rewrite  | op,lsn | -",
        "-                   | -        | op,lsn | deletes",
        "-                   | drop     | op,lsn | deletes",
        "-                   | -        | -      | the operation"
      })
  void aFlatteningTransformMustKeepOperationPositionAndDeletes(
      String fields, String mode, String headers, String lost) {
    Map<String, String> config = careful();
    config.put("transforms", "unwrap");
    config.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
    put(config, "add.fields", fields);
    put(config, "delete.tombstone.handling.mode", mode);
    put(config, "add.headers", headers);

    List<Finding> findings =
        ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_JSON);

    if (lost == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings).singleElement().extracting(Finding::severity).isEqualTo(Severity.ERROR);
      assertThat(findings.get(0).what()).contains("loses " + lost);
      assertThat(findings.get(0).remedy()).contains("delete.tombstone.handling.mode=rewrite");
    }
  }

  private static void put(Map<String, String> config, String key, String value) {
    if (value != null) {
      config.put("transforms.unwrap." + key, value);
    }
  }

  @Test
  void theConvertersMustWriteTheFormatOfThePipeline() {
    Map<String, String> config = careful();
    for (String key : List.of("key.converter", "value.converter")) {
      config.put(key, "io.apicurio.registry.utils.converter.AvroConverter");
    }

    assertThat(ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_AVRO))
        .as("Apicurio's own frame")
        .hasSize(2)
        .allMatch(finding -> finding.what().contains("as-confluent is not true"));
    assertThat(ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_JSON))
        .hasSize(2)
        .allMatch(finding -> finding.remedy().contains("'source.format' to debezium-avro"));
    assertThat(ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_PROTOBUF))
        .hasSize(2);
    config.put("key.converter.apicurio.registry.as-confluent", "true");
    config.put("value.converter.apicurio.registry.as-confluent", "true");
    assertThat(ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_AVRO))
        .isEmpty();
  }

  @Test
  void aTransformThatIsDefinedAndNotUsedIsHarmless() {
    assertThat(judge("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "database.server.name",
        "table.whitelist",
        "column.blacklist",
        "database.history.kafka.topic"
      })
  void oldNamesAreIgnoredByDebeziumSoTheyAreErrors(String key) {
    assertThat(judge(key, "x"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.what()).contains(key);
            });
  }

  @Test
  void thePlaceholderMayBeWrittenAsHexadecimalBytes() {
    assertThat(judgeWith("abc", "unavailable.value.placeholder", "hex:616263")).isEmpty();
    assertThat(judgeWith("hex:zz", "unavailable.value.placeholder", "hex:zz")).isEmpty();
    assertThat(judgeWith("abc"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains(PLACEHOLDER).contains("'abc'"));
  }

  @Test
  void onlyPostgresqlHasUnknownTypes() {
    Map<String, String> config = careful();
    config.put("connector.class", "io.debezium.connector.mysql.MySqlConnector");
    config.remove("include.unknown.datatypes");

    assertThat(ConnectorRules.judge("shop", config, PLACEHOLDER, SourceFormat.DEBEZIUM_JSON))
        .isEmpty();
  }

  private static List<Finding> judge(String... settings) {
    return judgeWith(PLACEHOLDER, settings);
  }

  private static List<Finding> judgeWith(String placeholder, String... settings) {
    Map<String, String> config = careful();
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    return ConnectorRules.judge("shop", config, placeholder, SourceFormat.DEBEZIUM_JSON);
  }

  /** Settings that nothing can be said against. */
  private static Map<String, String> careful() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("topic.prefix", "shop");
    config.put("skipped.operations", "none");
    config.put("event.converting.failure.handling.mode", "fail");
    config.put("include.unknown.datatypes", "true");
    config.put("value.converter.replace.null.with.default", "false");
    return config;
  }
}
