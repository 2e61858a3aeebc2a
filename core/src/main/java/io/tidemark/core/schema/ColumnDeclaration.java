package io.tidemark.core.schema;

import io.tidemark.core.error.Errors;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The declared type of a column whose events carry no schema: a lake type, and how the JSON writes
 * its values.
 *
 * <p>Written in a pipeline file as {@code <type>[ from <encoding>][ with infinity]}, for example
 * {@code decimal(12,2) from base64} or {@code timestamp_ntz from micros}. Without {@code from}:
 * {@code natural} (JSON's own booleans, numbers and strings; decimals and integers as number or
 * string), {@code base64} for binary, {@code iso} for dates and timestamps.
 *
 * @param lakeType the type of the decoded values
 * @param encoding how the JSON writes a value; for arrays, maps and structs {@code natural}, their
 *     elements having the encoding they would have without {@code from}, or {@code bson}
 * @param infinity what becomes of infinite dates and timestamps
 */
public record ColumnDeclaration(LakeType lakeType, Encoding encoding, Infinity infinity)
    implements ColumnType {

  /** What becomes of an infinite date or timestamp. */
  public enum Infinity {
    /** It is refused. */
    REFUSED,
    /**
     * It becomes the last or first value that the lake type has; the source's own such values are
     * refused.
     */
    LIMITS
  }

  /** How a JSON value writes a value of a declared column. */
  public enum Encoding {
    /** JSON's own form: boolean, number, string, array, object. */
    NATURAL,
    /** Base64 (RFC 4648): of the bytes, or of a decimal's big-endian unscaled integer. */
    BASE64,
    /** Base64 with the alphabet for URLs. */
    BASE64URL,
    /** Two hexadecimal digits a byte, in either case. */
    HEX,
    /** ISO 8601 text. */
    ISO,
    /** Days since 1970-01-01. */
    DAYS,
    /** Milliseconds since 1970-01-01T00:00. */
    MILLIS,
    /** Microseconds since 1970-01-01T00:00. */
    MICROS,
    /** Nanoseconds since 1970-01-01T00:00; those that are no whole microseconds are refused. */
    NANOS,
    /** MongoDB's Extended JSON, of either version. */
    BSON;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String FROM = " from ";
  private static final String WITH_INFINITY = " with infinity";

  /** A declaration that refuses infinity. */
  public ColumnDeclaration(LakeType lakeType, Encoding encoding) {
    this(lakeType, encoding, Infinity.REFUSED);
  }

  /** Refuses an encoding the type does not have. */
  public ColumnDeclaration {
    Objects.requireNonNull(lakeType, "lakeType");
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(infinity, "infinity");
    if (infinity == Infinity.LIMITS && !encodings(lakeType).contains(Encoding.ISO)) {
      throw Errors.configuration(
          "Invalid column type: %s cannot be 'with infinity'".formatted(lakeType.ddl()),
          "Only date, timestamp and timestamp_ntz can.");
    }
    if (!encodings(lakeType).contains(encoding)) {
      throw Errors.configuration(
          "Invalid column type: %s cannot come from '%s'"
              .formatted(lakeType.ddl(), encoding.word()),
          "Write it without 'from', or from one of: " + words(encodings(lakeType)) + ".");
    }
  }

  /**
   * Reads a declaration as a pipeline file writes it; letter case does not matter.
   *
   * @throws io.tidemark.core.error.TidemarkException (configuration) if the type or the encoding is
   *     unknown, or the type has no such encoding; the remedy lists what is allowed
   */
  public static ColumnDeclaration parse(String text) {
    String spaced = text.strip().replace('\t', ' ').replace('\n', ' ');
    if (spaced.toLowerCase(Locale.ROOT).endsWith(WITH_INFINITY)) {
      ColumnDeclaration finite =
          parse(spaced.substring(0, spaced.length() - WITH_INFINITY.length()));
      return new ColumnDeclaration(finite.lakeType, finite.encoding, Infinity.LIMITS);
    }
    int from = spaced.toLowerCase(Locale.ROOT).indexOf(FROM, endOfType(spaced));
    if (from < 0) {
      return of(LakeType.parse(spaced));
    }
    LakeType type = LakeType.parse(spaced.substring(0, from));
    String word = spaced.substring(from + FROM.length()).strip();
    Optional<Encoding> encoding =
        Arrays.stream(Encoding.values()).filter(e -> e.word().equalsIgnoreCase(word)).findFirst();
    if (encoding.isEmpty()) {
      throw Errors.configuration(
          "Invalid column type: '%s': unknown encoding '%s'".formatted(text, word),
          "%s can come from: %s.".formatted(type.ddl(), words(encodings(type))));
    }
    return new ColumnDeclaration(type, encoding.get());
  }

  /** The declaration of a type in its usual encoding, the one it has without {@code from}. */
  public static ColumnDeclaration of(LakeType type) {
    return new ColumnDeclaration(type, encodings(type).get(0));
  }

  /**
   * The declaration as {@link #parse} reads it, in one spelling: {@code decimal(12,2) from base64}.
   */
  public String text() {
    String type = isPlain(lakeType) ? lakeType.ddl().toLowerCase(Locale.ROOT) : lakeType.ddl();
    String from = encoding == encodings(lakeType).get(0) ? "" : FROM + encoding.word();
    return type + from + (infinity == Infinity.LIMITS ? WITH_INFINITY : "");
  }

  /** {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }

  /** The encodings a type can come from, the usual one first. */
  static List<Encoding> encodings(LakeType type) {
    if (type instanceof LakeType.Decimal) {
      return List.of(Encoding.NATURAL, Encoding.BASE64, Encoding.BSON);
    }
    if (type instanceof LakeType.Binary) {
      return List.of(Encoding.BASE64, Encoding.BASE64URL, Encoding.HEX, Encoding.BSON);
    }
    if (type instanceof LakeType.Date) {
      return List.of(Encoding.ISO, Encoding.DAYS, Encoding.BSON);
    }
    if (type instanceof LakeType.Timestamp || type instanceof LakeType.TimestampNtz) {
      return List.of(Encoding.ISO, Encoding.MILLIS, Encoding.MICROS, Encoding.NANOS, Encoding.BSON);
    }
    return List.of(Encoding.NATURAL, Encoding.BSON);
  }

  /** Quoted field names may hold the word as well. */
  private static int endOfType(String text) {
    return Math.max(text.lastIndexOf('>'), text.lastIndexOf('`')) + 1;
  }

  /** Field names keep their case, so types that may hold some are written as they are. */
  private static boolean isPlain(LakeType type) {
    return !(type instanceof LakeType.ArrayOf
        || type instanceof LakeType.MapOf
        || type instanceof LakeType.StructOf);
  }

  private static String words(List<Encoding> encodings) {
    return encodings.stream().map(Encoding::word).collect(Collectors.joining(", "));
  }
}
