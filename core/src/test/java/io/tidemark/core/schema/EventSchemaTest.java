package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.array;
import static io.tidemark.core.schema.Schemas.decimal;
import static io.tidemark.core.schema.Schemas.field;
import static io.tidemark.core.schema.Schemas.map;
import static io.tidemark.core.schema.Schemas.struct;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 11: old events decode with the schema they were written with. */
class EventSchemaTest {
  private static final String KEY = struct(field("id", "\"type\":\"int32\""));
  private static final String ROW =
      struct(
          field("id", "\"type\":\"int32\",\"default\":0"),
          field("total", decimal(12, 2)),
          field("tags", array(type("string"))),
          field("attributes", map(type("string"), type("string"))),
          field(
              "place",
              type("struct", "P") + ",\"fields\":[{\"field\":\"x\",\"type\":\"double\"}]"));

  private static EventSchema schema(String key, String row) {
    return EventSchema.fromConnect(key == null ? null : JsonText.parse(key), JsonText.parse(row));
  }

  @Test
  void readsSchemaBlocks() {
    EventSchema schema = schema(KEY, ROW);

    assertThat(schema.key().orElseThrow().names()).containsExactly("id");
    assertThat(schema.row().lakeFields().stream().map(f -> f.name() + " " + f.type().ddl()))
        .containsExactly(
            "id INT",
            "total DECIMAL(12,2)",
            "tags ARRAY<STRING>",
            "attributes MAP<STRING, STRING>",
            "place STRUCT<`x`: DOUBLE>");
    assertThat(schema.row().column("id").orElseThrow().optional()).isFalse();
    assertThat(schema.row().column("id").orElseThrow().defaultJson()).isEqualTo("0");
    assertThat(schema.row().column("total").orElseThrow().optional()).isTrue();
    assertThat(schema.row().column("nothing")).isEmpty();
    assertThat(schema(null, ROW).key()).isEmpty();
  }

  @Test
  void storedSchemasComeBackAndDecodeTheSame() {
    EventSchema schema = schema(KEY, ROW);
    EventSchema stored = EventSchema.parse(schema.toJson());

    assertThat(stored).isEqualTo(schema).hasSameHashCodeAs(schema);
    assertThat(stored.key()).isEqualTo(schema.key());
    assertThat(stored.row()).isEqualTo(schema.row());
    assertThat(stored.fingerprint()).isEqualTo(schema.fingerprint());
    assertThat(stored.toJson()).isEqualTo(schema.toJson());
    assertThat(Schemas.travelled(schema)).isEqualTo(schema);
  }

  /** The lake holds fingerprints: this one changing means that every stored event is orphaned. */
  @Test
  void spellingAndFingerprintNeverChange() {
    EventSchema schema =
        schema(KEY, struct(field("id", "\"type\":\"int32\""), field("total", decimal(12, 2))));

    assertThat(schema.toJson())
        .isEqualTo(
            "{\"key\":[{\"name\":\"id\",\"type\":{\"connect\":\"int32\"}}],"
                + "\"row\":[{\"name\":\"id\",\"type\":{\"connect\":\"int32\"}},"
                + "{\"name\":\"total\",\"type\":{\"connect\":\"bytes\","
                + "\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":"
                + "{\"connect.decimal.precision\":\"12\",\"scale\":\"2\"}},\"optional\":true}]}");
    assertThat(schema.fingerprint()).isEqualTo("334af10e5ef58180ee6c4967eff72e9c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fields\":[{\"field\":\"a\",\"optional\":true,\"type\":\"string\"}],\"type\":\"struct\"}",
        "{\"type\":\"struct\",\"version\":7,\"doc\":\"d\",\"name\":\"x.Value\",\"optional\":true,"
            + "\"fields\":[{\"type\":\"string\",\"optional\":true,\"field\":\"a\",\"doc\":\"d\","
            + "\"version\":3,\"index\":9,\"name\":null,\"default\":null}]}"
      })
  void layoutDocumentationAndVersionsDoNotCount(String row) {
    assertThat(schema(null, row).fingerprint())
        .isEqualTo(schema(null, struct(field("a", type("string")))).fingerprint())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void orderOfParametersDoesNotCount() {
    String other =
        type("bytes", Schemas.DECIMAL)
            + ",\"parameters\":{\"connect.decimal.precision\":\"12\",\"scale\":\"2\"}";

    assertThat(schema(null, struct(field("a", other))).fingerprint())
        .isEqualTo(schema(null, struct(field("a", decimal(12, 2)))).fingerprint());
  }

  @Test
  void whatChangesTheMeaningChangesTheFingerprint() {
    List<String> rows =
        List.of(
            struct(field("a", type("int32"))),
            struct(field("a", type("int64"))),
            struct(field("a", "\"type\":\"int32\"")),
            struct(field("a", "\"type\":\"int32\",\"default\":0")),
            struct(field("a", "\"type\":\"int32\",\"default\":1")),
            struct(field("b", type("int32"))),
            struct(field("a", type("int32", "io.debezium.time.Date"))),
            struct(field("a", type("int32", "unknown"))),
            struct(field("a", decimal(12, 2))),
            struct(field("a", decimal(12, 3))),
            struct(field("a", array(type("int32")))),
            struct(field("a", array("\"type\":\"int32\""))),
            struct(field("a", type("int32")), field("b", type("int32"))),
            struct(field("b", type("int32")), field("a", type("int32"))));

    assertThat(rows.stream().map(row -> schema(null, row).fingerprint())).doesNotHaveDuplicates();
    assertThat(schema(KEY, rows.get(0)).fingerprint())
        .isNotEqualTo(schema(null, rows.get(0)).fingerprint());
  }

  @Test
  void unknownNamesFallBackToThePhysicalType() {
    EventSchema schema =
        schema(
            null,
            struct(
                field("a", type("string", "com.example.Colour")),
                field("b", type("string", "io.debezium.time.MicroTimestamp")),
                field("c", type("float32")),
                field("d", type("float64"))));

    assertThat(schema.row().lakeFields().stream().map(f -> f.type().ddl()))
        .containsExactly("STRING", "STRING", "FLOAT", "DOUBLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int128\"}]}|a|unknown type 'int128'",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\"}]}|a|unknown type ''",
        "{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\"}]}|``|has no name",
        "{\"type\":\"struct\",\"fields\":[]}|``|must have 'fields'",
        "{\"type\":\"struct\"}|``|must have 'fields'",
        "{\"type\":\"string\"}|row|must be a struct",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"array\"}]}|a|has no 'items'",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"array\",\"items\":{\"type\":\"x\"}}]}|a.element|unknown type 'x'",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"map\",\"keys\":{\"type\":\"string\"}}]}|a|has no 'values'",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"int32\"},{\"field\":\"a\",\"type\":\"int32\"}]}|a|occurs twice",
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"a\",\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"x\"}}]}|a|'scale' is 'x'"
      })
  void brokenSchemaBlocksAreRefused(String row, String column, String problem) {
    assertThatThrownBy(() -> schema(null, row))
        .isInstanceOfSatisfying(
            UndecodableValueException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.BAD_SCHEMA);
              assertThat(e.column()).isEqualTo(column);
            })
        .hasMessageContaining(problem);
  }

  @Test
  void schemalessColumnsAreDeclaredOrText() {
    EventSchema schema =
        EventSchema.schemaless(
            List.of("id"),
            List.of("id", "total", "note"),
            Map.of(
                "id", ColumnDeclaration.parse("bigint"),
                "total", ColumnDeclaration.parse("decimal(12,2) from base64"),
                "gone", ColumnDeclaration.parse("int")));

    assertThat(schema.row().lakeFields().stream().map(f -> f.name() + " " + f.type().ddl()))
        .containsExactly("id BIGINT", "total DECIMAL(12,2)", "note STRING");
    assertThat(schema.key().orElseThrow().columns().get(0).optional()).isFalse();
    assertThat(schema.row().columns()).allMatch(Column::optional);
    assertThat(EventSchema.parse(schema.toJson())).isEqualTo(schema);
    assertThat(schema.toJson()).contains("\"decimal(12,2) from base64\"");
    assertThat(EventSchema.schemaless(List.of(), List.of("a"), Map.of()).key()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"row\":5}",
        "{\"row\":[{}]}",
        "{\"row\":[{\"name\":\"a\",\"type\":\"int128\"}]}",
        "{\"row\":[{\"name\":\"a\",\"type\":{\"connect\":\"int128\"}}]}"
      })
  void brokenStoredSchemasStopTheRun(String json) {
    assertThatThrownBy(() -> EventSchema.parse(json))
        .isInstanceOfSatisfying(
            TidemarkException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOSS);
              assertThat(e.remedy()).contains("Restore");
            })
        .hasMessageStartingWith("Invalid event schema in the lake: ");
  }
}
