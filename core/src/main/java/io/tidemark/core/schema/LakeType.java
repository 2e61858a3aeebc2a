package io.tidemark.core.schema;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The type of a column in the lake.
 *
 * <p>Each type names the Java class of its values; together they are what Spark takes as an
 * external row with java.time types.
 */
public sealed interface LakeType extends Serializable {

  /** The type as Spark SQL writes it in DDL, for example {@code DECIMAL(12,2)}. */
  String ddl();

  /**
   * The type that {@code ddl} writes; letter case and spaces do not matter. The inverse of {@link
   * #ddl()}.
   *
   * @throws io.tidemark.core.error.TidemarkException if the text is no such type; lists those known
   */
  static LakeType parse(String ddl) {
    return LakeTypeParser.parse(ddl);
  }

  /**
   * The smallest type that holds every value of both types without loss, or empty if there is none:
   * integers widen to wider integers and to decimals, decimals to wider decimals of at most 38
   * digits, float to double; arrays, maps and structs of equal field names widen inside. Nothing
   * else widens; text is never used as a catch-all.
   */
  static Optional<LakeType> common(LakeType a, LakeType b) {
    return CommonType.of(a, b);
  }

  /** {@link Boolean} values. */
  record Bool() implements LakeType {
    @Override
    public String ddl() {
      return "BOOLEAN";
    }
  }

  /** {@link Integer} values. */
  record Int32() implements LakeType {
    @Override
    public String ddl() {
      return "INT";
    }
  }

  /** {@link Long} values. */
  record Int64() implements LakeType {
    @Override
    public String ddl() {
      return "BIGINT";
    }
  }

  /** {@link Float} values, NaN and infinities included. */
  record Float32() implements LakeType {
    @Override
    public String ddl() {
      return "FLOAT";
    }
  }

  /** {@link Double} values, NaN and infinities included. */
  record Float64() implements LakeType {
    @Override
    public String ddl() {
      return "DOUBLE";
    }
  }

  /**
   * {@link java.math.BigDecimal} values of exactly this scale.
   *
   * @param precision all digits, 1 to 38
   * @param scale digits after the point, 0 to {@code precision}
   */
  record Decimal(int precision, int scale) implements LakeType {
    /** The most digits a decimal of the lake can have. */
    public static final int MAX_PRECISION = 38;

    /** Refuses sizes that Spark and Delta cannot store. */
    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "Invalid decimal(%d,%d): precision must be 1 to 38 and scale 0 to the precision"
                .formatted(precision, scale));
      }
    }

    @Override
    public String ddl() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /** {@link String} values. */
  record Text() implements LakeType {
    @Override
    public String ddl() {
      return "STRING";
    }
  }

  /** {@code byte[]} values. */
  record Binary() implements LakeType {
    @Override
    public String ddl() {
      return "BINARY";
    }
  }

  /** {@link java.time.LocalDate} values of the years 0001 to 9999. */
  record Date() implements LakeType {
    @Override
    public String ddl() {
      return "DATE";
    }
  }

  /** {@link java.time.Instant} values: a point in time, in microseconds, years 0001 to 9999. */
  record Timestamp() implements LakeType {
    @Override
    public String ddl() {
      return "TIMESTAMP";
    }
  }

  /**
   * {@link java.time.LocalDateTime} values: what a clock on some wall shows, in microseconds, years
   * 0001 to 9999.
   */
  record TimestampNtz() implements LakeType {
    @Override
    public String ddl() {
      return "TIMESTAMP_NTZ";
    }
  }

  /**
   * {@link List} values; elements may be null.
   *
   * @param element type of each element
   */
  record ArrayOf(LakeType element) implements LakeType {
    /** Refuses a missing element type. */
    public ArrayOf {
      Objects.requireNonNull(element, "element");
    }

    @Override
    public String ddl() {
      return "ARRAY<" + element.ddl() + ">";
    }
  }

  /**
   * {@link java.util.Map} values; map values may be null, keys not.
   *
   * @param key type of each key
   * @param value type of each value
   */
  record MapOf(LakeType key, LakeType value) implements LakeType {
    /** Refuses missing types. */
    public MapOf {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public String ddl() {
      return "MAP<" + key.ddl() + ", " + value.ddl() + ">";
    }
  }

  /**
   * {@code Object[]} values with one element per field, in order; elements may be null.
   *
   * @param fields at least one, names unique
   */
  record StructOf(List<LakeField> fields) implements LakeType {
    /** Refuses a struct without fields or with two fields of one name. */
    public StructOf {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("Invalid struct type: it has no fields");
      }
      if (fields.stream().map(LakeField::name).distinct().count() < fields.size()) {
        throw new IllegalArgumentException(
            "Invalid struct type: a field name occurs twice in "
                + fields.stream().map(LakeField::name).toList());
      }
    }

    @Override
    public String ddl() {
      return fields.stream()
          .map(field -> quoted(field.name()) + ": " + field.type().ddl())
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }

    private static String quoted(String name) {
      return "`" + name.replace("`", "``") + "`";
    }
  }
}
