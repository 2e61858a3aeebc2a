package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.schema.LakeType;
import java.math.BigInteger;

/**
 * How the types of MariaDB and MySQL stand in change rows: in forms that Debezium's connectors have
 * for them.
 */
final class MariaDbForms {
  private MariaDbForms() {}

  static JsonForm of(DatabaseType type) {
    return switch (type.name()) {
      case "tinyint", "smallint" ->
          JsonForm.number(type.isUnsigned() && type.name().equals("smallint") ? "int32" : "int16");
      case "mediumint" -> JsonForm.number("int32");
      case "int" -> JsonForm.number(type.isUnsigned() ? "int64" : "int32");
      case "bigint" -> type.isUnsigned() ? JsonForm.decimal(20, 0) : JsonForm.number("int64");
      case "year" -> JsonForm.number("int32");
      case "float" -> JsonForm.floating("float", MariaDbForms::shortest);
      case "double" -> JsonForm.floating("double", text -> text);
      case "decimal" ->
          type.precision().orElse(10) > LakeType.Decimal.MAX_PRECISION
              ? JsonForm.text()
              : JsonForm.decimal(type.precision().orElse(10), type.scale());
      case "bit" -> bits(type.precision().orElse(1));
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> JsonForm.hex(0);
      case "date" -> JsonForm.of("string", "io.debezium.time.IsoDate", JsonGenerator::writeString);
      case "datetime" ->
          JsonForm.of(
              "string",
              "io.debezium.time.IsoTimestamp",
              (out, text) -> out.writeString(text.replace(' ', 'T')));
      case "timestamp" ->
          JsonForm.of(
              "string",
              "io.debezium.time.ZonedTimestamp",
              (out, text) -> out.writeString(text.replace(' ', 'T') + "Z"));
      case "time" -> JsonForm.timeOfDay();
      default -> JsonForm.text();
    };
  }

  private static JsonForm bits(int length) {
    return length == 1
        ? JsonForm.of("boolean", (out, text) -> out.writeBoolean(text.equals("1")))
        : JsonForm.bits(length, BigInteger::new);
  }

  /** A float that was asked for as a double, in the digits that a float needs. */
  private static String shortest(String text) {
    return Float.toString((float) Double.parseDouble(text));
  }
}
