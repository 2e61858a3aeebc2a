package io.tidemark.ingest.decode;

import static io.tidemark.core.event.DeadLetterReason.BAD_JSON;
import static io.tidemark.ingest.decode.Decoders.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.fixture.DebeziumEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 9: bytes that are no JSON say where, and nothing that arrives makes the decoder fail. */
class BadJsonTest {
  private static void assertBadJson(byte[] value, String problem) {
    assertThat(decode(new RawRecord(null, value, Decoders.ORIGIN)))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> {
              assertThat(letter.table()).isNull();
              assertThat(letter.reason()).isEqualTo(BAD_JSON);
              assertThat(letter.message())
                  .startsWith("value: Cannot decode the value: ")
                  .contains(problem);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'op':'c'|the text is no JSON: it ends too early, at line 1",
        "no JSON|the text is no JSON at line 1, column",
        "{'a':1,'a':2}|the field 'a' occurs twice",
        "{'a':1} {'a':1}|more text follows after the end of the JSON value",
        "{'a':1}x|the text is no JSON at line 1",
        "' '|the text is no JSON"
      })
  void brokenJson(String value, String problem) {
    String message = value.equals("' '") ? "'" : value;
    assertBadJson(DebeziumEvent.bytes(message.replace('\'', '"')), problem.replace("''", "\""));
  }

  @Test
  void emptyBytes() {
    assertBadJson(new byte[0], "the text is empty, JSON is expected");
    assertBadJson(DebeziumEvent.bytes(" \n"), "the text is empty, JSON is expected");
  }

  @Test
  void bytesThatAreNoUtf8() {
    assertBadJson(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'}, "no JSON");
    assertBadJson(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 1, 2}, "no JSON");
    byte[] latin = "{\"note\":\"Grün\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertBadJson(latin, "no JSON");
  }

  /** Avro in front of which Connect puts a zero byte and the number of its schema. */
  @Test
  void anotherConvertersBytes() {
    assertBadJson(new byte[] {0, 0, 0, 0, 7, 2, 4, 6}, "no JSON");
  }

  @Test
  void nestingWithoutEnd() {
    assertBadJson(DebeziumEvent.bytes("[".repeat(100_000)), "the text is no JSON");
    assertBadJson(DebeziumEvent.bytes("{\"a\":".repeat(100_000)), "the text is no JSON");
  }

  /** Whatever bytes arrive: an answer, never an exception. Prints the seed if one comes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noDamageMakesTheDecoderFail(long seed) {
    Random random = new Random(seed);
    RecordDecoder decoder = new RecordDecoder(Decoders.noSettings());
    for (int i = 0; i < 2000; i++) {
      RawRecord good = DebeziumEvent.update("orders").before("{\"id\":1,\"note\":\"x\"}").record();
      RawRecord damaged =
          new RawRecord(
              random.nextInt(3) == 0 ? damage(good.key(), random) : good.key(),
              damage(good.value(), random),
              good.origin());
      assertThatCode(() -> assertThat(decoder.decode(damaged)).isNotNull())
          .as("seed %d, value %s", seed, new String(damaged.value(), StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    switch (random.nextInt(3)) {
      case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      case 1 -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      default -> {
        int from = random.nextInt(damaged.length);
        int to = from + random.nextInt(damaged.length - from);
        byte[] part = Arrays.copyOfRange(damaged, from, to);
        int at = random.nextInt(damaged.length - part.length + 1);
        System.arraycopy(part, 0, damaged, at, part.length);
      }
    }
    return damaged;
  }
}
