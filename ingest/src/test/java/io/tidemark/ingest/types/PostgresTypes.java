package io.tidemark.ingest.types;

import static io.tidemark.ingest.types.TypeColumn.LOST;
import static io.tidemark.ingest.types.TypeColumn.of;
import static io.tidemark.ingest.types.TypeColumn.pairs;

import java.util.List;
import java.util.stream.Stream;

/** Every type of PostgreSQL that Debezium documents, with the values at its edges. */
final class PostgresTypes {
  static final List<Mode> MODES =
      List.of(
          Mode.of("default"),
          Mode.of(
              "strings",
              "decimal.handling.mode",
              "string",
              "time.precision.mode",
              "adaptive_time_microseconds",
              "binary.handling.mode",
              "base64",
              "interval.handling.mode",
              "string",
              "hstore.handling.mode",
              "map"),
          Mode.of(
              "connect",
              "decimal.handling.mode",
              "double",
              "time.precision.mode",
              "connect",
              "binary.handling.mode",
              "hex"),
          Mode.of(
              "iso", "time.precision.mode", "isostring", "binary.handling.mode", "base64-url-safe"),
          Mode.of("micros", "time.precision.mode", "microseconds"),
          Mode.of("nanos", "time.precision.mode", "nanoseconds"));

  static final List<String> SETUP =
      List.of(
          "CREATE EXTENSION IF NOT EXISTS hstore",
          "CREATE EXTENSION IF NOT EXISTS ltree",
          "CREATE EXTENSION IF NOT EXISTS citext",
          "CREATE TYPE feeling AS ENUM ('sad', 'o k', 'happy')");

  private static final String BASE64 = "encode(#, 'base64')";
  private static final String DOUBLE = "encode(float8send(#::numeric::float8), 'hex')";

  private PostgresTypes() {}

  static List<TypeColumn> columns() {
    return Stream.of(numbers(), texts(), PostgresTimes.columns(), others(), arrays(), moreArrays())
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeColumn> numbers() {
    return List.of(
        of("c_bool", "boolean", "#::text", "true", "false"),
        pairs("c_bit1", "bit(1)", "B'1'", "true", "B'0'", "false"),
        pairs(
            "c_bit9",
            "bit(9)",
            "B'101010101'",
            "5501",
            "B'000000000'",
            "0000",
            "B'000000001'",
            "0100",
            "B'100000000'",
            "0001"),
        pairs(
            "c_varbit", "bit varying(12)", "B'101010101'", "5501", "B'000'", "0000", "B''", "0000"),
        of("c_smallint", "smallint", "#::text", "-32768", "32767"),
        of("c_integer", "integer", "#::text", "-2147483648", "2147483647"),
        of("c_bigint", "bigint", "#::text", "-9223372036854775808", "9223372036854775807"),
        of("c_oid", "oid", "#::text", "0", "4294967295"),
        of(
            "c_real",
            "real",
            "encode(float4send(#), 'hex')",
            "1.5",
            "'NaN'",
            "'-Infinity'",
            "3.4028235e38",
            "1e-45",
            "'-0'"),
        of(
            "c_double",
            "double precision",
            "encode(float8send(#), 'hex')",
            "0.1",
            "'NaN'",
            "'Infinity'",
            "1.7976931348623157e308",
            "5e-324",
            "'-0'"),
        of("c_num12_2", "numeric(12,2)", "#::text", "19.90", "-9999999999.99", "'NaN'")
            .but("connect *", DOUBLE, "2", LOST, "strings 2", "NAN"),
        of("c_num3_5", "numeric(3,5)", "#::text", "0.00999", "-0.00001").but("connect *", DOUBLE),
        of("c_num5_m2", "numeric(5,-2)", "#::text", "9999900", "-100")
            .but("connect *", DOUBLE, "strings *", "#::text || '.' || repeat('0', 2046)"),
        of(
                "c_num38_10",
                "numeric(38,10)",
                "#::text",
                "1234567890123456789012345678.0123456789",
                "-9999999999999999999999999999.9999999999")
            .but("connect *", DOUBLE),
        of(
                "c_num60_5",
                "numeric(60,5)",
                "#::text",
                "1234567890123456789012345678901234567890123456789012345.12345",
                "-0.00001")
            .but("connect *", DOUBLE),
        of(
                "c_numeric",
                "numeric",
                "trim_scale(#)::text",
                "1.50",
                "1e-21",
                "-123456789012345678901234567890.5",
                "'NaN'",
                "'Infinity'",
                "'-Infinity'",
                "0")
            .but("connect *", DOUBLE, "strings *", "#::text", "3,4,5", LOST)
            .but("strings 3", "NAN", "strings 4", "POSITIVE_INFINITY")
            .but("strings 5", "NEGATIVE_INFINITY"),
        of(
                "c_money",
                "money",
                "#::numeric::text",
                "'92233720368547758.07'",
                "'-92233720368547758.08'",
                "'0.01'")
            .but("connect *", DOUBLE, "connect 0,connect 1", LOST)
            .but("snapshot 0,snapshot 1", LOST));
  }

  private static List<TypeColumn> texts() {
    return List.of(
        of("c_char", "char(3)", "rpad(#::text, 3)", "'ab'", "''"),
        of("c_varchar", "varchar(20)", "#", "'Zoë'", "''"),
        of("c_text", "text", "#", "E'line\\n\"two\" \\\\ 😀'", "''"),
        of("c_citext", "citext", "#::text", "'Ab'"),
        of("c_name", "name", "#", "'n'").but("stream 0", LOST),
        of("c_bytea", "bytea", "encode(#, 'hex')", "'\\x00ff10'", "''", "'\\xfbff'")
            .but("strings *", BASE64, "iso *", "translate(encode(#, 'base64'), '+/', '-_')"),
        of("c_json", "json", "#", "'{\"b\": 1, \"a\": [1.10]}'", "'null'"),
        of("c_jsonb", "jsonb", "#", "'{\"b\": 1, \"a\": [1.10]}'", "'\"x\"'"),
        pairs("c_hstore", "hstore", "'a=>1, b=>NULL'", "{\"a\":\"1\",\"b\":null}", "''", "{}")
            .but("strings 0", "{a=1,b=NULL}", "strings 1", "{}"),
        of("c_xml", "xml", "#", "'<a b=\"1\">x</a>'"),
        of("c_uuid", "uuid", "#", "'6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d'"),
        of("c_enum", "feeling", "#", "'happy'", "'o k'"),
        of("c_ltree", "ltree", "#", "'Top.Science.Astronomy'"),
        of("c_tsvector", "tsvector", "#", "'a:1A fat:2 cat'"));
  }

  private static List<TypeColumn> others() {
    return List.of(
        pairs("c_inet", "inet", "'192.168.1.5/24'", "192.168.1.5/24", "'::1'", "::1"),
        of("c_cidr", "cidr", "#", "'10.1.0.0/16'"),
        of("c_macaddr", "macaddr", "#", "'08:00:2b:01:02:03'"),
        of("c_macaddr8", "macaddr8", "#", "'08:00:2b:01:02:03:04:05'"),
        of("c_int4range", "int4range", "#", "'[1,5)'", "'empty'", "'(,)'"),
        of("c_int8range", "int8range", "#", "'[1,5]'"),
        of("c_numrange", "numrange", "#", "'(1.5,2.5]'"),
        of("c_tsrange", "tsrange", "#", "'[2024-01-01 00:00,infinity)'"),
        of("c_tstzrange", "tstzrange", "#", "'[2024-01-01 00:00+00,2024-02-01 00:00+00)'"),
        of("c_daterange", "daterange", "#", "'[2024-01-01,2024-01-05]'"),
        pairs(
            "c_point",
            "point",
            "'(1.5,-2.25)'",
            "(3ff8000000000000;c002000000000000;0101000000000000000000f83f00000000000002c0;NULL)"));
  }

  private static List<TypeColumn> arrays() {
    return List.of(
        pairs("a_bool", "boolean[]", "'{t,f,NULL}'", "{true,false,NULL}"),
        of("a_smallint", "smallint[]", "#", "'{1,NULL,-32768}'"),
        of("a_int", "int[]", "#", "'{1,NULL,3}'", "'{}'", "'{{1,2},{3,4}}'").but("2", LOST),
        of("a_bigint", "bigint[]", "#", "'{9223372036854775807}'"),
        of("a_oid", "oid[]", "#", "'{4294967295}'"),
        pairs("a_real", "real[]", "'{1.5,NaN,NULL}'", "{3fc00000,7fc00000,NULL}"),
        pairs(
            "a_double",
            "double precision[]",
            "'{0.1,Infinity}'",
            "{3fb999999999999a,7ff0000000000000}"),
        of("a_numeric12_2", "numeric(12,2)[]", "#", "'{19.90,NULL}'")
            .but("connect 0", "{4033e66666666666,NULL}"),
        pairs("a_numeric", "numeric[]", "'{1.5,1e-3}'", "{1.5,0.001}")
            .but("connect 0", "{3ff8000000000000,3f50624dd2f1a9fc}"),
        pairs("a_char", "char(3)[]", "'{ab}'", "{ab }"),
        of("a_varchar", "varchar(5)[]", "#", "'{ab,NULL}'"),
        pairs("a_text", "text[]", "'{a,\"b,c\",NULL}'", "{a,b,c,NULL}", "'{}'", "{}"),
        of("a_citext", "citext[]", "#", "'{Ab}'"),
        pairs("a_bytea", "bytea[]", "ARRAY['\\x00ff'::bytea]", "{00ff}")
            .but("strings 0,iso 0", "{AP8=}"));
  }

  private static List<TypeColumn> moreArrays() {
    return List.of(
        of("a_date", "date[]", "#", "'{2024-02-29,NULL}'"),
        pairs("a_time", "time[]", "'{23:59:59.123}'", "{23:59:59.123000}"),
        pairs("a_timetz", "timetz[]", "'{12:00:00+02}'", "{10:00:00Z}"),
        pairs(
                "a_timestamp",
                "timestamp[]",
                "'{2024-02-29 23:59:59.123456}'",
                "{2024-02-29T23:59:59.123456}")
            .but("connect 0", "{2024-02-29T23:59:59.123000}"),
        pairs(
            "a_timestamptz",
            "timestamptz[]",
            "'{2024-02-29 23:59:59.123456+00}'",
            "{2024-02-29T23:59:59.123456Z}"),
        pairs("a_json", "json[]", "ARRAY['{\"a\":1}'::json]", "{{\"a\":1}}"),
        pairs("a_jsonb", "jsonb[]", "ARRAY['{\"a\":1}'::jsonb]", "{{\"a\": 1}}"),
        pairs("a_hstore", "hstore[]", "ARRAY['a=>1'::hstore]", "{{\"a\":\"1\"}}")
            .but("strings 0", "{{a=1}}"),
        of("a_uuid", "uuid[]", "#", "'{6f1d3c0e-8f0a-4d4e-9a3b-0b9d8f7c6e5d,NULL}'"),
        of("a_ltree", "ltree[]", "#", "'{Top.A}'"),
        of("a_inet", "inet[]", "#", "'{192.168.1.5/24}'"),
        of("a_cidr", "cidr[]", "#", "'{10.1.0.0/16}'"),
        of("a_macaddr", "macaddr[]", "#", "'{08:00:2b:01:02:03}'"),
        pairs("a_int4range", "int4range[]", "ARRAY['[1,5)'::int4range]", "{[1,5)}"),
        pairs("a_numrange", "numrange[]", "ARRAY['[1,5)'::numrange]", "{[1,5)}"),
        pairs("a_tsvector", "tsvector[]", "ARRAY['a:1'::tsvector]", "{'a':1}"));
  }
}
