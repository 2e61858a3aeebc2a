package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.decimal;
import static io.tidemark.core.schema.Schemas.field;
import static io.tidemark.core.schema.Schemas.struct;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowDecoderTest {
  private static final UnavailableValue UNAVAILABLE = UnavailableValue.standard();
  private static final RowSchema SCHEMA =
      EventSchema.fromConnect(
              null,
              JsonText.parse(
                  struct(
                      field("id", "\"type\":\"int32\""),
                      field("total", decimal(6, 2)),
                      field("note", type("string")),
                      field("status", "\"type\":\"string\",\"default\":\"new\""))))
          .row();
  private static final String FULL =
      "{\"id\":7,\"total\":\"BOI=\",\"note\":\"n\",\"status\":\"s\"}";

  private static LakeField target(String name, String type) {
    return new LakeField(name, LakeType.parse(type));
  }

  private static Object[] decode(String json) {
    return RowDecoder.of(SCHEMA, UNAVAILABLE).decode(JsonText.parse(json)).values();
  }

  @Test
  void rowsHaveTheSchemasColumnsInItsOrder() {
    RowDecoder decoder = RowDecoder.of(SCHEMA, UNAVAILABLE);

    DecodedRow row = decoder.decode(JsonText.parse(FULL));

    assertThat(row.values()).containsExactly(7, new BigDecimal("12.50"), "n", "s");
    assertThat(row.unavailable()).isEqualTo(new BitSet());
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    assertThat(decode("{\"status\":\"s\",\"note\":\"n\",\"id\":7,\"total\":\"BOI=\"}"))
        .containsExactly(7, new BigDecimal("12.50"), "n", "s");
  }

  @Test
  void absentAndNullFieldsTakeWhatTheSchemaSays() {
    assertThat(decode("{\"id\":7}")).containsExactly(7, null, null, "new");
    assertThat(decode("{\"id\":7,\"total\":null,\"note\":null,\"status\":null}"))
        .containsExactly(7, null, null, "new");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"note\":\"n\"}|MISSING_COLUMN|id",
        "{\"id\":null}|NULL_NOT_ALLOWED|id",
        "{\"id\":7,\"ID\":8}|UNKNOWN_COLUMN|ID",
        "{\"id\":7,\"total\":\"!\"}|BAD_BYTES|total",
        "[]|WRONG_JSON_TYPE|``",
        "null|WRONG_JSON_TYPE|``"
      })
  void whatDoesNotFitTheSchemaIsRefused(String json, Code code, String column) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            UndecodableValueException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void unknownFieldsAreNamedWithTheirValue() {
    assertThatThrownBy(() -> decode("{\"id\":7,\"extra\":\"secret\"}"))
        .hasMessage(
            "Cannot decode column 'extra': the event's schema has no such field;"
                + " the value is \"secret\"");
  }

  /** Rule 3: the placeholder is marked, never written. */
  @Test
  void unavailableValuesAreMarked() {
    DecodedRow row =
        RowDecoder.of(SCHEMA, UNAVAILABLE)
            .decode(
                JsonText.parse(
                    "{\"id\":7,\"note\":\"__debezium_unavailable_value\",\"status\":\"s\"}"));

    assertThat(row.values()).containsExactly(7, null, null, "s");
    assertThat(row.isUnavailable(2)).isTrue();
    assertThat(row.isUnavailable(1)).isFalse();
    assertThat(row.unavailable().cardinality()).isEqualTo(1);
  }

  /** Rule 11: events of an older schema land in the columns as they are now. */
  @Test
  void oldRowsLandInWidenedAndMovedColumns() {
    List<LakeField> target =
        List.of(
            target("note", "string"),
            target("added", "date"),
            target("total", "decimal(12,4)"),
            target("id", "bigint"));
    RowDecoder decoder =
        Schemas.travelled(RowDecoder.renaming(SCHEMA, UNAVAILABLE, target, Map.of()));

    DecodedRow row =
        decoder.decode(JsonText.parse(FULL.replace("\"n\"", "\"__debezium_unavailable_value\"")));

    assertThat(row.values()).containsExactly(null, null, new BigDecimal("12.5000"), 7L);
    assertThat(row.unavailable().stream()).containsExactly(0);
  }

  @Test
  void droppedColumnsAreStillChecked() {
    RowDecoder decoder =
        RowDecoder.renaming(SCHEMA, UNAVAILABLE, List.of(target("id", "int")), Map.of());

    assertThat(decoder.decode(JsonText.parse(FULL)).values()).containsExactly(7);
    assertThatThrownBy(() -> decoder.decode(JsonText.parse("{\"id\":7,\"total\":\"!\"}")))
        .hasMessageStartingWith("Cannot decode column 'total'");
  }

  @Test
  void targetsThatDoNotHoldEveryValueAreRefused() {
    assertThatThrownBy(
            () -> RowDecoder.renaming(SCHEMA, UNAVAILABLE, List.of(target("id", "date")), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot widen INT to DATE: it would not hold every value");
  }

  /** Rule 16: a masked column's value must not leave through an error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"4111-1111\"}|WRONG_JSON_TYPE",
        "{\"id\":1,\"total\":\"4111\\u0000\"}|BAD_BYTES"
      })
  void errorsCanBeShownWithoutTheValue(String json, Code code) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            UndecodableValueException.class,
            e -> {
              assertThat(e).hasMessageContaining("4111");
              assertThat(e.redacted())
                  .hasMessage(
                      "Cannot decode column '%s': %s; the value is not shown"
                          .formatted(e.column(), code));
              assertThat(e.redacted().excerpt()).isEmpty();
              assertThat(e.redacted().code()).isEqualTo(code);
            });
  }
}
