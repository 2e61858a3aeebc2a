package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Exact decimal numbers, in fixed size and, where no lake decimal is wide enough, as text. */
final class DecimalCodecs {
  /** No database's number has more digits on one side of the point. */
  static final int MAX_SCALE = 150_000;

  private DecimalCodecs() {}

  /** JSON number, or digits in a JSON string. */
  record Digits(LakeType.Decimal type) implements Codec {
    @Override
    public LakeType lakeType() {
      return type;
    }

    @Override
    public Object decode(JsonNode value) {
      return fit(Exact.numberOrText(value), type, value);
    }
  }

  /**
   * Base64 of the big-endian unscaled integer; or a JSON number, which a converter with {@code
   * decimal.format=NUMERIC} writes. A JSON string is never read as digits: {@code "1250"} is both.
   */
  record Unscaled(LakeType.Decimal type, int scale) implements Codec {
    Unscaled(LakeType.Decimal type) {
      this(type, type.scale());
    }

    @Override
    public LakeType lakeType() {
      return type;
    }

    @Override
    public Object decode(JsonNode value) {
      return fit(value.isTextual() ? unscaled(value, scale) : Exact.number(value), type, value);
    }
  }

  /** As {@link Unscaled}, of any size and of a scale that may be negative, as plain digits. */
  record UnscaledText(int scale) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      if (value.isTextual()) {
        return unscaled(value, scale).toPlainString();
      }
      return Exact.rescale(Exact.number(value), MAX_SCALE, Math.max(scale, 0), value)
          .toPlainString();
    }
  }

  /** MySQL's unsigned 64 bits, which arrive as if they had a sign. */
  record Unsigned() implements Codec {
    private static final int DIGITS = 20;

    @Override
    public LakeType lakeType() {
      return new LakeType.Decimal(DIGITS, 0);
    }

    @Override
    public Object decode(JsonNode value) {
      return new BigDecimal(Long.toUnsignedString(Exact.integer(value)));
    }
  }

  /**
   * A decimal whose scale Debezium has misread: PostgreSQL's -2 arrives as 2046. The digits are
   * those of the misread scale.
   *
   * @param real the codec of the real scale, which takes JSON numbers
   * @param written the scale of the digits
   */
  record Wrapped(Codec real, int written) implements Codec {
    @Override
    public LakeType lakeType() {
      return real.lakeType();
    }

    @Override
    public Object decode(JsonNode value) {
      BigDecimal number = value.isTextual() ? unscaled(value, written) : Exact.number(value);
      BigDecimal whole = Exact.rescale(number, MAX_SCALE, 0, value);
      return lakeType() instanceof LakeType.Decimal type
          ? fit(whole, type, value)
          : whole.toPlainString();
    }
  }

  /** A struct of scale and unscaled value, the scale differing from row to row; as plain digits. */
  record VariableScale() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      JsonNode scale = value.get("scale");
      JsonNode unscaled = value.get("value");
      if (scale == null || unscaled == null || value.size() != 2) {
        throw UndecodableValueException.value(
            Code.WRONG_JSON_TYPE, value, "an object of 'scale' and 'value' is expected");
      }
      long digits = Exact.integer(scale);
      if (Math.abs(digits) > MAX_SCALE) {
        throw UndecodableValueException.value(
            Code.OUT_OF_RANGE, value, "the scale is beyond " + MAX_SCALE + " digits");
      }
      return unscaled(unscaled, (int) digits).toPlainString();
    }
  }

  private static BigDecimal fit(BigDecimal number, LakeType.Decimal type, JsonNode value) {
    return Exact.rescale(number, type.precision() - type.scale(), type.scale(), value);
  }

  private static BigDecimal unscaled(JsonNode value, int scale) {
    byte[] bytes = BytesCodecs.base64(value);
    if (bytes.length == 0) {
      throw UndecodableValueException.value(
          Code.BAD_BYTES, value, "a decimal has at least one byte");
    }
    if (bytes.length <= Long.BYTES) {
      long number = bytes[0];
      for (int i = 1; i < bytes.length; i++) {
        number = number << Byte.SIZE | Byte.toUnsignedInt(bytes[i]);
      }
      return BigDecimal.valueOf(number, scale);
    }
    return new BigDecimal(new BigInteger(bytes), scale);
  }
}
