package io.tidemark.quality.reconcile;

import io.tidemark.core.schema.LakeType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/**
 * In which form values of MariaDB and MySQL are compared. Types have their name in {@code
 * information_schema}, such as {@code varchar}.
 */
final class MariaDbForms {
  private MariaDbForms() {}

  /** The form for a column; empty if no rule says how the type comes to the lake's. */
  static Optional<CellForm> find(String source, LakeType lake) {
    return Optional.ofNullable(lake instanceof LakeType.Text ? text(source) : typed(source, lake));
  }

  private static CellForm text(String source) {
    return switch (source) {
      case "char",
              "varchar",
              "tinytext",
              "text",
              "mediumtext",
              "longtext",
              "enum",
              "set",
              "uuid",
              "inet4",
              "inet6" ->
          CellForms.same(text -> text);
      case "json" -> CellForms.parsed(Texts::json);
      case "decimal" -> CellForms.parsed(Texts::digits);
      case "time" -> CellForms.parsed(MariaDbForms::time);
      default -> null;
    };
  }

  private static CellForm typed(String source, LakeType lake) {
    String accepted = source + " " + lake.getClass().getSimpleName();
    return switch (accepted) {
      case "bit Bool", "tinyint Bool" -> CellForms.form(Texts::truth, value -> value);
      case "bit Binary" -> CellForms.form(BigDecimal::new, value -> littleEndian((byte[]) value));
      case "tinyint Int32",
              "smallint Int32",
              "mediumint Int32",
              "int Int32",
              "year Int32",
              "tinyint Int64",
              "smallint Int64",
              "mediumint Int64",
              "int Int64",
              "bigint Int64",
              "year Int64" ->
          CellForms.form(Long::valueOf, value -> ((Number) value).longValue());
      case "tinyint Decimal",
              "smallint Decimal",
              "mediumint Decimal",
              "int Decimal",
              "bigint Decimal",
              "decimal Decimal" ->
          CellForms.form(Texts::decimal, value -> Texts.decimal(value.toString()));
      case "float Float32" -> CellForms.form(text -> (float) Double.parseDouble(text), v -> v);
      case "float Float64", "double Float64", "decimal Float64" ->
          CellForms.form(Double::valueOf, value -> value);
      case "date Date" -> CellForms.form(LocalDate::parse, value -> value);
      case "datetime TimestampNtz" -> CellForms.form(MariaDbForms::local, value -> value);
      case "timestamp Timestamp" ->
          CellForms.form(text -> local(text).toInstant(ZoneOffset.UTC), value -> value);
      case "binary Binary",
              "varbinary Binary",
              "tinyblob Binary",
              "blob Binary",
              "mediumblob Binary",
              "longblob Binary" ->
          CellForms.form(text -> HexFormat.of().parseHex(text), value -> value);
      default -> null;
    };
  }

  private static LocalDateTime local(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  /** A time of up to 838 hours without the zeros at the end of its fraction. */
  private static String time(String text) {
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** The number of bits whose last byte comes first. */
  static BigDecimal littleEndian(byte[] bytes) {
    byte[] bigEndian = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[i] = bytes[bytes.length - 1 - i];
    }
    return new BigDecimal(new BigInteger(1, bigEndian));
  }
}
