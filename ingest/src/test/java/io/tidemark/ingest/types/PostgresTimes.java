package io.tidemark.ingest.types;

import static io.tidemark.ingest.types.TypeColumn.LOST;
import static io.tidemark.ingest.types.TypeColumn.of;
import static io.tidemark.ingest.types.TypeColumn.pairs;

import java.util.List;

/** PostgreSQL's dates, times and intervals, which differ in every mode of the connector. */
final class PostgresTimes {
  private static final String LOCAL = "to_char(#, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')";
  private static final String INSTANT =
      "to_char(# AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  private static final String DATE =
      "CASE WHEN # BETWEEN '0001-01-01' AND '9999-12-31' THEN to_char(#, 'YYYY-MM-DD') END";
  private static final String CLOCK = "to_char(#::interval, 'HH24:MI:SS.US')";
  private static final String BEYOND = "!OUT_OF_RANGE";

  private PostgresTimes() {}

  static List<TypeColumn> columns() {
    return List.of(
        of(
                "c_date",
                "date",
                DATE,
                "'2024-02-29'",
                "'0001-01-01'",
                "'1582-10-04'",
                "'1582-10-10'",
                "'9999-12-31'",
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 BC'",
                "'10000-01-01'",
                "'5874897-12-31'",
                "'4713-01-01 BC'")
            .but("snapshot 3,snapshot 7,snapshot 10", LOST, "5,6,7,8,9,10", BEYOND)
            .but("text 0", "2024-02-29", "text 5", "infinity", "text 6", "-infinity")
            .but("text stream 7", "-0043-03-15", "text 8", "+10000-01-01")
            .but("text 9", "+5874897-12-31", "text stream 10", "-4712-01-01"),
        of("c_time", "time", CLOCK, "'23:59:59.123456'", "'00:00'", "'24:00'")
            .but("connect 0", "23:59:59.123000", "iso 2", "00:00:00.000000"),
        of("c_time3", "time(3)", CLOCK, "'23:59:59.123'", "'24:00'")
            .but("iso 1", "00:00:00.000000"),
        pairs(
            "c_timetz",
            "timetz",
            "'12:00:00+02'",
            "10:00:00Z",
            "'00:00:00-14'",
            "14:00:00Z",
            "'23:59:59.999999+00'",
            "23:59:59.999999Z",
            "'24:00:00+00'",
            "00:00:00Z"),
        timestamp(),
        of(
                "c_timestamp3",
                "timestamp(3)",
                LOCAL,
                "'2024-02-29 23:59:59.123'",
                "'1969-12-31 23:59:59.999'",
                "'9999-12-31 23:59:59.999'",
                "'1582-10-04 12:00:00'",
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 BC'",
                "'10000-01-01'")
            .but("snapshot 3,nanos 2,nanos 3,nanos 4,nanos 5,nanos 6,nanos 7", LOST)
            .but("4,5,6,7", BEYOND, "text 4", "infinity", "text 5", "-infinity"),
        of(
                "c_timestamptz",
                "timestamptz",
                INSTANT,
                "'2024-02-29 23:59:59.123456+02'",
                "'0001-01-01 00:00:00+00'",
                "'9999-12-31 23:59:59.999999+00'",
                "'1582-10-04 12:00:00+00'",
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 00:00:00+00 BC'",
                "'10000-01-01 00:00:00+00'",
                "'294276-12-31 23:59:59+00'")
            .but("snapshot 1,snapshot 3", LOST, "4,5,6,7,8", BEYOND)
            .but("text 0", "2024-02-29T21:59:59.123456Z", "text 4", "infinity")
            .but("text 5", "-infinity", "text stream 6", "-0043-03-15T00:00:00.000000Z")
            .but("text 8", "+294276-12-31T23:59:59.000000Z"),
        pairs(
                "c_interval",
                "interval",
                "'1 year 2 mons 3 days 04:05:06.000007'",
                "37091106000007",
                "'-1 day'",
                "-86400000000",
                "'1 mon -1 day'",
                "2543400000000",
                "'0'",
                "0",
                "'infinity'",
                LOST)
            .but("strings 0", "P1Y2M3DT4H5M6.000007S", "strings 1", "P0Y0M-1DT0H0M0S")
            .but("strings 2", "P0Y1M-1DT0H0M0S", "strings 3", "P0Y0M0DT0H0M0S"));
  }

  private static TypeColumn timestamp() {
    return of(
            "c_timestamp",
            "timestamp",
            LOCAL,
            "'2024-02-29 23:59:59.123456'",
            "'1582-10-15'",
            "'9999-12-31 23:59:59.999999'",
            "'1582-10-04 12:00:00'",
            "'1582-10-10'",
            "'0001-01-01'",
            "'infinity'",
            "'-infinity'",
            "'0044-03-15 BC'",
            "'10000-01-01'",
            "'294276-12-31 23:59:59.999999'",
            "'4713-01-01 BC'")
        .but("connect 0", "2024-02-29T23:59:59.123000")
        .but("connect 2", "9999-12-31T23:59:59.999000")
        .but("snapshot 3,snapshot 4,snapshot 5", LOST, "6,7,8,9,10,11", BEYOND)
        .but("nanos 1,nanos 2,nanos 3,nanos 4,nanos 5,nanos 6,nanos 7,nanos 8,nanos 9", LOST)
        .but("nanos 10,nanos 11", LOST)
        .but("text 0", "2024-02-29T23:59:59.123456", "text 6", "infinity", "text 7", "-infinity")
        .but("text stream 8", "-0043-03-15T00:00:00.000000")
        .but("text 9", "+10000-01-01T00:00:00.000000", "text 10", BEYOND);
  }
}
