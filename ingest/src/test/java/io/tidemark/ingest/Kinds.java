package io.tidemark.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with every kind of column, rows of it in SQL, and the same rows as the lake has them. */
final class Kinds {
  static final String TABLE =
      """
      CREATE TABLE kinds (
        id bigint PRIMARY KEY, small smallint, whole integer, amount numeric(12,2),
        huge numeric(38,10), huger numeric(60,5), any_scale numeric, single real,
        double double precision, flag boolean, name varchar(20), body text, code char(3),
        born date, at timestamp, at_millis timestamp(3), at_zone timestamptz, clock time,
        clock_zone timetz, tag uuid, doc json, docb jsonb, bin bytea, ints int[], texts text[],
        feeling mood, span interval, bits bit(9))
      """;

  static final String TYPICAL =
      """
      INSERT INTO kinds VALUES (
        1, -7, 42, 19.90, 1234567890123456789012345678.0123456789,
        1234567890123456789012345678901234567890123456789012345.12345, 0.000000000000000000001,
        1.5, 2.718281828459045, true, 'Zoë', E'line\\n"two" \\\\ 😀', 'ab', '2024-02-29',
        '2024-02-29 23:59:59.123456', '2024-02-29 23:59:59.123',
        '2024-02-29 23:59:59.123456+02', '23:59:59.123456', '12:00:00+02',
        '6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d', '{"b": 1, "a": [1.10]}', '{"b": 1, "a": [1.10]}',
        '\\x00ff10', '{1,NULL,3}', '{"a","b,c",NULL}', 'happy', '1 day 02:03:04.000005',
        B'101010101')
      """;

  // Debezium counts timestamps before 1582-10-15 in the Julian calendar: days off, and not ours.
  static final String EXTREME =
      """
      INSERT INTO kinds VALUES (
        9223372036854775807, -32768, -2147483648, -9999999999.99,
        -9999999999999999999999999999.9999999999, -0.00001, -123456789012345678901234567890.5,
        'NaN', '-Infinity', false, '', '', '', '0001-01-01', '1582-10-15 00:00:00',
        '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999+00', '24:00:00', '00:00:00-14',
        '00000000-0000-0000-0000-000000000000', 'null', '"x"', '', '{}', '{}', 'sad',
        '-1 day', B'000000000')
      """;

  private Kinds() {}

  static Map<String, Object> typical() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id BIGINT", 1L);
    row.put("small INT", -7);
    row.put("whole INT", 42);
    row.put("amount DECIMAL(12,2)", new BigDecimal("19.90"));
    row.put("huge DECIMAL(38,10)", new BigDecimal("1234567890123456789012345678.0123456789"));
    row.put("huger STRING", "1234567890123456789012345678901234567890123456789012345.12345");
    row.put("any_scale STRING", "0.000000000000000000001");
    row.put("single FLOAT", 1.5f);
    row.put("double DOUBLE", 2.718281828459045);
    row.put("flag BOOLEAN", true);
    row.put("name STRING", "Zoë");
    row.put("body STRING", "line\n\"two\" \\ 😀");
    row.put("code STRING", "ab ");
    row.put("born DATE", LocalDate.of(2024, 2, 29));
    row.put("at TIMESTAMP_NTZ", LocalDateTime.parse("2024-02-29T23:59:59.123456"));
    row.put("at_millis TIMESTAMP_NTZ", LocalDateTime.parse("2024-02-29T23:59:59.123"));
    row.put("at_zone TIMESTAMP", Instant.parse("2024-02-29T21:59:59.123456Z"));
    row.put("clock STRING", "23:59:59.123456");
    row.put("clock_zone STRING", "10:00:00Z");
    row.put("tag STRING", "6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d");
    row.put("doc STRING", "{\"b\": 1, \"a\": [1.10]}");
    row.put("docb STRING", "{\"a\": [1.10], \"b\": 1}");
    row.put("bin BINARY", List.of((byte) 0, (byte) 0xFF, (byte) 0x10));
    row.put("ints ARRAY<INT>", Arrays.asList(1, null, 3));
    row.put("texts ARRAY<STRING>", Arrays.asList("a", "b,c", null));
    row.put("feeling STRING", "happy");
    row.put("span BIGINT", 93_784_000_005L);
    row.put("bits BINARY", List.of((byte) 0b01010101, (byte) 1));
    return row;
  }

  static Map<String, Object> extreme() {
    Map<String, Object> row = new LinkedHashMap<>(typical());
    row.put("id BIGINT", Long.MAX_VALUE);
    row.put("small INT", -32768);
    row.put("whole INT", Integer.MIN_VALUE);
    row.put("amount DECIMAL(12,2)", new BigDecimal("-9999999999.99"));
    row.put("huge DECIMAL(38,10)", new BigDecimal("-9999999999999999999999999999.9999999999"));
    row.put("huger STRING", "-0.00001");
    row.put("any_scale STRING", "-123456789012345678901234567890.5");
    row.put("single FLOAT", Float.NaN);
    row.put("double DOUBLE", Double.NEGATIVE_INFINITY);
    row.put("flag BOOLEAN", false);
    row.put("name STRING", "");
    row.put("body STRING", "");
    row.put("code STRING", "   ");
    row.put("born DATE", LocalDate.of(1, 1, 1));
    row.put("at TIMESTAMP_NTZ", LocalDateTime.parse("1582-10-15T00:00:00"));
    row.put("at_millis TIMESTAMP_NTZ", LocalDateTime.parse("9999-12-31T23:59:59.999"));
    row.put("at_zone TIMESTAMP", Instant.parse("9999-12-31T23:59:59.999999Z"));
    row.put("clock STRING", "24:00:00.000000");
    row.put("clock_zone STRING", "14:00:00Z");
    row.put("tag STRING", "00000000-0000-0000-0000-000000000000");
    row.put("doc STRING", "null");
    row.put("docb STRING", "\"x\"");
    row.put("bin BINARY", List.of());
    row.put("ints ARRAY<INT>", List.of());
    row.put("texts ARRAY<STRING>", List.of());
    row.put("feeling STRING", "sad");
    row.put("span BIGINT", -86_400_000_000L);
    row.put("bits BINARY", List.of((byte) 0, (byte) 0));
    return row;
  }

  static Map<String, Object> onlyId(long id) {
    Map<String, Object> row = new LinkedHashMap<>(typical());
    row.replaceAll((column, value) -> column.startsWith("id ") ? id : null);
    return row;
  }
}
