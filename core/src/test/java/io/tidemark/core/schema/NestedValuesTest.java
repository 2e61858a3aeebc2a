package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.array;
import static io.tidemark.core.schema.Schemas.column;
import static io.tidemark.core.schema.Schemas.decimal;
import static io.tidemark.core.schema.Schemas.declared;
import static io.tidemark.core.schema.Schemas.decode;
import static io.tidemark.core.schema.Schemas.failure;
import static io.tidemark.core.schema.Schemas.map;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedValuesTest {
  private static final String POINT =
      type("struct", "io.debezium.data.geometry.Point")
          + ",\"fields\":[{\"field\":\"x\",\"type\":\"double\"},"
          + "{\"field\":\"y\",\"type\":\"double\",\"optional\":true},"
          + "{\"field\":\"srid\",\"type\":\"int32\",\"default\":4326}]";

  @Test
  void textAndBytesAreTakenAsTheyAre() {
    assertThat(decode(column(type("string")), "\"a\\u0000b \ud83c\udf0a\""))
        .isEqualTo("a\u0000b \ud83c\udf0a");
    assertThat(decode(column(type("bytes")), "\"AQL/\"")).isEqualTo(new byte[] {1, 2, -1});
    assertThat(decode(column(type("bytes")), "\"\"")).isEqualTo(new byte[0]);
    assertThat(decode(declared("binary from hex"), "\"C0ffee\""))
        .isEqualTo(new byte[] {(byte) 0xc0, (byte) 0xff, (byte) 0xee});
    assertThat(decode(declared("binary from base64url"), "\"_-8=\""))
        .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xef});
  }

  @ParameterizedTest
  @CsvSource({
    "binary,'\"_-8=\"',BAD_BYTES",
    "binary,'\"A\"',BAD_BYTES",
    "binary,'\"AQ==AQ==\"',BAD_BYTES",
    "binary from hex,'\"c0f\"',BAD_BYTES",
    "binary from hex,'\"zz\"',BAD_BYTES",
    "binary,5,WRONG_JSON_TYPE"
  })
  void brokenBytesAreRefused(String declaration, String json, Code code) {
    assertThat(failure(declared(declaration), json).code()).isEqualTo(code);
  }

  @Test
  void textOfASchemaIsOnlyAString() {
    assertThat(failure(column(type("string")), "5"))
        .hasMessage("Cannot decode column 'c': a JSON string is expected; the value is 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\"|a",
        "5|5",
        "1.50|1.50",
        "-0.0|-0.0",
        "true|true",
        "{ \"b\": 1.0, \"a\": [null] }|{\"b\":1.0,\"a\":[null]}",
        "[1, 2]|[1,2]"
      })
  void undeclaredColumnsTakeTheTextOfAnyJson(String json, String expected) {
    assertThat(decode(declared("string"), json)).isEqualTo(expected);
  }

  @Test
  void arraysKeepOrderAndNulls() {
    assertThat(decode(column(array(type("int32"))), "[3,null,1]"))
        .isEqualTo(Arrays.asList(3, null, 1));
    assertThat(decode(column(array(type("int32", "io.debezium.time.Date"))), "[0]"))
        .isEqualTo(List.of(LocalDate.EPOCH));
    assertThat(decode(column(array(array(decimal(4, 2)))), "[[\"AQ==\"],[]]"))
        .isEqualTo(List.of(List.of(new BigDecimal("0.01")), List.of()));
    assertThat(decode(declared("array<decimal(4,2)>"), "[1,\"2.5\"]"))
        .isEqualTo(List.of(new BigDecimal("1.00"), new BigDecimal("2.50")));
  }

  @Test
  void errorsNameTheElement() {
    assertThat(failure(column(array(array(type("int32")))), "[[1],[2,\"x\"]]"))
        .hasMessageStartingWith("Cannot decode column 'c[1][1]': a JSON number is expected")
        .extracting(UndecodableValueException::column)
        .isEqualTo("c[1][1]");
    assertThat(failure(column(array("\"type\":\"int32\"")), "[1,null]").code())
        .isEqualTo(Code.NULL_NOT_ALLOWED);
    assertThat(failure(column(POINT), "{\"x\":\"a\",\"y\":1}").column()).isEqualTo("c.x");
    assertThat(failure(column(map(type("string"), type("int32"))), "{\"k\":\"x\"}").column())
        .isEqualTo("c[k]");
    assertThat(failure(column(map(type("string"), type("int32"))), "{\"secret\":\"x\"}").redacted())
        .hasMessage("Cannot decode column 'c': WRONG_JSON_TYPE; the value is not shown");
    assertThat(failure(column(array(type("int32"))), "{}").code()).isEqualTo(Code.WRONG_JSON_TYPE);
  }

  @Test
  void mapsAreObjectsOrPairs() {
    assertThat(decode(column(map(type("string"), type("string"))), "{\"b\":\"1\",\"a\":null}"))
        .asInstanceOf(MAP)
        .containsEntry("b", "1")
        .containsEntry("a", null)
        .hasSize(2);
    assertThat(decode(column(map(type("int32"), type("string"))), "[[1,\"a\"],[2,\"b\"]]"))
        .asInstanceOf(MAP)
        .containsEntry(1, "a")
        .containsEntry(2, "b");
  }

  @ParameterizedTest
  @CsvSource({
    "'[[1,\"a\"],[1,\"b\"]]',BAD_JSON",
    "'[[null,\"a\"]]',NULL_NOT_ALLOWED",
    "'[[1]]',WRONG_JSON_TYPE",
    "'{\"x\":\"a\"}',WRONG_JSON_TYPE",
    "5,WRONG_JSON_TYPE"
  })
  void brokenMapsAreRefused(String json, Code code) {
    assertThat(failure(column(map(type("int32"), type("string"))), json).code()).isEqualTo(code);
  }

  @Test
  void structsHaveTheirFieldsInOrder() {
    assertThat(decode(column(POINT), "{\"srid\":1,\"y\":2.5,\"x\":1.5}"))
        .isEqualTo(new Object[] {1.5, 2.5, 1});
    assertThat(decode(column(POINT), "{\"x\":1.5}")).isEqualTo(new Object[] {1.5, null, 4326});
    assertThat(decode(column(POINT), "{\"x\":1.5,\"y\":null,\"srid\":null}"))
        .isEqualTo(new Object[] {1.5, null, 4326});
  }

  @Test
  void structsRefuseMissingAndUnknownFields() {
    assertThat(failure(column(POINT), "{\"y\":2.5}"))
        .hasMessageStartingWith("Cannot decode column 'c.x': the event has no such field")
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.MISSING_COLUMN);
    assertThat(failure(column(POINT), "{\"x\":1,\"z\":3}"))
        .extracting(UndecodableValueException::code, UndecodableValueException::column)
        .containsExactly(Code.UNKNOWN_COLUMN, "c.z");
    assertThat(failure(column(POINT), "[1,2]").code()).isEqualTo(Code.WRONG_JSON_TYPE);
  }
}
