package io.tidemark.core.schema;

import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.NumberCodecs.Form;
import io.tidemark.core.schema.TimeCodecs.Marker;
import io.tidemark.core.schema.TimeCodecs.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Codecs of Kafka Connect types: by meaning where the schema's name is known here, else by the
 * physical type.
 *
 * <p>Names whose values are what their physical type says (enum, json, uuid, xml, ltree, tsvector,
 * bits, interval, durations, year, geometries, vectors) need no entry.
 */
final class ConnectCodecs {
  static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";
  static final String JSON = "io.debezium.data.Json";
  static final String UUID = "io.debezium.data.Uuid";

  static final Set<String> PHYSICAL =
      Set.of(
          "int8", "int16", "int32", "int64", "float", "double", "boolean", "string", "bytes",
          "array", "map", "struct");

  private static final String CONNECT = "org.apache.kafka.connect.data.";
  private static final String DEBEZIUM = "io.debezium.time.";

  /** By name and physical type: the same name on another physical type means nothing known. */
  private static final Map<Meaning, Supplier<Codec>> MEANINGS =
      Map.ofEntries(
          meaning(CONNECT + "Date", "int32", TimeCodecs.EpochDays::new),
          meaning(CONNECT + "Time", "int32", () -> new TimeCodecs.TimeOfDay(Unit.MILLIS)),
          meaning(CONNECT + "Timestamp", "int64", () -> new TimeCodecs.EpochLocal(Unit.MILLIS)),
          meaning(DEBEZIUM + "Date", "int32", TimeCodecs.EpochDays::new),
          meaning(DEBEZIUM + "Time", "int32", () -> new TimeCodecs.TimeOfDay(Unit.MILLIS)),
          meaning(DEBEZIUM + "MicroTime", "int64", () -> new TimeCodecs.TimeOfDay(Unit.MICROS)),
          meaning(DEBEZIUM + "NanoTime", "int64", () -> new TimeCodecs.TimeOfDay(Unit.NANOS)),
          meaning(DEBEZIUM + "ZonedTime", "string", TimeCodecs.ZonedTime::new),
          meaning(DEBEZIUM + "Timestamp", "int64", () -> new TimeCodecs.EpochLocal(Unit.MILLIS)),
          meaning(
              DEBEZIUM + "MicroTimestamp", "int64", () -> new TimeCodecs.EpochLocal(Unit.MICROS)),
          meaning(DEBEZIUM + "NanoTimestamp", "int64", () -> new TimeCodecs.EpochLocal(Unit.NANOS)),
          meaning(DEBEZIUM + "ZonedTimestamp", "string", TimeCodecs.IsoInstant::new),
          meaning(DEBEZIUM + "IsoDate", "string", TimeCodecs.IsoDate::new),
          meaning(DEBEZIUM + "IsoTime", "string", TimeCodecs.IsoTime::new),
          meaning(
              DEBEZIUM + "IsoTimestamp",
              "string",
              () -> new TimeCodecs.IsoLocal(Marker.UTC_ALLOWED)),
          meaning(VARIABLE_SCALE, "struct", DecimalCodecs.VariableScale::new));

  private ConnectCodecs() {}

  /** A name on a physical type. */
  record Meaning(String semantic, String physical) {}

  /** The meanings known here, for the test that holds them against the documentation. */
  static Set<Meaning> meanings() {
    return MEANINGS.keySet();
  }

  static Codec of(ConnectType type) {
    if (type.semantic().equals(DECIMAL) && type.physical().equals("bytes")) {
      return decimal(type);
    }
    Supplier<Codec> meaning = MEANINGS.get(new Meaning(type.semantic(), type.physical()));
    return meaning == null ? physical(type) : meaning.get();
  }

  private static Codec decimal(ConnectType type) {
    int scale = parameter(type, "scale", 0);
    int precision = parameter(type, "connect.decimal.precision", LakeType.Decimal.MAX_PRECISION);
    // numeric(3,5) of PostgreSQL has values below 0.01 only: its scale is all its digits.
    int digits = Math.max(precision, scale);
    if (scale < 0 || digits < 1 || digits > LakeType.Decimal.MAX_PRECISION) {
      return new DecimalCodecs.UnscaledText(scale);
    }
    return new DecimalCodecs.Unscaled(new LakeType.Decimal(digits, scale));
  }

  private static int parameter(ConnectType type, String name, int fallback) {
    String text = type.parameters().get(name);
    if (text == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text);
      if (Math.abs((long) number) <= DecimalCodecs.MAX_SCALE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below: the parameter is no size.
    }
    throw UndecodableValueException.schema(
        "", "the parameter '" + name + "' of a decimal is '" + text + "', which is no such number");
  }

  private static Codec physical(ConnectType type) {
    List<Column> children = type.children();
    return switch (type.physical()) {
      case "int8" -> new NumberCodecs.Int32(Byte.MIN_VALUE, Byte.MAX_VALUE, Form.NUMBER);
      case "int16" -> new NumberCodecs.Int32(Short.MIN_VALUE, Short.MAX_VALUE, Form.NUMBER);
      case "int32" -> new NumberCodecs.Int32(Integer.MIN_VALUE, Integer.MAX_VALUE, Form.NUMBER);
      case "int64" -> new NumberCodecs.Int64(Form.NUMBER);
      case "float" -> new NumberCodecs.Float32();
      case "double" -> new NumberCodecs.Float64();
      case "boolean" -> new NumberCodecs.Bool();
      case "string" -> new BytesCodecs.Text();
      case "bytes" -> new BytesCodecs.Binary(Encoding.BASE64);
      case "array" -> NestedCodecs.ArrayOf.of(children.get(0));
      case "map" -> NestedCodecs.MapOf.of(children.get(0), children.get(1));
      case "struct" -> NestedCodecs.StructOf.of(children);
      default ->
          throw UndecodableValueException.schema("", "unknown type '" + type.physical() + "'");
    };
  }

  private static Map.Entry<Meaning, Supplier<Codec>> meaning(
      String semantic, String physical, Supplier<Codec> codec) {
    return Map.entry(new Meaning(semantic, physical), codec);
  }
}
