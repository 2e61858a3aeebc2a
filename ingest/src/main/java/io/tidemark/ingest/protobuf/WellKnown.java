package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages that stand for single values: Google's wrappers, timestamp, date and time of day, and
 * the decimal that Connect's Protobuf converter writes. Their fields are known without their files.
 */
final class WellKnown {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> WRAPPED =
      Map.of(
          "DoubleValue", "double",
          "FloatValue", "float",
          "Int64Value", "int64",
          "UInt64Value", "uint64",
          "Int32Value", "int32",
          "UInt32Value", "uint32",
          "BoolValue", "bool",
          "StringValue", "string",
          "BytesValue", "bytes");
  private static final String GOOGLE = "google.protobuf.";

  private WellKnown() {}

  /**
   * The type of a name; null if it is none of these.
   *
   * @param meta what the converter noted of the Connect type
   */
  static ProtoType type(String name, Map<String, String> meta) {
    String plain = name.startsWith(".") ? name.substring(1) : name;
    String wrapped =
        plain.startsWith(GOOGLE) ? WRAPPED.get(plain.substring(GOOGLE.length())) : null;
    if (wrapped != null) {
      return wrapper(Scalars.TYPES.get(wrapped));
    }
    return switch (plain) {
      case "google.protobuf.Timestamp" ->
          type("int64", "io.debezium.time.MicroTimestamp", WellKnown::micros);
      case "google.type.Date" ->
          type("int32", "org.apache.kafka.connect.data.Date", WellKnown::days);
      case "google.type.TimeOfDay" ->
          type("int64", "io.debezium.time.MicroTime", WellKnown::timeOfDay);
      case "confluent.type.Decimal" -> decimal(meta);
      default -> null;
    };
  }

  private static ProtoType type(String connect, String name, ProtoType.Reader reader) {
    ObjectNode schema = NODES.objectNode().put("type", connect).put("optional", false);
    return new ProtoType(schema.put("name", name), WireInput.LENGTH, reader, null);
  }

  private static ProtoType wrapper(ProtoType value) {
    return new ProtoType(
        value.connect(),
        WireInput.LENGTH,
        input -> {
          JsonNode read = value.absent();
          while (!input.isAtEnd()) {
            long key = input.varint();
            if (key >>> 3 == 1 && (key & 7) == value.wireType()) {
              read = value.next(input);
            } else {
              input.skip((int) (key & 7), 0);
            }
          }
          return read;
        },
        null);
  }

  /** The numbers of a small message of varints, by field number. */
  private static Map<Integer, Long> numbers(WireInput input) {
    Map<Integer, Long> numbers = new HashMap<>();
    while (!input.isAtEnd()) {
      long key = input.varint();
      if ((key & 7) == WireInput.VARINT) {
        numbers.put((int) (key >>> 3), input.varint());
      } else {
        input.skip((int) (key & 7), 0);
      }
    }
    return numbers;
  }

  private static JsonNode micros(WireInput input) {
    Map<Integer, Long> parts = numbers(input);
    long nanos = parts.getOrDefault(2, 0L);
    try {
      return NODES.numberNode(
          Math.addExact(
              Math.multiplyExact(parts.getOrDefault(1, 0L), 1_000_000L), wholeMicros(nanos)));
    } catch (ArithmeticException e) {
      throw WireInput.mismatch("a timestamp is out of range");
    }
  }

  private static long wholeMicros(long nanos) {
    if (nanos % 1000 != 0) {
      throw WireInput.mismatch("a time has nanoseconds, of which the lake would lose some");
    }
    return nanos / 1000;
  }

  private static JsonNode days(WireInput input) {
    Map<Integer, Long> parts = numbers(input);
    try {
      return NODES.numberNode(
          Math.toIntExact(
              LocalDate.of(
                      Math.toIntExact(parts.getOrDefault(1, 0L)),
                      Math.toIntExact(parts.getOrDefault(2, 0L)),
                      Math.toIntExact(parts.getOrDefault(3, 0L)))
                  .toEpochDay()));
    } catch (DateTimeException | ArithmeticException e) {
      throw WireInput.mismatch("a date does not exist");
    }
  }

  private static JsonNode timeOfDay(WireInput input) {
    Map<Integer, Long> parts = numbers(input);
    long seconds =
        parts.getOrDefault(1, 0L) * 3600
            + parts.getOrDefault(2, 0L) * 60
            + parts.getOrDefault(3, 0L);
    return NODES.numberNode(seconds * 1_000_000 + wholeMicros(parts.getOrDefault(4, 0L)));
  }

  /** With a noted scale it is Connect's decimal, else one of Debezium's with a scale of its own. */
  private static ProtoType decimal(Map<String, String> meta) {
    String scale = meta.get("scale");
    if (scale == null) {
      ObjectNode struct = NODES.objectNode().put("type", "struct").put("optional", false);
      struct.put("name", "io.debezium.data.VariableScaleDecimal");
      struct
          .putArray("fields")
          .add(NODES.objectNode().put("type", "int32").put("optional", false).put("field", "scale"))
          .add(
              NODES.objectNode().put("type", "bytes").put("optional", false).put("field", "value"));
      return new ProtoType(struct, WireInput.LENGTH, WellKnown::variableScale, null);
    }
    ObjectNode schema = NODES.objectNode().put("type", "bytes").put("optional", false);
    schema.put("name", "org.apache.kafka.connect.data.Decimal");
    ObjectNode parameters = schema.putObject("parameters").put("scale", scale);
    if (meta.containsKey("connect.decimal.precision")) {
      parameters.put("connect.decimal.precision", meta.get("connect.decimal.precision"));
    }
    int digits = Integer.parseInt(scale);
    return new ProtoType(schema, WireInput.LENGTH, input -> unscaled(input, digits), null);
  }

  private static JsonNode unscaled(WireInput input, int scale) {
    try {
      return base64(number(input).setScale(scale).unscaledValue());
    } catch (ArithmeticException e) {
      throw WireInput.mismatch("a decimal has more than the " + scale + " digits of its type");
    }
  }

  private static JsonNode variableScale(WireInput input) {
    BigDecimal number = number(input);
    ObjectNode value = NODES.objectNode().put("scale", number.scale());
    value.set("value", base64(number.unscaledValue()));
    return value;
  }

  private static JsonNode base64(BigInteger unscaled) {
    return NODES.textNode(Base64.getEncoder().encodeToString(unscaled.toByteArray()));
  }

  /** Field 1 is the unscaled number's bytes, 3 the scale. */
  private static BigDecimal number(WireInput input) {
    byte[] unscaled = {0};
    int scale = 0;
    while (!input.isAtEnd()) {
      long key = input.varint();
      if (key == (1 << 3 | WireInput.LENGTH)) {
        byte[] bytes = input.delimited().rest();
        unscaled = bytes.length == 0 ? unscaled : bytes;
      } else if (key == (3 << 3 | WireInput.VARINT)) {
        scale = (int) input.varint();
      } else {
        input.skip((int) (key & 7), 0);
      }
    }
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}
