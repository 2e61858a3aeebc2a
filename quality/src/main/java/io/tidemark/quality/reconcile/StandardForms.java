package io.tidemark.quality.reconcile;

import io.tidemark.core.schema.LakeType;
import java.util.HexFormat;
import java.util.Optional;

/** In which form values of databases are compared that are known by JDBC only. */
final class StandardForms {
  private StandardForms() {}

  /** The form for a family of types; empty if no rule says how it comes to the lake's. */
  static Optional<CellForm> find(String source, LakeType lake) {
    return Optional.ofNullable(lake instanceof LakeType.Text ? text(source) : typed(source, lake));
  }

  private static CellForm text(String source) {
    return switch (source) {
      case "text", "uuid", "timetz", "other" -> CellForms.same(text -> text);
      case "decimal" -> CellForms.parsed(Texts::digits);
      case "time" -> CellForms.parsed(Texts::timeOfDay);
      default -> null;
    };
  }

  private static CellForm typed(String source, LakeType lake) {
    String accepted = source + " " + lake.getClass().getSimpleName();
    return switch (accepted) {
      case "bool Bool" -> CellForms.form(Texts::truth, value -> value);
      case "tinyint Int32",
              "smallint Int32",
              "int Int32",
              "tinyint Int64",
              "smallint Int64",
              "int Int64",
              "bigint Int64" ->
          CellForms.form(Long::valueOf, value -> ((Number) value).longValue());
      case "tinyint Decimal",
              "smallint Decimal",
              "int Decimal",
              "bigint Decimal",
              "decimal Decimal" ->
          CellForms.form(Texts::decimal, value -> Texts.decimal(value.toString()));
      case "real Float32" -> CellForms.form(Float::valueOf, value -> value);
      case "double Float64", "decimal Float64" -> CellForms.form(Double::valueOf, value -> value);
      case "date Date" -> CellForms.form(Texts::date, value -> value);
      case "timestamp TimestampNtz" -> CellForms.form(Texts::localDateTime, value -> value);
      case "timestamptz Timestamp" -> CellForms.form(Texts::instant, value -> value);
      case "binary Binary" -> CellForms.form(text -> HexFormat.of().parseHex(text), value -> value);
      default -> null;
    };
  }
}
