package io.tidemark.core.event.log;

import java.math.BigInteger;

/** Numbers as text of one width, so that the order of texts is the order of numbers. */
final class FixedWidth {
  private FixedWidth() {}

  /** A number that is not negative, in decimal digits. */
  static StringBuilder append(StringBuilder text, long value, int width) {
    return pad(text, Long.toString(value), width);
  }

  /** A number that is not negative and has at most {@code width} digits. */
  static StringBuilder append(StringBuilder text, BigInteger value, int width) {
    return pad(text, value.toString(), width);
  }

  private static StringBuilder pad(StringBuilder text, String digits, int width) {
    if (digits.length() > width || digits.startsWith("-")) {
      throw new IllegalArgumentException(digits + " does not fit " + width + " digits");
    }
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
