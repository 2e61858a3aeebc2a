package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Reads JSON numbers without loss.
 *
 * <p>Every step is bounded by the digits that are there: a number like {@code 1e999999999} must be
 * refused, not unfolded.
 */
final class Exact {
  /** No source's number is longer; parsing takes time in the square of this. */
  private static final int MAX_TEXT = 1_000;

  private static final int LONG_DIGITS = 19;

  private Exact() {}

  /** The number that the JSON number is. */
  static BigDecimal number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToLong()
          ? BigDecimal.valueOf(value.longValue())
          : new BigDecimal(value.bigIntegerValue());
    }
    if (value.isBigDecimal()) {
      return value.decimalValue();
    }
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return BigDecimal.valueOf(value.doubleValue());
    }
    throw value.isNumber()
        ? UndecodableValueException.value(
            Code.NOT_A_NUMBER, value, "NaN and infinity have no exact number")
        : UndecodableValueException.value(Code.WRONG_JSON_TYPE, value, "a JSON number is expected");
  }

  /** The number that the JSON number or the digits in the JSON string are. */
  static BigDecimal numberOrText(JsonNode value) {
    if (!value.isTextual()) {
      return number(value);
    }
    String text = value.textValue();
    if (text.length() > MAX_TEXT) {
      throw UndecodableValueException.value(
          Code.OUT_OF_RANGE, value, "a number has at most " + MAX_TEXT + " characters");
    }
    try {
      if (isPlain(text)) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      // Said below: this text is no number either.
    }
    throw UndecodableValueException.value(
        Code.NOT_A_NUMBER, value, "a number is expected, the text is none");
  }

  /**
   * The same number with exactly {@code scale} digits after the point.
   *
   * @param wholeDigits how many digits it may have before the point
   */
  static BigDecimal rescale(BigDecimal number, int wholeDigits, int scale, JsonNode value) {
    if (number.signum() == 0) {
      return BigDecimal.valueOf(0, scale);
    }
    if ((long) number.precision() - number.scale() > wholeDigits) {
      throw UndecodableValueException.value(
          Code.OUT_OF_RANGE,
          value,
          "the column has %d digits before the point, the value more".formatted(wholeDigits));
    }
    if (number.scale() == scale) {
      return number;
    }
    // Only trailing zeros can go, and a number has fewer of them than digits.
    if ((long) number.scale() - scale < number.precision()) {
      BigDecimal rescaled = number.setScale(scale, RoundingMode.DOWN);
      if (rescaled.compareTo(number) == 0) {
        return rescaled;
      }
    }
    throw UndecodableValueException.value(
        Code.WOULD_LOSE_DIGITS,
        value,
        "the column has %d digits after the point, the value more".formatted(scale));
  }

  /** The whole number that the JSON number is; {@code 5.0} is one, {@code 5.5} is not. */
  static long integer(JsonNode value) {
    if (value.isInt() || value.isLong()) {
      return value.longValue();
    }
    return integer(number(value), value);
  }

  /** The whole number that the JSON number or the digits in the JSON string are. */
  static long integerOrText(JsonNode value) {
    if (value.isInt() || value.isLong()) {
      return value.longValue();
    }
    return integer(numberOrText(value), value);
  }

  private static long integer(BigDecimal number, JsonNode value) {
    BigInteger whole = rescale(number, LONG_DIGITS, 0, value).unscaledValue();
    if (whole.bitLength() > Long.SIZE - 1) {
      throw UndecodableValueException.value(
          Code.OUT_OF_RANGE, value, "a whole number of at most 64 bits is expected");
    }
    return whole.longValue();
  }

  /** BigDecimal would take digits of every script. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
