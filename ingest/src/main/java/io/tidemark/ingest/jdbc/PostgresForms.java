package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.PgArray;
import io.tidemark.core.schema.LakeType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How PostgreSQL's types stand in change rows: in forms that Debezium's connector has for them, so
 * that a table may go over to that without another column.
 */
final class PostgresForms {
  private PostgresForms() {}

  static JsonForm of(DatabaseType type) {
    if (type.kind() == DatabaseType.Kind.ARRAY) {
      return array(of(type.element().orElseThrow()));
    }
    if (type.kind() == DatabaseType.Kind.ENUM) {
      return JsonForm.text();
    }
    return switch (type.name()) {
      case "bool" -> JsonForm.of("boolean", (out, text) -> out.writeBoolean(isTrue(text)));
      case "int2" -> JsonForm.number("int16");
      case "int4" -> JsonForm.number("int32");
      case "int8", "oid" -> JsonForm.number("int64");
      case "float4" -> JsonForm.floating("float", text -> text);
      case "float8" -> JsonForm.floating("double", text -> text);
      case "numeric" -> numeric(type);
      case "money" -> JsonForm.decimal(LakeType.Decimal.MAX_PRECISION, 2);
      case "bytea" -> JsonForm.hex("\\x".length());
      case "bit" -> bits(type.precision().orElse(1));
      case "date" -> JsonForm.of("string", "io.debezium.time.IsoDate", JsonGenerator::writeString);
      case "timestamp" ->
          JsonForm.of(
              "string",
              "io.debezium.time.IsoTimestamp",
              (out, text) -> out.writeString(text.replace(' ', 'T')));
      case "timestamptz" ->
          JsonForm.of(
              "string",
              "io.debezium.time.ZonedTimestamp",
              (out, text) -> out.writeString(instant(text)));
      case "time" -> JsonForm.timeOfDay();
      case "timetz" -> JsonForm.of("string", (out, text) -> out.writeString(timeInUtc(text)));
      default -> JsonForm.text();
    };
  }

  private static boolean isTrue(String text) {
    return text.equals("t") || text.equals("1");
  }

  private static JsonForm numeric(DatabaseType type) {
    if (type.precision().isEmpty()) {
      return JsonForm.of("string", (out, text) -> out.writeString(shortest(text)));
    }
    int scale = type.scale();
    int digits = Math.max(type.precision().getAsInt() - Math.min(scale, 0), Math.max(scale, 1));
    return digits > LakeType.Decimal.MAX_PRECISION
        ? JsonForm.text()
        : JsonForm.decimal(digits, Math.max(scale, 0));
  }

  /** Without zeros at the end, which say nothing where the type has no scale. */
  private static String shortest(String text) {
    return text.endsWith("N") || text.endsWith("y") // NaN, Infinity
        ? text
        : new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private static JsonForm bits(int length) {
    return length == 1
        ? JsonForm.of("boolean", (out, text) -> out.writeBoolean(isTrue(text)))
        : JsonForm.bits(length, text -> new BigInteger(text, 2));
  }

  /** PostgreSQL leaves out the minutes of an offset. */
  private static String instant(String text) {
    return text.endsWith("+00")
        ? text.substring(0, text.length() - 3).replace(' ', 'T') + "Z"
        : text; // Infinity, or a year BC.
  }

  private static String timeInUtc(String text) {
    if (text.startsWith("24:")) {
      return text; // No time of a clock: as it is.
    }
    char sign = text.charAt(text.length() - 3);
    String complete = sign == '+' || sign == '-' ? text + ":00" : text;
    return DateTimeFormatter.ISO_OFFSET_TIME.format(
        OffsetTime.parse(complete).withOffsetSameInstant(ZoneOffset.UTC));
  }

  private static JsonForm array(JsonForm element) {
    JsonForm form =
        JsonForm.of("array", (out, text) -> write(out, PgArray.parse(text), element.writer()));
    form.schema().set("items", element.schema().deepCopy().put("optional", true));
    return form;
  }

  private static void write(JsonGenerator out, List<?> elements, JsonForm.Writer writer)
      throws IOException {
    out.writeStartArray();
    for (Object element : elements) {
      if (element == null) {
        out.writeNull();
      } else if (element instanceof List<?> inner) {
        write(out, inner, writer);
      } else {
        writer.write(out, (String) element);
      }
    }
    out.writeEndArray();
  }
}
