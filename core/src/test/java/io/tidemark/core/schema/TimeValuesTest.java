package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.column;
import static io.tidemark.core.schema.Schemas.declared;
import static io.tidemark.core.schema.Schemas.decode;
import static io.tidemark.core.schema.Schemas.failure;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.UndecodableValueException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 10: timestamps keep microseconds, and local times are not confused with instants. */
class TimeValuesTest {
  private static final String CONNECT = "org.apache.kafka.connect.data.";
  private static final String DEBEZIUM = "io.debezium.time.";
  private static final long MIN_MICROS = -62_135_596_800_000_000L;
  private static final long MAX_MICROS = 253_402_300_799_999_999L;

  private static Column debezium(String physical, String name) {
    return column(type(physical, DEBEZIUM + name));
  }

  @ParameterizedTest
  @CsvSource({
    "0,1970-01-01",
    "-1,1969-12-31",
    "19782,2024-02-29",
    "-25509,1900-02-28",
    "-25508,1900-03-01",
    "-719162,0001-01-01",
    "2932896,9999-12-31"
  })
  void daysAreDates(int days, LocalDate expected) {
    assertThat(decode(debezium("int32", "Date"), "" + days)).isEqualTo(expected);
    assertThat(decode(column(type("int32", CONNECT + "Date")), "" + days)).isEqualTo(expected);
    assertThat(decode(declared("date from days"), "" + days)).isEqualTo(expected);
    assertThat(decode(debezium("string", "IsoDate"), "\"" + expected + "Z\"")).isEqualTo(expected);
    assertThat(decode(declared("date"), "\"" + expected + "\"")).isEqualTo(expected);
  }

  /** What Debezium 3.5 writes for PostgreSQL's infinities, and years beyond the lake's. */
  @ParameterizedTest
  @CsvSource({
    "int32,Date,-719163",
    "int32,Date,2932897",
    "int32,Date,-2147472692",
    "int32,Date,-2147472691",
    "string,IsoDate,'\"-5877611-06-21Z\"'",
    "int64,Timestamp,9223372036825200",
    "int64,MicroTimestamp,9223372036825200000",
    "int64,MicroTimestamp,-9223372036832400000",
    "int64,MicroTimestamp,9223372036854775807",
    "int64,MicroTimestamp,-9223372036854775808",
    "int64,MicroTimestamp,-62135596800000001",
    "int64,MicroTimestamp,253402300800000000",
    "string,IsoTimestamp,'\"+294247-01-10T04:00:25.2Z\"'",
    "string,ZonedTimestamp,'\"+292278994-08-16T23:00:00Z\"'",
    "string,ZonedTimestamp,'\"-0043-03-15T01:02:00Z\"'",
    "string,ZonedTimestamp,'\"0000-12-31T23:59:59Z\"'",
    "string,ZonedTimestamp,'\"0001-01-01T00:00:00+01:00\"'",
    "string,ZonedTimestamp,'\"9999-12-31T23:59:59-01:00\"'",
    "string,ZonedTimestamp,'\"10000-01-01T00:00:00Z\"'",
    "string,ZonedTimestamp,'\"infinity\"'",
    "string,ZonedTimestamp,'\"-Infinity\"'"
  })
  void timesBeyondTheLakesYearsAreRefused(String physical, String name, String json) {
    assertThat(failure(debezium(physical, name), json))
        .hasMessageContaining("years 0001 to 9999; declare the column as string")
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @CsvSource({
    "Timestamp,1709208000123,2024-02-29T12:00:00.123",
    "Timestamp,-1,1969-12-31T23:59:59.999",
    "MicroTimestamp,1709208000123456,2024-02-29T12:00:00.123456",
    "MicroTimestamp,-1,1969-12-31T23:59:59.999999",
    "MicroTimestamp,-62135596800000000,0001-01-01T00:00:00",
    "MicroTimestamp,253402300799999999,9999-12-31T23:59:59.999999",
    "NanoTimestamp,1709208000123456000,2024-02-29T12:00:00.123456",
    "NanoTimestamp,-1000,1969-12-31T23:59:59.999999"
  })
  void countsAreLocalTimes(String name, long count, LocalDateTime expected) {
    assertThat(decode(debezium("int64", name), "" + count)).isEqualTo(expected);
  }

  @Test
  void connectTimestampsAreLocalTimesInMilliseconds() {
    assertThat(decode(column(type("int64", CONNECT + "Timestamp")), "-1"))
        .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999"));
  }

  @Test
  void nanosecondsThatAreNoWholeMicrosecondsAreRefused() {
    assertThat(failure(debezium("int64", "NanoTimestamp"), "1709208000123456789"))
        .hasMessageContaining("declare the column as string or bigint")
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(failure(debezium("int64", "NanoTimestamp"), "-1").code())
        .isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(failure(declared("timestamp"), "\"2024-02-29T12:00:00.1234567Z\"").code())
        .isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(failure(declared("timestamp"), "\"2024-02-29T12:00:00.1234560001Z\"").code())
        .isEqualTo(Code.WOULD_LOSE_DIGITS);
    assertThat(decode(declared("timestamp"), "\"2024-02-29T12:00:00.1234560000Z\""))
        .isEqualTo(Instant.parse("2024-02-29T12:00:00.123456Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T12:00:00Z,2024-02-29T12:00:00Z",
    "2024-02-29T12:00:00.1Z,2024-02-29T12:00:00.1Z",
    "2024-02-29 12:00:00.123456+05:30,2024-02-29T06:30:00.123456Z",
    "2024-02-29T12:00-0330,2024-02-29T15:30:00Z",
    "2024-02-29T12:00:00+00,2024-02-29T12:00:00Z",
    "1900-01-01T00:00:00+00:19:32,1899-12-31T23:40:28Z",
    "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999Z"
  })
  void textsWithAnOffsetAreInstants(String text, Instant expected) {
    assertThat(decode(debezium("string", "ZonedTimestamp"), '"' + text + '"')).isEqualTo(expected);
    assertThat(decode(declared("timestamp"), '"' + text + '"')).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T12:00:00,has no zone",
    "2023-02-29T12:00:00Z,Invalid date",
    "2024-13-01T12:00:00Z,Invalid value for MonthOfYear",
    "2024-02-29T24:00:00Z,24:00 is no time",
    "2024-02-29T12:60:00Z,no such time of day",
    "2024-02-29T12:00:60Z,no such time of day",
    "2024-02-29T12:00:00.Z,digits are expected after the point",
    "2024-02-29X12:00:00Z,a 'T' is expected",
    "2024-02-29T12:00:00ZZ,unexpected 'Z' at character 21",
    "2024-02-29T12:00:00+19:00,at most 18 hours",
    "2024-02-29T12:00:00+02:,a digit is expected",
    "2024-2-29T12:00:00Z,a digit is expected at character 7",
    "yesterday,a digit is expected at character 1",
    "'',a digit is expected at character 1"
  })
  void whatIsNoInstantIsRefused(String text, String problem) {
    assertThat(failure(debezium("string", "ZonedTimestamp"), '"' + text + '"'))
        .hasMessageContaining(problem)
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.BAD_TIME);
  }

  @Test
  void localTimesHaveNoZone() {
    String local = "\"2024-02-29T12:00:00.5\"";
    String marked = "\"2024-02-29T12:00:00.5Z\"";
    LocalDateTime expected = LocalDateTime.parse("2024-02-29T12:00:00.5");

    assertThat(decode(declared("timestamp_ntz"), local)).isEqualTo(expected);
    assertThat(failure(declared("timestamp_ntz"), marked))
        .hasMessageContaining("the text has a zone")
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.BAD_TIME);
    assertThat(decode(debezium("string", "IsoTimestamp"), marked)).isEqualTo(expected);
    assertThat(failure(debezium("string", "IsoTimestamp"), "\"2024-02-29T12:00:00+01:00\"").code())
        .isEqualTo(Code.BAD_TIME);
  }

  @ParameterizedTest
  @CsvSource({
    "int32,Time,0,00:00:00.000000",
    "int32,Time,86399999,23:59:59.999000",
    "int64,MicroTime,86400000000,24:00:00.000000",
    "int64,MicroTime,43200000001,12:00:00.000001",
    "int64,NanoTime,43200000001000,12:00:00.000001",
    "int64,NanoTime,43200000000001,12:00:00.000000001",
    "int64,MicroTime,3020399000000,838:59:59.000000",
    "int64,MicroTime,-3020399000000,-838:59:59.000000",
    "int64,MicroTime,-1,-00:00:00.000001",
    "string,IsoTime,'\"01:02:03.5Z\"',01:02:03.500000",
    "string,IsoTime,'\"01:02Z\"',01:02:00.000000",
    "string,ZonedTime,'\"01:02:03.5+02:00\"',01:02:03.5+02:00",
    "string,Interval,'\"P1Y2M3DT4H5M6.5S\"',P1Y2M3DT4H5M6.5S"
  })
  void timesOfDayAreText(String physical, String name, String json, String expected) {
    assertThat(decode(debezium(physical, name), json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "int64,MicroTime,3020400000000,OUT_OF_RANGE",
    "int64,NanoTime,-9223372036854775808,OUT_OF_RANGE",
    "string,ZonedTime,'\"01:02:03\"',BAD_TIME",
    "string,ZonedTime,'\"25:02:03Z\"',BAD_TIME",
    "string,IsoTime,'\"24:00:01Z\"',BAD_TIME",
    "string,IsoTime,5,WRONG_JSON_TYPE",
    "int64,MicroTime,'\"5\"',WRONG_JSON_TYPE"
  })
  void whatIsNoTimeOfDayIsRefused(String physical, String name, String json, Code code) {
    assertThat(failure(debezium(physical, name), json).code()).isEqualTo(code);
  }

  @Test
  void durationsAndYearsAreTheirNumbers() {
    assertThat(decode(debezium("int64", "MicroDuration"), "-5")).isEqualTo(-5L);
    assertThat(decode(debezium("int64", "NanoDuration"), "5")).isEqualTo(5L);
    assertThat(decode(debezium("int32", "Year"), "2024")).isEqualTo(2024);
  }

  @Property
  void everyMicrosecondComesBack(@ForAll @LongRange(min = MIN_MICROS, max = MAX_MICROS) long us) {
    long seconds = Math.floorDiv(us, 1_000_000L);
    int nanos = (int) Math.floorMod(us, 1_000_000L) * 1_000;
    Instant instant = Instant.ofEpochSecond(seconds, nanos);
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);

    assertThat(decode(debezium("int64", "MicroTimestamp"), "" + us)).isEqualTo(local);
    assertThat(decode(declared("timestamp from micros"), "" + us)).isEqualTo(instant);
    assertThat(decode(declared("timestamp"), "\"" + instant + "\"")).isEqualTo(instant);
    assertThat(decode(declared("timestamp_ntz"), "\"" + local + "\"")).isEqualTo(local);
  }

  @Property
  void everyOffsetIsRead(
      @ForAll @LongRange(min = 0, max = 4_102_444_800_000_000L) long us,
      @ForAll @IntRange(min = -64_800, max = 64_800) int offset) {
    Instant instant = Instant.ofEpochSecond(us / 1_000_000, us % 1_000_000 * 1_000);
    String text =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            instant.atOffset(ZoneOffset.ofTotalSeconds(offset)));

    assertThat(decode(debezium("string", "ZonedTimestamp"), '"' + text + '"')).isEqualTo(instant);
  }
}
