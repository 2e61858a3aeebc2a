package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.InvalidValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a whole, exact: {@code 1%} is the same as {@code 0.01}.
 *
 * @param fraction from 0 to 1
 */
public record Share(BigDecimal fraction) {
  static final String SYNTAX = "a percentage from 0% to 100%, or a fraction with a dot: 1% or 0.01";

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(%?)");

  /** Refuses what is not between 0 and 1; keeps no trailing zeros, so equal shares are equal. */
  public Share {
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("Invalid share: " + fraction + " is not from 0 to 1");
    }
    fraction = fraction.signum() == 0 ? BigDecimal.ZERO : fraction.stripTrailingZeros();
  }

  static Share parse(String text) throws InvalidValue {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new InvalidValue("is not a share", "write " + SYNTAX);
    }
    BigDecimal number = new BigDecimal(parts.group(1));
    boolean percent = !parts.group(2).isEmpty();
    if (!percent && number.scale() == 0 && number.signum() > 0) {
      throw new InvalidValue(
          "is not clear: it could mean " + text + "% or " + text + " of 1", "write " + SYNTAX);
    }
    BigDecimal fraction = percent ? number.movePointLeft(2) : number;
    if (fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new InvalidValue("is more than the whole", "write " + SYNTAX);
    }
    return new Share(fraction);
  }

  /**
   * Whether more than this share of the rows is bad; never for no rows at all.
   *
   * @param bad how many rows are bad
   * @param rows how many rows there are, the bad ones included
   */
  public boolean isExceededBy(long bad, long rows) {
    return BigDecimal.valueOf(bad).compareTo(fraction.multiply(BigDecimal.valueOf(rows))) > 0;
  }

  /** As a percentage: {@code 1%}. */
  @Override
  public String toString() {
    return fraction.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
