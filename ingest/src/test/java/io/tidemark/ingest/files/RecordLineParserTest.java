package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLineParserTest {
  private static final String PLACE = "\"topic\":\"t\",\"partition\":1,\"offset\":2";

  private static RecordLine parse(String line) throws BadLineException {
    return RecordLineParser.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aWholeRecord() throws Exception {
    RecordLine record =
        parse(
            " {\"topic\": \"shop.public.orders\", \"partition\": 3, \"offset\": 9223372036854775807,"
                + " \"timestamp\": 1767225600123, \"key\": {\"id\": 1}, \"value\": {\"a\":[1,{}]},"
                + " \"headers\": {\"h\": \"x\", \"n\": null, \"j\": {\"k\": 1}}}\r");

    assertThat(record.topic()).isEqualTo("shop.public.orders");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.offset()).isEqualTo(Long.MAX_VALUE);
    assertThat(record.timestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
    assertThat(text(record.key())).isEqualTo("{\"id\": 1}");
    assertThat(text(record.value())).isEqualTo("{\"a\":[1,{}]}");
    assertThat(record.headers().stream().map(h -> h.name() + "=" + text(h.value())))
        .containsExactly("h=x", "n=null", "j={\"k\": 1}");
  }

  /** Spaces, order, digits and escapes stay: the bytes are those of the line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"n\" : 1.10000000000000000000000000000001e400 , \"m\":-0.0,\"z\":1E+2}",
        "123456789012345678901234567890123456789012345678901234567890",
        "-1.50",
        "true",
        "false",
        "[ ]",
        "{\"\u00e4\\u00e4\":\"\ud83d\ude00 \\ud800\"}",
        "{\"a\":1,\"a\":2}",
        "NaN"
      })
  void jsonIsTheExactSliceOfTheLine(String json) throws Exception {
    RecordLine record = parse("{\"value\": " + json + " ," + PLACE + ",\"key\":" + json + "}");

    assertThat(text(record.value())).isEqualTo(json);
    assertThat(text(record.key())).isEqualTo(json);
  }

  @Test
  void aJsonStringIsItsText() throws Exception {
    RecordLine record =
        parse("{" + PLACE + ",\"key\":\"a\\n\\u00e4\ud83d\ude00\",\"value\":\"{not json\"}");

    assertThat(text(record.key())).isEqualTo("a\n\u00e4\ud83d\ude00");
    assertThat(text(record.value())).isEqualTo("{not json");
  }

  @Test
  void base64HoldsAnyBytes() throws Exception {
    RecordLine record = parse("{" + PLACE + ",\"keyBase64\":\"\",\"valueBase64\":\"AAH/gA==\"}");

    assertThat(record.key()).isEmpty();
    assertThat(record.value()).containsExactly(0, 1, 0xff, 0x80);
    assertThat(record.timestamp()).isNull();
    assertThat(parse("{" + PLACE + ",\"valueBase64\":null}").value()).isNull();
  }

  @Test
  void nullIsATombstoneAndAMissingKeyIsNone() throws Exception {
    RecordLine record = parse("{" + PLACE + ",\"value\":null,\"timestamp\":-1,\"headers\":null}");

    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void aByteOrderMarkDoesNotShiftTheSlices() throws Exception {
    assertThat(text(parse("\ufeff{" + PLACE + ",\"value\":{\"a\":1}}").value()))
        .isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello | no JSON in column",
        "[1] | no JSON object",
        "\"x\" | no JSON object",
        "{\"topic\":\"t\" | it ends too early",
        "{\"partition\":1,\"offset\":2,\"value\":1} | no topic",
        "{\"topic\":\"\",\"partition\":1,\"offset\":2,\"value\":1} | topic is no text",
        "{\"topic\":\"t\",\"offset\":2,\"value\":1} | no partition",
        "{\"topic\":\"t\",\"partition\":1,\"value\":1} | no offset",
        "{\"topic\":\"t\",\"partition\":1,\"offset\":-1,\"value\":1} | offset is no whole number",
        "{\"topic\":\"t\",\"partition\":1,\"offset\":1.0,\"value\":1} | offset is no whole number",
        "{\"topic\":\"t\",\"partition\":1,\"offset\":9223372036854775808,\"value\":1} | offset is no",
        "{\"topic\":\"t\",\"partition\":2147483648,\"offset\":1,\"value\":1} | partition is no",
        "{\"topic\":\"t\",\"partition\":1,\"offset\":2} | no value",
        "{PLACE,\"vaule\":1} | unknown 'vaule'",
        "{PLACE,\"value\":1,\"value\":2} | 'value' twice",
        "{PLACE,\"value\":1,\"valueBase64\":\"AA==\"} | both 'valueBase64' and 'value'",
        "{PLACE,\"valueBase64\":\"A\"} | no Base64",
        "{PLACE,\"value\":1} {} | more follows",
        "{PLACE,\"value\":1,\"headers\":[]} | headers are no object",
        "{PLACE,\"value\":1,\"timestamp\":9999999999999999} | timestamp is no whole number",
        "{PLACE,\"value\":\"\\ud800\"} | half of a surrogate pair",
        "{PLACE,\"value\":{]} | no JSON in column",
        "{PLACE,\"value\":{\"a\":1 | it ends too early",
      })
  void whatIsNoRecordIsRefusedWithItsReason(String line, String reason) {
    assertThatThrownBy(() -> parse(line.replace("PLACE", PLACE)))
        .isInstanceOf(BadLineException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedWhereTextIsNeeded() {
    byte[] line = ("{" + PLACE + ",\"value\":\"x?\"}").getBytes(StandardCharsets.UTF_8);
    line[new String(line, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;

    assertThatThrownBy(() -> RecordLineParser.parse(line)).isInstanceOf(BadLineException.class);
  }
}
