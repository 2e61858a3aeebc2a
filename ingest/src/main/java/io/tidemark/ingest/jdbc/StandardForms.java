package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.schema.LakeType;
import java.math.BigDecimal;

/** How types that are known by JDBC only stand in change rows. */
final class StandardForms {
  private StandardForms() {}

  static JsonForm of(DatabaseType type) {
    return switch (type.name()) {
      case "bool" -> JsonForm.of("boolean", (out, text) -> out.writeBoolean(text.equals("1")));
      case "tinyint", "smallint" -> JsonForm.number("int16");
      case "int" -> JsonForm.number("int32");
      case "bigint" -> JsonForm.number("int64");
      case "real" -> JsonForm.floating("float", text -> text);
      case "double" -> JsonForm.floating("double", text -> text);
      case "decimal" -> decimal(type);
      case "binary" -> JsonForm.hex(0);
      case "date" -> JsonForm.of("string", "io.debezium.time.IsoDate", JsonGenerator::writeString);
      case "time" -> JsonForm.timeOfDay();
      case "timestamp" ->
          JsonForm.of(
              "string",
              "io.debezium.time.IsoTimestamp",
              (out, text) -> out.writeString(text.replace(' ', 'T')));
      case "timestamptz" ->
          JsonForm.of(
              "string",
              "io.debezium.time.ZonedTimestamp",
              (out, text) -> out.writeString(text.replace(' ', 'T').replaceFirst("[+]00$", "Z")));
      default -> JsonForm.text();
    };
  }

  private static JsonForm decimal(DatabaseType type) {
    int digits = Math.max(type.precision().orElse(Integer.MAX_VALUE), type.scale());
    return digits > LakeType.Decimal.MAX_PRECISION
        ? JsonForm.of("string", (out, text) -> out.writeString(shortest(text)))
        : JsonForm.decimal(digits, type.scale());
  }

  /** Without zeros at the end, which say nothing where the type has no scale. */
  private static String shortest(String text) {
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }
}
