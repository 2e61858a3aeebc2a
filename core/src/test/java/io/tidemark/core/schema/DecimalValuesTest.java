package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.base64;
import static io.tidemark.core.schema.Schemas.column;
import static io.tidemark.core.schema.Schemas.decimal;
import static io.tidemark.core.schema.Schemas.declared;
import static io.tidemark.core.schema.Schemas.decode;
import static io.tidemark.core.schema.Schemas.failure;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 10: decimals keep every digit and their scale. */
class DecimalValuesTest {
  private static final String VARIABLE =
      type("struct", "io.debezium.data.VariableScaleDecimal")
          + ",\"fields\":[{\"field\":\"scale\",\"type\":\"int32\"},"
          + "{\"field\":\"value\",\"type\":\"bytes\"}]";

  private static String unscaled(String digits) {
    return base64(new BigInteger(digits).toByteArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.00",
        "0.01",
        "-0.01",
        "1.27",
        "1.28",
        "-1.28",
        "-1.29",
        "92233720368547758.07",
        "92233720368547758.08",
        "-92233720368547758.08",
        "-92233720368547758.09",
        "999999999999999999999999999999999999.99",
        "-999999999999999999999999999999999999.99"
      })
  void base64IsTheUnscaledNumber(String expected) {
    Object decoded = decode(column(decimal(38, 2)), unscaled(expected.replace(".", "")));

    assertThat(decoded).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "12,2,1000000000000,OUT_OF_RANGE",
    "12,2,-1000000000000,OUT_OF_RANGE",
    "38,0,100000000000000000000000000000000000000,OUT_OF_RANGE"
  })
  void unscaledNumbersBeyondThePrecisionAreRefused(int p, int s, String digits, Code code) {
    assertThat(failure(column(decimal(p, s)), unscaled(digits)).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"@@@\"',BAD_BYTES",
    "'\"12.50\"',BAD_BYTES",
    "'\"\"',BAD_BYTES",
    "{},WRONG_JSON_TYPE"
  })
  void whatIsNoBase64IsRefused(String json, Code code) {
    assertThat(failure(column(decimal(12, 2)), json).code()).isEqualTo(code);
  }

  @Test
  void digitsInTextAreNeverTakenForDigitsWhereBase64IsExpected() {
    assertThat(decode(column(decimal(12, 2)), "\"1250\""))
        .isEqualTo(new BigDecimal(new BigInteger(new byte[] {(byte) 0xd7, 0x6e, 0x74}), 2));
  }

  @Test
  void numbersOfANumericConverterAreTaken() {
    Column column = column(decimal(12, 2));

    assertThat(decode(column, "12.5")).isEqualTo(new BigDecimal("12.50"));
    assertThat(decode(column, "1E+3")).isEqualTo(new BigDecimal("1000.00"));
    assertThat(decode(column, "-7")).isEqualTo(new BigDecimal("-7.00"));
    assertThat(failure(column, "12.505").code()).isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(failure(column, "NaN").code()).isEqualTo(Code.NOT_A_NUMBER);
  }

  @Test
  void withoutPrecisionTheWidestDecimalHoldsIt() {
    Column column = column(type("bytes", Schemas.DECIMAL) + ",\"parameters\":{\"scale\":\"2\"}");

    assertThat(column.lakeType()).isEqualTo(new LakeType.Decimal(38, 2));
    assertThat(failure(column, unscaled("1" + "0".repeat(38))).code()).isEqualTo(Code.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @CsvSource({
    "40,2,1234567890123456789012345678901234567890,12345678901234567890123456789012345678.90",
    "40,0,-1,-1",
    "40,-2,123,12300",
    "40,-2,0,0",
    "50,45,1,0.000000000000000000000000000000000000000000001"
  })
  void decimalsTooWideForTheLakeAreTextOfAllDigits(int p, int s, String digits, String expected) {
    Column column = column(decimal(p, s));

    assertThat(column.lakeType()).isEqualTo(new LakeType.Text());
    assertThat(decode(column, unscaled(digits))).isEqualTo(expected);
  }

  @Test
  void aNegativeScaleIsWholeNumbers() {
    Column column = column(decimal(5, -2));

    assertThat(column.lakeType()).isEqualTo(new LakeType.Decimal(7, 0));
    assertThat(decode(column, unscaled("123"))).isEqualTo(new BigDecimal("12300"));
    assertThat(decode(column, "12300")).isEqualTo(new BigDecimal("12300"));
  }

  @Test
  void decimalsTooWideMayBeNumbersToo() {
    assertThat(decode(column(decimal(40, 2)), "1E+3")).isEqualTo("1000.00");
    assertThat(decode(column(decimal(40, -2)), "12300")).isEqualTo("12300");
  }

  @ParameterizedTest
  @CsvSource({"2,1250,12.50", "0,-7,-7", "10,1,0.0000000001", "-3,5,5000", "0,0,0", "3,0,0.000"})
  void variableScaleIsPlainText(int scale, String digits, String expected) {
    String json = "{\"scale\":%d,\"value\":%s}".formatted(scale, unscaled(digits));

    assertThat(decode(column(VARIABLE), json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"scale\":2}',WRONG_JSON_TYPE",
    "'{\"scale\":2,\"value\":\"AQ==\",\"x\":1}',WRONG_JSON_TYPE",
    "'{\"scale\":2147483647,\"value\":\"AQ==\"}',OUT_OF_RANGE",
    "'{\"scale\":-999999,\"value\":\"AQ==\"}',OUT_OF_RANGE",
    "'{\"scale\":0,\"value\":\"\"}',BAD_BYTES",
    "'\"AQ==\"',WRONG_JSON_TYPE"
  })
  void brokenVariableScaleIsRefused(String json, Code code) {
    assertThat(failure(column(VARIABLE), json).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "12.5,12.50",
    "'\"12.5\"',12.50",
    "'\"-0.10\"',-0.10",
    "'\"+1\"',1.00",
    "12.500000,12.50",
    "1e3,1000.00",
    "'\"1e-2\"',0.01",
    "0e-999999999,0.00",
    "9999999999.99,9999999999.99"
  })
  void declaredDecimalsAreNumbersOrDigits(String json, String expected) {
    assertThat(decode(declared("decimal(12,2)"), json)).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "10000000000,OUT_OF_RANGE",
    "1e999999999,OUT_OF_RANGE",
    "1e-999999999,WOULD_LOSE_DIGITS",
    "0.001,WOULD_LOSE_DIGITS",
    "'\"NaN\"',NOT_A_NUMBER",
    "true,WRONG_JSON_TYPE"
  })
  void declaredDecimalsThatDoNotFitAreRefused(String json, Code code) {
    assertThat(failure(declared("decimal(12,2)"), json).code()).isEqualTo(code);
  }

  @Property
  void everyDecimalComesBackFromBase64(@ForAll("decimals") BigDecimal number) {
    String json = base64(number.unscaledValue().toByteArray());

    assertThat(decode(column(decimal(38, number.scale())), json)).isEqualTo(number);
    assertThat(decode(declared("decimal(38,%d) from base64".formatted(number.scale())), json))
        .isEqualTo(number);
  }

  @Property
  void everyDecimalComesBackFromDigits(@ForAll("decimals") BigDecimal number) {
    Column column = declared("decimal(38,%d)".formatted(number.scale()));

    assertThat(decode(column, number.toString())).isEqualTo(number);
    assertThat(decode(column, '"' + number.toPlainString() + '"')).isEqualTo(number);
    assertThat(decode(column, number.stripTrailingZeros().toString())).isEqualTo(number);
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    BigInteger limit = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    return Combinators.combine(
            Arbitraries.bigIntegers().between(limit.negate(), limit),
            Arbitraries.integers().between(0, 38))
        .as(BigDecimal::new);
  }
}
