package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.schema.LakeType;
import java.util.Optional;

/**
 * A text of a value that the database and the lake write alike.
 *
 * @param source the database's SQL, with {@code %1$s} for the column; empty if rows are read to be
 *     hashed, see {@link ReadText}
 * @param lake Spark's, likewise
 * @param isFree whether the text may hold any character
 */
record CommonText(String source, String lake, boolean isFree) {
  static final String LAKE_TEXT = "cast(%1$s AS string)";
  static final String LAKE_MICROS = "cast(unix_micros(cast(%1$s AS timestamp)) AS string)";
  static final String LAKE_BYTES = "lower(hex(%1$s))";
  static final String LAKE_TRUTH = "if(%1$s, '1', '0')";
  static final String LAKE_DOUBLE = "cast(" + FloatBits.OF_DOUBLE + "(%1$s) AS string)";
  static final String LAKE_FLOAT = "cast(" + FloatBits.OF_FLOAT + "(%1$s) AS string)";

  /** From so many digits behind the point on, Spark may write an exponent. */
  private static final int PLAIN_SCALE = 6;

  /** The text of a column; empty if there is none that both write. */
  static Optional<CommonText> of(DatabaseType source, LakeType lake) {
    return switch (source.kind()) {
      case BASE, ENUM, ARRAY -> Optional.ofNullable(postgres(source, lake));
      case MARIADB -> Optional.ofNullable(mariadb(source, lake));
      case STANDARD ->
          ReadText.of(source, lake).map(text -> new CommonText("", text.lake(), text.isFree()));
    };
  }

  private static CommonText plain(String source, String lake) {
    return new CommonText(source, lake, false);
  }

  private static CommonText free(String source) {
    return new CommonText(source, "%1$s", true);
  }

  private static CommonText postgres(DatabaseType source, LakeType lake) {
    if (source.kind() == DatabaseType.Kind.ARRAY) {
      return lake instanceof LakeType.ArrayOf array
          ? elements(postgres(source.element().orElseThrow(), array.element()))
          : null;
    }
    if (source.kind() == DatabaseType.Kind.ENUM) {
      return lake instanceof LakeType.Text ? free("%1$s::text") : null;
    }
    String accepted = source.name() + " " + lake.getClass().getSimpleName();
    return switch (accepted) {
      case "int2 Int32", "int2 Int64", "int4 Int32", "int4 Int64", "int8 Int64", "oid Int64" ->
          plain("%1$s::text", LAKE_TEXT);
      case "bool Bool" -> plain("CASE WHEN %1$s THEN '1' ELSE '0' END", LAKE_TRUTH);
      case "bit Bool" -> plain("%1$s::text", LAKE_TRUTH);
      case "numeric Decimal" -> decimal(source, (LakeType.Decimal) lake, "%1$s::text");
      case "numeric Text" ->
          free(source.precision().isEmpty() ? "trim_scale(%1$s)::text" : "%1$s::text");
      case "float8 Float64" ->
          plain("(('x' || encode(float8send(%1$s), 'hex'))::bit(64)::bigint)::text", LAKE_DOUBLE);
      case "float4 Float32" ->
          plain("(('x' || encode(float4send(%1$s), 'hex'))::bit(32)::int)::text", LAKE_FLOAT);
      case "date Date" -> plain("%1$s::text", LAKE_TEXT);
      case "timestamp TimestampNtz", "timestamptz Timestamp" ->
          plain("((extract(epoch FROM %1$s) * 1000000)::bigint)::text", LAKE_MICROS);
      case "bytea Binary" -> plain("encode(%1$s, 'hex')", LAKE_BYTES);
      case "time Text" -> free("to_char(%1$s, 'HH24:MI:SS.US')");
        // A cast to text would drop the blanks at the end.
      case "bpchar Text" -> free("format('%%s', %1$s)");
      case "text Text",
              "varchar Text",
              "citext Text",
              "name Text",
              "uuid Text",
              "xml Text",
              "inet Text",
              "cidr Text",
              "macaddr Text",
              "macaddr8 Text",
              "json Text",
              "jsonb Text" ->
          free("%1$s::text");
      default -> null;
    };
  }

  /** The texts of all elements, each behind its length. */
  private static CommonText elements(CommonText element) {
    if (element == null) {
      return null;
    }
    String source = element.source().formatted("x").replace("%", "%%");
    String lake = element.lake().formatted("x").replace("%", "%%");
    return free("array_to_string(ARRAY(SELECT CASE WHEN x IS NULL THEN '-' ELSE octet_length("
            + source
            + ") || ':' || "
            + source
            + " END FROM unnest(%1$s) x), ',')")
        .withLake(
            "array_join(transform(%1$s, x -> CASE WHEN x IS NULL THEN '-' ELSE concat(octet_length("
                + lake
                + "), ':', "
                + lake
                + ") END), ',')");
  }

  private CommonText withLake(String sql) {
    return new CommonText(source, sql, isFree);
  }

  private static CommonText mariadb(DatabaseType source, LakeType lake) {
    String accepted = source.name() + " " + lake.getClass().getSimpleName();
    return switch (accepted) {
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
          plain("CAST(%1$s AS CHAR)", LAKE_TEXT);
      case "bigint Decimal" ->
          ((LakeType.Decimal) lake).scale() == 0 ? plain("CAST(%1$s AS CHAR)", LAKE_TEXT) : null;
      case "bit Bool", "tinyint Bool" -> plain("CAST(CAST(%1$s AS UNSIGNED) AS CHAR)", LAKE_TRUTH);
      case "decimal Decimal" -> decimal(source, (LakeType.Decimal) lake, "CAST(%1$s AS CHAR)");
      case "date Date" -> plain("CAST(%1$s AS CHAR)", LAKE_TEXT);
      case "datetime TimestampNtz", "timestamp Timestamp" ->
          plain("CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %1$s) AS CHAR)", LAKE_MICROS);
      case "binary Binary",
              "varbinary Binary",
              "tinyblob Binary",
              "blob Binary",
              "mediumblob Binary",
              "longblob Binary" ->
          plain("LOWER(HEX(%1$s))", LAKE_BYTES);
      case "time Text" -> free("TIME_FORMAT(%1$s, '%%H:%%i:%%s.%%f')");
      case "char Text",
              "varchar Text",
              "tinytext Text",
              "text Text",
              "mediumtext Text",
              "longtext Text",
              "enum Text",
              "set Text",
              "uuid Text",
              "json Text" ->
          free("CONVERT(%1$s USING utf8mb4)");
      default -> null;
    };
  }

  /** Both write all digits of the scale, if it is the same one. */
  private static CommonText decimal(DatabaseType source, LakeType.Decimal lake, String text) {
    return writesAllDigits(source, lake) ? plain(text, LAKE_TEXT) : null;
  }

  static boolean writesAllDigits(DatabaseType source, LakeType.Decimal lake) {
    boolean same = source.precision().isPresent() && Math.max(source.scale(), 0) == lake.scale();
    return same && lake.scale() <= PLAIN_SCALE;
  }
}
