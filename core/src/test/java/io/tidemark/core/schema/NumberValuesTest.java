package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.column;
import static io.tidemark.core.schema.Schemas.declared;
import static io.tidemark.core.schema.Schemas.decode;
import static io.tidemark.core.schema.Schemas.failure;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.UndecodableValueException.Code;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 10: exact types. */
class NumberValuesTest {

  @ParameterizedTest
  @CsvSource({"int8,-128,127", "int16,-32768,32767", "int32,-2147483648,2147483647"})
  void smallIntegersHoldTheirRangeAndNoMore(String physical, int min, int max) {
    Column column = column(type(physical));

    assertThat(decode(column, "" + min)).isEqualTo(min);
    assertThat(decode(column, "" + max)).isEqualTo(max);
    assertThat(decode(column, "0")).isEqualTo(0);
    assertThat(failure(column, "" + (min - 1L)).code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(failure(column, "" + (max + 1L)))
        .hasMessageStartingWith("Cannot decode column 'c': the type holds " + min + " to " + max)
        .extracting(UndecodableValueException::excerpt)
        .isEqualTo("" + (max + 1L));
  }

  @Test
  void longsHoldTheirRangeAndNoMore() {
    Column column = column(type("int64"));

    assertThat(decode(column, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(decode(column, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(decode(column, "7")).isEqualTo(7L);
    assertThat(failure(column, "9223372036854775808").code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(failure(column, "1e999999999").code()).isEqualTo(Code.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @CsvSource({"5.0,5", "5e2,500", "-0.0,0", "0e999999999,0", "1000000000000000000000e-20,10"})
  void wholeNumbersInOtherSpellingsAreIntegers(String json, int expected) {
    assertThat(decode(column(type("int32")), json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5.5,WOULD_LOSE_DIGITS",
    "1e-999999999,WOULD_LOSE_DIGITS",
    "NaN,NOT_A_NUMBER",
    "true,WRONG_JSON_TYPE",
    "[],WRONG_JSON_TYPE",
    "'\"5\"',WRONG_JSON_TYPE"
  })
  void whatIsNoIntegerIsRefused(String json, Code code) {
    assertThat(failure(column(type("int32")), json).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "'\"7\"',7", "'\"-9223372036854775808\"',-9223372036854775808"})
  void declaredIntegersMayStandInText(String json, long expected) {
    assertThat(decode(declared("bigint"), json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"x\"", "\"1_000\"", "\"0x10\"", "\"\u0661\"", "\" 1\""})
  void textThatIsNoNumberIsRefused(String json) {
    assertThat(failure(declared("bigint"), json).code()).isEqualTo(Code.NOT_A_NUMBER);
    assertThat(failure(declared("decimal(5,2)"), json).code()).isEqualTo(Code.NOT_A_NUMBER);
  }

  @Test
  void booleansAreOnlyTrueAndFalse() {
    Column column = column(type("boolean"));

    assertThat(decode(column, "true")).isEqualTo(true);
    assertThat(decode(column, "false")).isEqualTo(false);
    assertThat(failure(column, "1").code()).isEqualTo(Code.WRONG_JSON_TYPE);
    assertThat(failure(column, "\"true\"").code()).isEqualTo(Code.WRONG_JSON_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"NaN\"", "NaN", "\"Infinity\"", "Infinity", "\"-Infinity\"", "-Infinity"})
  void specialNumbersOfFloatsAreKept(String json) {
    double expected = Double.parseDouble(json.replace("\"", ""));

    assertThat(decode(column(type("double")), json)).isEqualTo(expected);
    assertThat(decode(column(type("float")), json)).isEqualTo((float) expected);
  }

  @Test
  void minusZeroIsKept() {
    assertThat(Double.doubleToRawLongBits((Double) decode(column(type("double")), "-0.0")))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(Float.floatToRawIntBits((Float) decode(column(type("float")), "-0.0")))
        .isEqualTo(Float.floatToRawIntBits(-0.0f));
  }

  @ParameterizedTest
  @CsvSource({
    "1e309,OUT_OF_RANGE",
    "-1e309,OUT_OF_RANGE",
    "1e-400,OUT_OF_RANGE",
    "0.12345678901234567890,WOULD_LOSE_DIGITS",
    "9007199254740993,WOULD_LOSE_DIGITS",
    "'\"abc\"',NOT_A_NUMBER",
    "'\"1.5\"',NOT_A_NUMBER",
    "true,WRONG_JSON_TYPE"
  })
  void doublesThatWouldNotBeKeptAreRefused(String json, Code code) {
    assertThat(failure(column(type("double")), json).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"1e39,OUT_OF_RANGE", "1e-50,OUT_OF_RANGE", "0.12345678912,WOULD_LOSE_DIGITS"})
  void floatsThatWouldNotBeKeptAreRefused(String json, Code code) {
    assertThat(failure(column(type("float")), json).code()).isEqualTo(code);
  }

  @Test
  void exactNumbersOfMoreDigitsAreKept() {
    assertThat(decode(column(type("double")), "1.00000000000000000000")).isEqualTo(1.0);
    assertThat(decode(column(type("double")), "123456789012345680000"))
        .isEqualTo(123456789012345680000.0);
    assertThat(decode(column(type("double")), "9007199254740992")).isEqualTo(9007199254740992.0);
    assertThat(decode(column(type("float")), "0.10000000149011612")).isEqualTo(0.1f);
    assertThat(decode(column(type("float")), "16777216")).isEqualTo(16777216f);
  }

  @Property
  void everyDoubleComesBack(@ForAll double number) {
    assertThat(decode(column(type("double")), Double.toString(number))).isEqualTo(number);
  }

  @Property
  void everyFloatComesBack(@ForAll float number) {
    assertThat(decode(column(type("float")), Float.toString(number))).isEqualTo(number);
  }

  @Property
  void everyLongComesBack(@ForAll long number) {
    assertThat(decode(column(type("int64")), Long.toString(number))).isEqualTo(number);
    assertThat(decode(declared("bigint"), '"' + Long.toString(number) + '"')).isEqualTo(number);
  }
}
