package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.PgArray;
import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.LakeType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which form the values of a column are compared in: by its type in the source and in the lake. */
final class CellForms {
  private CellForms() {}

  /**
   * The form for a column.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if no rule says how the
   *     source's type comes to the lake's
   */
  static CellForm of(String column, DatabaseType source, LakeType lake) {
    return find(source, lake)
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot compare column '%s': no rule says what a %s is as %s"
                        .formatted(column, source, lake.ddl()),
                    "docs/types.md lists how types come to the lake; leave the table out of the"
                        + " comparison if the connector's modes turn them into something else"));
  }

  private static Optional<CellForm> find(DatabaseType source, LakeType lake) {
    if (source.kind() == DatabaseType.Kind.MARIADB) {
      return MariaDbForms.find(source.name(), lake);
    }
    if (source.kind() == DatabaseType.Kind.STANDARD) {
      return StandardForms.find(source.name(), lake);
    }
    if (source.kind() == DatabaseType.Kind.ARRAY) {
      return lake instanceof LakeType.ArrayOf array
          ? find(source.element().orElseThrow(), array.element()).map(ArrayForm::new)
          : Optional.empty();
    }
    if (source.kind() == DatabaseType.Kind.ENUM) {
      return lake instanceof LakeType.Text ? Optional.of(same(text -> text)) : Optional.empty();
    }
    return Optional.ofNullable(
        lake instanceof LakeType.Text ? text(source.name()) : typed(source.name(), lake));
  }

  /** Forms of what is text in the lake. */
  private static CellForm text(String source) {
    return switch (source) {
      case "text",
              "varchar",
              "bpchar",
              "citext",
              "name",
              "uuid",
              "xml",
              "inet",
              "cidr",
              "macaddr",
              "macaddr8",
              "ltree",
              "int4range",
              "int8range",
              "numrange",
              "tsrange",
              "tstzrange",
              "daterange" ->
          same(text -> text);
      case "numeric" -> parsed(Texts::digits);
      case "json", "jsonb", "hstore" -> parsed(Texts::json);
      case "time" -> parsed(Texts::timeOfDay);
      case "timetz" -> parsed(Texts::timeOfDayInUtc);
      case "interval" -> parsed(Texts::interval);
      default -> null;
    };
  }

  /** Forms of what has a type of its own in the lake. */
  private static CellForm typed(String source, LakeType lake) {
    String accepted = source + " " + lake.getClass().getSimpleName();
    return switch (accepted) {
      case "bool Bool", "bit Bool" -> form(Texts::truth, value -> value);
      case "int2 Int32", "int2 Int64", "int4 Int32", "int4 Int64", "int8 Int64", "oid Int64" ->
          form(Long::valueOf, value -> ((Number) value).longValue());
      case "interval Int64" -> form(Texts::intervalMicros, value -> value);
      case "int2 Decimal", "int4 Decimal", "int8 Decimal", "numeric Decimal", "money Decimal" ->
          form(Texts::decimal, value -> Texts.decimal(value.toString()));
      case "float4 Float32" -> form(Float::valueOf, value -> value);
        // A float that was widened has the float's value, not that of its digits.
      case "float4 Float64" -> form(text -> (double) Float.parseFloat(text), value -> value);
      case "float8 Float64", "numeric Float64" -> form(Double::valueOf, value -> value);
      case "date Date" -> form(Texts::date, value -> value);
      case "timestamp TimestampNtz" -> form(Texts::localDateTime, value -> value);
      case "timestamptz Timestamp" -> form(Texts::instant, value -> value);
      case "bit Binary" ->
          form(
              text -> new BigDecimal(new BigInteger(text, 2)),
              value -> MariaDbForms.littleEndian((byte[]) value));
      case "bytea Binary" -> form(Texts::bytes, value -> value);
      default -> null;
    };
  }

  /** The same reading of text for both sides. */
  static CellForm same(Function<String, Object> reading) {
    return form(reading, value -> reading.apply((String) value));
  }

  /** As {@link #same}, but text that cannot be read is compared as it is. */
  static CellForm parsed(Function<String, Object> reading) {
    return form(reading, value -> orText(reading, (String) value));
  }

  static CellForm form(Function<String, Object> source, Function<Object, Object> lake) {
    return new CellForm() {
      @Override
      public Object ofSource(String text) {
        return orText(source, text);
      }

      @Override
      public Object ofLake(Object value) {
        return lake.apply(value);
      }
    };
  }

  private static Object orText(Function<String, Object> reading, String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
      return text; // For example infinity, for which the lake has no value.
    }
  }

  /** Arrays, element by element. */
  private record ArrayForm(CellForm element) implements CellForm {
    @Override
    public Object ofSource(String text) {
      return elements(PgArray.parse(text));
    }

    private List<Object> elements(List<?> texts) {
      List<Object> values = new ArrayList<>(texts.size());
      for (Object text : texts) {
        values.add(
            text instanceof List<?> inner
                ? elements(inner)
                : text == null ? null : element.ofSource((String) text));
      }
      return values;
    }

    @Override
    public Object ofLake(Object value) {
      List<Object> values = new ArrayList<>();
      for (Object one : (List<?>) value) {
        values.add(one == null ? null : element.ofLake(one));
      }
      return values;
    }
  }
}
