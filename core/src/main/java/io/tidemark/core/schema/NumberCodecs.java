package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.math.BigDecimal;

/** Booleans, integers and binary floating point numbers. */
final class NumberCodecs {
  private NumberCodecs() {}

  /** Where digits may stand. */
  enum Form {
    /** Only as a JSON number: what a schema block promises. */
    NUMBER,
    /** As a JSON number or in a JSON string. */
    NUMBER_OR_TEXT
  }

  /** JSON true and false. */
  record Bool() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Bool();
    }

    @Override
    public Object decode(JsonNode value) {
      if (!value.isBoolean()) {
        throw UndecodableValueException.value(
            Code.WRONG_JSON_TYPE, value, "true or false is expected");
      }
      return value.booleanValue();
    }
  }

  /** Integers of up to 32 bits. */
  record Int32(int min, int max, Form form) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Int32();
    }

    @Override
    public Object decode(JsonNode value) {
      long number = integer(value, form);
      if (number < min || number > max) {
        throw UndecodableValueException.value(
            Code.OUT_OF_RANGE, value, "the type holds " + min + " to " + max);
      }
      return (int) number;
    }
  }

  /** Integers of 64 bits. */
  record Int64(Form form) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Int64();
    }

    @Override
    public Object decode(JsonNode value) {
      return integer(value, form);
    }
  }

  /** Single precision. */
  record Float32() implements Codec {
    /** A float is told from its neighbours by so many digits. */
    private static final int DIGITS = 9;

    @Override
    public LakeType lakeType() {
      return new LakeType.Float32();
    }

    @Override
    public Object decode(JsonNode value) {
      if (isSpecial(value)) {
        return (float) special(value);
      }
      BigDecimal exact = Exact.number(value);
      float number = exact.floatValue();
      requireFinite(Float.isFinite(number) && (number != 0 || exact.signum() == 0), value);
      // Some writers print the double that equals the float: 0.1 as 0.10000000149011612.
      if (exact.precision() > DIGITS && (double) number != exact.doubleValue()) {
        requireKept(new BigDecimal(number), new BigDecimal(Float.toString(number)), value, exact);
      }
      return number;
    }
  }

  /** Double precision. */
  record Float64() implements Codec {
    /** A double is told from its neighbours by so many digits. */
    private static final int DIGITS = 17;

    @Override
    public LakeType lakeType() {
      return new LakeType.Float64();
    }

    @Override
    public Object decode(JsonNode value) {
      if (value.isInt()) {
        return value.doubleValue();
      }
      if (isSpecial(value)) {
        return special(value);
      }
      BigDecimal exact = Exact.number(value);
      double number = exact.doubleValue();
      requireFinite(Double.isFinite(number) && (number != 0 || exact.signum() == 0), value);
      if (exact.precision() > DIGITS || value.isIntegralNumber()) {
        requireKept(new BigDecimal(number), new BigDecimal(Double.toString(number)), value, exact);
      }
      return number;
    }
  }

  private static long integer(JsonNode value, Form form) {
    return switch (form) {
      case NUMBER -> Exact.integer(value);
      case NUMBER_OR_TEXT -> Exact.integerOrText(value);
    };
  }

  /** The bare words NaN and Infinity, minus zero, and the words in a string. */
  private static boolean isSpecial(JsonNode value) {
    return value.isTextual() || value.isDouble() || value.isFloat();
  }

  private static double special(JsonNode value) {
    if (!value.isTextual()) {
      return value.doubleValue();
    }
    return switch (value.textValue()) {
        // The second of each is Debezium's word for a numeric of PostgreSQL in string mode.
      case "NaN", "NAN" -> Double.NaN;
      case "Infinity", "POSITIVE_INFINITY" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "NEGATIVE_INFINITY" -> Double.NEGATIVE_INFINITY;
      default ->
          throw UndecodableValueException.value(
              Code.NOT_A_NUMBER,
              value,
              "a JSON number, \"NaN\", \"Infinity\" or \"-Infinity\" is expected");
    };
  }

  private static void requireFinite(boolean finite, JsonNode value) {
    if (!finite) {
      throw UndecodableValueException.value(
          Code.OUT_OF_RANGE, value, "the number is too large or too close to zero for the type");
    }
  }

  /** Either what the binary number is, or the shortest digits that lead to it. */
  private static void requireKept(
      BigDecimal binary, BigDecimal shortest, JsonNode value, BigDecimal exact) {
    if (binary.compareTo(exact) != 0 && shortest.compareTo(exact) != 0) {
      throw UndecodableValueException.value(
          Code.WOULD_LOSE_DIGITS,
          value,
          "the number has more digits than the type can keep; a decimal or string column can");
    }
  }
}
