package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 10: images declared for columns whose events carry a schema block. */
class ImagesTest {
  private static final String TIME = "io.debezium.time.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int32  | Date           | 2932897                             | +10000-01-01
          int32  | Date           | -735160                             | -0043-03-15
          int32  | Date           | 2145042905                          | +5874897-12-31
          int32  | Date           | -2440550                            | -4712-01-01
          int32  | Date           | -2147472692                         | infinity
          int32  | Date           | -622191234                          | infinity
          int32  | Date           | -2147472691                         | -infinity
          int32  | Date           | -625821272                          | -infinity
          string | IsoDate        | "-0043-03-15Z"                      | -0043-03-15
          string | IsoDate        | "-5877611-06-21Z"                   | infinity
          int64  | MicroTimestamp | 1709251199123456                    | 2024-02-29T23:59:59.123456
          int64  | MicroTimestamp | 253402300800000000                  | +10000-01-01T00:00:00.000000
          int64  | MicroTimestamp | 9223372036825200000                 | infinity
          int64  | MicroTimestamp | -9223372036832400000                | -infinity
          int64  | Timestamp      | 9223372036825200                    | infinity
          int64  | Timestamp      | -1                                  | 1969-12-31T23:59:59.999000
          int64  | NanoTimestamp  | 1709251199123456789                 | 2024-02-29T23:59:59.123456789
          string | IsoTimestamp   | "+294247-01-10T04:00:25.2Z"         | infinity
          string | IsoTimestamp   | "+294276-12-31T23:59:59.999999Z"    | +294276-12-31T23:59:59.999999
          string | ZonedTimestamp | "infinity"                          | infinity
          string | ZonedTimestamp | "-0043-03-15T00:00:00.000000Z"      | -0043-03-15T00:00:00.000000Z
          string | ZonedTimestamp | "2024-02-29T23:59:59.123456+02:00"  | 2024-02-29T21:59:59.123456Z
          """)
  void rule10TextHoldsEveryDateAndInfinity(
      String physical, String name, String value, String image) {
    Column column = as(Schemas.type(physical, TIME + name), "string");

    assertThat(column.lakeType()).isEqualTo(new LakeType.Text());
    assertThat(Schemas.decode(column, value)).isEqualTo(image);
  }

  @Test
  void rule10ANumberThatOverflowedIsNoDate() {
    Column column = as(Schemas.type("int64", TIME + "MicroTimestamp"), "string");

    assertThat(failure(column, "-9223372036853775810").code()).isEqualTo(Code.OUT_OF_RANGE);
  }

  @Test
  void rule10InfinityAtTheLimitsIsOnlyInfinity() {
    Column date = as(Schemas.type("int32", TIME + "Date"), "date with infinity");
    assertThat(Schemas.decode(date, "-2147472692")).isEqualTo(LocalDate.of(9999, 12, 31));
    assertThat(Schemas.decode(date, "-2147472691")).isEqualTo(LocalDate.of(1, 1, 1));
    assertThat(Schemas.decode(date, "19782")).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(failure(date, "2932896").getMessage()).contains("with infinity");
    assertThat(failure(date, "2932897").code()).isEqualTo(Code.OUT_OF_RANGE);

    Column instant = as(Schemas.type("string", TIME + "ZonedTimestamp"), "timestamp with infinity");
    assertThat(Schemas.decode(instant, "\"infinity\""))
        .isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
    assertThat(Schemas.decode(instant, "\"-infinity\""))
        .isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
  }

  @Test
  void rule10NanosecondsAreKeptAsNumbers() {
    Column column = as(Schemas.type("int64", TIME + "NanoTimestamp"), "bigint");

    assertThat(Schemas.decode(column, "1709251199123456789")).isEqualTo(1709251199123456789L);
  }

  @Test
  void rule10NumbersFitADeclaredDecimalOrAreRefused() {
    String variable =
        Schemas.type("struct", ConnectCodecs.VARIABLE_SCALE)
            + ",\"fields\":[{\"field\":\"scale\",\"type\":\"int32\"},"
            + "{\"field\":\"value\",\"type\":\"bytes\"}]";
    Column column = as(variable, "decimal(10,3)");

    assertThat(Schemas.decode(column, "{\"scale\":1,\"value\":\"Dw==\"}"))
        .isEqualTo(new BigDecimal("1.500"));
    assertThat(failure(column, "{\"scale\":21,\"value\":\"AQ==\"}").code())
        .isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(Schemas.decode(as(Schemas.type("string"), "decimal(12,2)"), "\"19.9\""))
        .isEqualTo(new BigDecimal("19.90"));
    assertThat(Schemas.decode(as(Schemas.type("string"), "double"), "\"NAN\""))
        .isEqualTo(Double.NaN);
  }

  @Test
  void rule10BytesWrittenAsTextBecomeBytes() {
    assertThat(Schemas.decode(as(Schemas.type("string"), "binary from hex"), "\"00ff10\""))
        .isEqualTo(new byte[] {0, -1, 16});
  }

  @Test
  void jsonTextBecomesAStruct() {
    Column column =
        as(Schemas.type("string", ConnectCodecs.JSON), "struct<a: array<int>, b: string>");

    assertThat((Object[]) Schemas.decode(column, "\"{\\\"b\\\": \\\"x\\\", \\\"a\\\": [1]}\""))
        .containsExactly(List.of(1), "x");
  }

  @Test
  void whatCannotBecomeTheDeclaredTypeIsRefusedAsAWhole() {
    UndecodableValueException e =
        catchThrowableOfType(
            UndecodableValueException.class, () -> as(Schemas.type("boolean"), "date"));

    assertThat(e.code()).isEqualTo(Code.BAD_SCHEMA);
    assertThat(e).hasMessageContaining("declared as date").hasMessageContaining("BOOLEAN");
  }

  @Test
  void theImageTravelsWithTheSchemaAndTheUsualTypeLeavesItAlone() {
    EventSchema schema = schema(Schemas.type("int32", TIME + "Date"));
    EventSchema declared = schema.with(Map.of("c", ColumnDeclaration.parse("string")));

    assertThat(EventSchema.parse(declared.toJson())).isEqualTo(declared);
    assertThat(declared.fingerprint()).isNotEqualTo(schema.fingerprint());
    assertThat(schema.with(Map.of("c", ColumnDeclaration.parse("date")))).isEqualTo(schema);
    assertThat(schema.with(Map.of("other", ColumnDeclaration.parse("int")))).isEqualTo(schema);
  }

  @Test
  void theUnavailableValueIsRecognisedUnderEveryImage() {
    Column column = as(Schemas.type("string"), "binary from hex");

    assertThat(
            UnavailableValue.standard()
                .matches(column.type(), JsonText.parse("\"__debezium_unavailable_value\"")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"\"\",0000", "\"AQ==\",0100", "\"VQE=\",5501", "\"AAE=\",0001"})
  void rule10BitsHaveTheLengthOfTheirColumn(String value, String hex) {
    Column column =
        Schemas.column(
            Schemas.type("bytes", ConnectCodecs.BITS) + ",\"parameters\":{\"length\":\"9\"}");

    assertThat(java.util.HexFormat.of().formatHex((byte[]) Schemas.decode(column, value)))
        .isEqualTo(hex);
    assertThat(failure(column, "\"AAAA\"").code()).isEqualTo(Code.OUT_OF_RANGE);
  }

  @Test
  void aNegativeScaleThatDebeziumMisreadIsPutRight() {
    Column column = Schemas.column(Schemas.decimal(5, 2046));
    BigDecimal sent = new BigDecimal("9999900").setScale(2046);
    String base64 =
        java.util.Base64.getEncoder().encodeToString(sent.unscaledValue().toByteArray());

    assertThat(column.lakeType()).isEqualTo(new LakeType.Decimal(7, 0));
    assertThat(Schemas.decode(column, "\"" + base64 + "\"")).isEqualTo(new BigDecimal("9999900"));
  }

  private static Column as(String members, String declaration) {
    return schema(members)
        .with(Map.of("c", ColumnDeclaration.parse(declaration)))
        .row()
        .columns()
        .get(0);
  }

  private static EventSchema schema(String members) {
    return EventSchema.fromConnect(
        null, (ObjectNode) JsonText.parse(Schemas.struct(Schemas.field("c", members))));
  }

  private static UndecodableValueException failure(Column column, String json) {
    return catchThrowableOfType(
        UndecodableValueException.class, () -> Schemas.decode(column, json));
  }
}
