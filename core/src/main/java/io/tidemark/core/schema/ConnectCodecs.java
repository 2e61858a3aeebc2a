package io.tidemark.core.schema;

import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.NumberCodecs.Form;
import io.tidemark.core.schema.TimeCodecs.Marker;
import io.tidemark.core.schema.TimeCodecs.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Codecs of Kafka Connect types: by meaning where the schema's name is known here, else by the
 * physical type.
 *
 * <p>Names whose values are what their physical type says (enum, json, uuid, xml, ltree, tsvector,
 * interval, durations, year, geometries, vectors) need no entry.
 */
final class ConnectCodecs {
  static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  static final String VARIABLE_SCALE = "io.debezium.data.VariableScaleDecimal";
  static final String JSON = "io.debezium.data.Json";
  static final String UUID = "io.debezium.data.Uuid";
  static final String BITS = "io.debezium.data.Bits";

  private static final String ENUM = "io.debezium.data.Enum";
  private static final String SOURCE_TYPE = "__debezium.source.column.type";

  /** The parameter, put in by us, that holds the declared image of a column. */
  static final String IMAGE = "tidemark.as";

  /** PostgreSQL's scale of -1000 to 1000 comes in eleven bits without a sign. */
  private static final int SCALE_BITS = 2_048;

  private static final int MAX_WRAPPED = 1_000;

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

  private static final Map<Meaning, TimeForm> TIME_FORMS =
      Map.ofEntries(
          Map.entry(new Meaning(CONNECT + "Date", "int32"), new TimeForm.Days()),
          Map.entry(new Meaning(DEBEZIUM + "Date", "int32"), new TimeForm.Days()),
          Map.entry(new Meaning(DEBEZIUM + "IsoDate", "string"), new TimeForm.IsoDay()),
          Map.entry(
              new Meaning(CONNECT + "Timestamp", "int64"), new TimeForm.Count(Unit.MILLIS, "")),
          Map.entry(
              new Meaning(DEBEZIUM + "Timestamp", "int64"), new TimeForm.Count(Unit.MILLIS, "")),
          Map.entry(
              new Meaning(DEBEZIUM + "MicroTimestamp", "int64"),
              new TimeForm.Count(Unit.MICROS, "")),
          Map.entry(
              new Meaning(DEBEZIUM + "NanoTimestamp", "int64"), new TimeForm.Count(Unit.NANOS, "")),
          Map.entry(new Meaning(DEBEZIUM + "IsoTimestamp", "string"), new TimeForm.IsoLocal()),
          Map.entry(new Meaning(DEBEZIUM + "ZonedTimestamp", "string"), new TimeForm.IsoZoned()));

  private ConnectCodecs() {}

  /** A name on a physical type. */
  record Meaning(String semantic, String physical) {}

  /** The meanings known here, for the test that holds them against the documentation. */
  static Set<Meaning> meanings() {
    return MEANINGS.keySet();
  }

  /** How the type writes dates or timestamps; empty if it holds neither. */
  static Optional<TimeForm> timeForm(ConnectType type) {
    return Optional.ofNullable(TIME_FORMS.get(new Meaning(type.semantic(), type.physical())));
  }

  static Codec of(ConnectType type) {
    String image = type.parameters().get(IMAGE);
    if (image != null) {
      return ImageCodecs.of(type.withoutImage(), ColumnDeclaration.parse(image));
    }
    if (type.semantic().equals(BITS) && type.physical().equals("bytes")) {
      return new BytesCodecs.Bits(length(type));
    }
    if (type.semantic().equals(DECIMAL) && type.physical().equals("bytes")) {
      return decimal(type);
    }
    if (type.semantic().equals(ENUM) && type.physical().equals("string")) {
      return BytesCodecs.Label.of(type.parameters().getOrDefault("allowed", ""));
    }
    if (type.physical().equals("int64") && isUnsigned(type)) {
      return new DecimalCodecs.Unsigned();
    }
    Supplier<Codec> meaning = MEANINGS.get(new Meaning(type.semantic(), type.physical()));
    return meaning == null ? physical(type) : meaning.get();
  }

  /** 0 if the schema does not say, or says something that is no length. */
  private static int length(ConnectType type) {
    try {
      return Math.max(0, Integer.parseInt(type.parameters().getOrDefault("length", "0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Known only if the connector was told to say so: {@code column.propagate.source.type}. */
  private static boolean isUnsigned(ConnectType type) {
    String source = type.parameters().getOrDefault(SOURCE_TYPE, "").toUpperCase(Locale.ROOT);
    return source.startsWith("BIGINT") && source.contains("UNSIGNED");
  }

  private static Codec decimal(ConnectType type) {
    int written = parameter(type, "scale", 0);
    if (written >= SCALE_BITS - MAX_WRAPPED && written < SCALE_BITS) {
      return new DecimalCodecs.Wrapped(fixed(type, written - SCALE_BITS), written);
    }
    return fixed(type, written);
  }

  private static Codec fixed(ConnectType type, int scale) {
    int precision = parameter(type, "connect.decimal.precision", LakeType.Decimal.MAX_PRECISION);
    // numeric(3,5) of PostgreSQL has values below 0.01 only: its scale is all its digits.
    int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
    if (digits < 1 || digits > LakeType.Decimal.MAX_PRECISION) {
      return new DecimalCodecs.UnscaledText(scale);
    }
    return new DecimalCodecs.Unscaled(new LakeType.Decimal(digits, Math.max(scale, 0)), scale);
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
        "", "its parameter '" + name + "' is '" + text + "', which is no such number");
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
