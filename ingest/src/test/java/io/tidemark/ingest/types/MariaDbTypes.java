package io.tidemark.ingest.types;

import static io.tidemark.ingest.types.TypeColumn.ABSENT;
import static io.tidemark.ingest.types.TypeColumn.LOST;
import static io.tidemark.ingest.types.TypeColumn.of;
import static io.tidemark.ingest.types.TypeColumn.pairs;

import java.util.List;
import java.util.stream.Stream;

/** Every type of MariaDB that Debezium documents and can read, with the values at its edges. */
final class MariaDbTypes {
  /** Debezium stops, or loses them, at times beyond 24 hours in these two modes. */
  private static final String LONG_TIMES = "shop.types.c_time,shop.types.c_time6";

  static final List<Mode> MODES =
      List.of(
          Mode.of("default"),
          Mode.of(
              "connect",
              "decimal.handling.mode",
              "string",
              "time.precision.mode",
              "connect",
              "binary.handling.mode",
              "base64",
              "bigint.unsigned.handling.mode",
              "precise",
              "column.exclude.list",
              LONG_TIMES),
          Mode.of(
              "iso",
              "decimal.handling.mode",
              "double",
              "time.precision.mode",
              "isostring",
              "binary.handling.mode",
              "hex",
              "column.exclude.list",
              LONG_TIMES),
          Mode.of(
              "micros",
              "time.precision.mode",
              "microseconds",
              "binary.handling.mode",
              "base64-url-safe",
              "enable.time.adjuster",
              "false",
              "column.propagate.source.type",
              ".*\\.c_ubigint"),
          Mode.of("nanos", "time.precision.mode", "nanoseconds", "enable.time.adjuster", "false"));

  private static final String TEXT = "CAST(# AS CHAR)";
  private static final String HEX = "LOWER(HEX(#))";
  private static final String URL_SAFE = "REPLACE(REPLACE(TO_BASE64(#), '+', '-'), '/', '_')";
  private static final String LOCAL = "CONCAT(REPLACE(CAST(# AS CHAR), ' ', 'T'), '.000000')";
  private static final String LOCAL6 = "REPLACE(CAST(# AS CHAR), ' ', 'T')";
  private static final String NULL = "NULL";

  private MariaDbTypes() {}

  static List<TypeColumn> columns() {
    return Stream.of(integers(), fractions(), texts(), times(), others())
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeColumn> integers() {
    return List.of(
        of("c_boolean", "BOOLEAN", TEXT, "TRUE", "FALSE", "-128"),
        pairs("c_bit1", "BIT(1)", "b'1'", "true", "b'0'", "false"),
        pairs(
            "c_bit9",
            "BIT(9)",
            "b'101010101'",
            "5501",
            "b'0'",
            "0000",
            "b'1'",
            "0100",
            "b'100000000'",
            "0001"),
        pairs(
            "c_bit64",
            "BIT(64)",
            "b'1'",
            "0100000000000000",
            "0xFFFFFFFFFFFFFFFF",
            "ffffffffffffffff"),
        of("c_tinyint", "TINYINT", TEXT, "-128", "127"),
        of("c_utinyint", "TINYINT UNSIGNED", TEXT, "255"),
        of("c_smallint", "SMALLINT", TEXT, "-32768"),
        of("c_usmallint", "SMALLINT UNSIGNED", TEXT, "65535"),
        of("c_mediumint", "MEDIUMINT", TEXT, "-8388608"),
        of("c_umediumint", "MEDIUMINT UNSIGNED", TEXT, "16777215"),
        of("c_int", "INT", TEXT, "-2147483648"),
        of("c_uint", "INT UNSIGNED", TEXT, "4294967295"),
        of("c_bigint", "BIGINT", TEXT, "-9223372036854775808", "9223372036854775807"),
        of(
                "c_ubigint",
                "BIGINT UNSIGNED",
                TEXT,
                "0",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615")
            .but("2,3", LOST, "connect *", TEXT, "micros *", TEXT));
  }

  private static List<TypeColumn> fractions() {
    return List.of(
        pairs("c_float", "FLOAT", "1.5", Image.of(1.5f), "0.1", Image.of(0.1f)),
        pairs("c_float30", "FLOAT(30)", "0.1", Image.of(0.1)),
        pairs(
            "c_double",
            "DOUBLE",
            "0.1",
            Image.of(0.1),
            "1.7976931348623157e308",
            Image.of(Double.MAX_VALUE)),
        of("c_dec12_2", "DECIMAL(12,2)", TEXT, "19.90", "-9999999999.99")
            .but("iso 0", Image.of(19.9), "iso 1", Image.of(-9999999999.99)),
        of("c_dec12_2u", "DECIMAL(12,2) UNSIGNED", TEXT, "9999999999.99")
            .but("iso 0", Image.of(9999999999.99)),
        of(
                "c_dec65_30",
                "DECIMAL(65,30)",
                TEXT,
                "12345678901234567890123456789012345.123456789012345678901234567890",
                "-0.000000000000000000000000000001")
            .but("iso 0", LOST, "iso 1", Image.of(-1e-30)));
  }

  private static List<TypeColumn> texts() {
    return List.of(
        of("c_char", "CHAR(3)", TEXT, "'ab'", "''"),
        of("c_varchar", "VARCHAR(20)", TEXT, "'Zoë'", "''"),
        of("c_latin1", "VARCHAR(20) CHARACTER SET latin1", TEXT, "'Zoë'"),
        of("c_text", "TEXT", TEXT, "'line\\n\"two\" \\\\ 😀'", "''"),
        of("c_longtext", "LONGTEXT", TEXT, "'x'"),
        bytes(of("c_binary", "BINARY(4)", HEX, "0x00ff10", "''")),
        bytes(of("c_varbinary", "VARBINARY(20)", HEX, "0x00ff10", "0xfbff")),
        bytes(of("c_blob", "BLOB", HEX, "0x00ff10", "''")),
        of("c_enum", "ENUM('sad','o k','a,b')", TEXT, "'sad'", "'o k'", "'a,b'"),
        of("c_set", "SET('a','b','c d')", TEXT, "'a,c d'", "''"),
        of("c_json", "JSON", TEXT, "'{\"b\": 1, \"a\": [1.10]}'"));
  }

  private static TypeColumn bytes(TypeColumn column) {
    return column.but("connect *", "TO_BASE64(#)", "micros *", URL_SAFE);
  }

  private static List<TypeColumn> times() {
    return List.of(
        of(
                "c_date",
                "DATE",
                TEXT,
                "'2024-02-29'",
                "'1000-01-01'",
                "'1582-10-04'",
                "'1582-10-10'",
                "'0001-01-01'",
                "'9999-12-31'",
                "'0000-00-00'",
                "'2024-00-00'")
            .but("4", LOST, "micros 4,nanos 4", "0001-01-01", "6,7", NULL)
            .but("snapshot 3", LOST),
        pairs(
            "c_date_nn",
            "DATE NOT NULL",
            "'2024-02-29'",
            "2024-02-29",
            "'0000-00-00'",
            "1970-01-01"),
        of(
                "c_time",
                "TIME",
                "CONCAT(CAST(# AS CHAR), '.000000')",
                "'23:59:59'",
                "'838:59:59'",
                "'-838:59:59'",
                "'-00:00:01'",
                "'24:00:00'")
            .but("connect *", ABSENT, "iso *", ABSENT),
        of(
                "c_time6",
                "TIME(6)",
                TEXT,
                "'23:59:59.123456'",
                "'838:59:59.999999'",
                "'-838:59:59.999999'",
                "'-00:00:00.000001'")
            .but("connect *", ABSENT, "iso *", ABSENT),
        of(
                "c_datetime",
                "DATETIME",
                LOCAL,
                "'2024-02-29 23:59:59'",
                "'1000-01-01 00:00:00'",
                "'9999-12-31 23:59:59'",
                "'1582-10-04 12:00:00'",
                "'1582-10-10 00:00:00'",
                "'0000-00-00 00:00:00'")
            .but("snapshot 4,nanos 1,nanos 2,nanos 3,nanos 4", LOST, "5", NULL),
        of(
                "c_datetime6",
                "DATETIME(6)",
                LOCAL6,
                "'2024-02-29 23:59:59.123456'",
                "'9999-12-31 23:59:59.999999'",
                "'1969-12-31 23:59:59.999999'",
                "'0001-01-01 00:00:00'",
                "'1582-10-04 12:00:00'",
                "'1582-10-10 00:00:00'",
                "'0000-00-00 00:00:00'")
            .but("snapshot 5,3,nanos 1,nanos 3,nanos 4,nanos 5", LOST, "6", NULL)
            .but("connect 0", "2024-02-29T23:59:59.123000")
            .but("connect 1", "9999-12-31T23:59:59.999000")
            .but("connect 2", "1969-12-31T23:59:59.999000")
            .but("micros 3", "0001-01-01T00:00:00.000000"),
        of(
                "c_timestamp",
                "TIMESTAMP NULL",
                LOCAL.replace(".000000", ".000000Z"),
                "'2024-02-29 23:59:59'",
                "'1970-01-01 00:00:01'",
                "'2038-01-19 03:14:07'",
                "'0000-00-00 00:00:00'")
            .but("snapshot 3", NULL, "stream 3", "1970-01-01T00:00:00.000000Z"),
        of(
            "c_timestamp6",
            "TIMESTAMP(6) NULL",
            "CONCAT(" + LOCAL6 + ", 'Z')",
            "'2024-02-29 23:59:59.123456'"),
        of("c_year", "YEAR", TEXT, "2024", "1901", "2155"));
  }

  private static List<TypeColumn> others() {
    return List.of(
        pairs(
            "c_point",
            "POINT",
            "ST_GeomFromText('POINT(1.5 -2.25)')",
            "(3ff8000000000000;c002000000000000;0101000000000000000000f83f00000000000002c0;NULL)"),
        of(
            "c_geometry",
            "GEOMETRY",
            "CONCAT('(', LOWER(HEX(ST_AsWKB(#))), ';4326)')",
            "ST_GeomFromText('LINESTRING(0 0,1 1)', 4326)"),
        of(
            "c_polygon",
            "POLYGON",
            "CONCAT('(', LOWER(HEX(ST_AsWKB(#))), ';NULL)')",
            "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')"),
        of("c_uuid", "UUID", TEXT, "'6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d'"));
  }
}
