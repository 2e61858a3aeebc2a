package io.tidemark.ingest.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one record from a line of JSON: {@code {"topic": "shop.public.orders", "partition": 0,
 * "offset": 17, "timestamp": 1767225600000, "key": {…}, "value": {…}, "headers": {"name":
 * "text"}}}.
 *
 * <p>Key and value that are JSON become the bytes of the line as they stand there, so that no
 * number changes its digits; those that are a JSON string become its text in UTF-8; {@code
 * keyBase64} and {@code valueBase64} hold any bytes. Not thread-safe: one per line.
 */
final class RecordLineParser {
  private static final String FIELDS =
      "a record has topic, partition, offset, value or valueBase64, and may have timestamp, key or"
          + " keyBase64, and headers";

  /** 9999-12-31: later ones are no time that a lake can hold. */
  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // What the decoder refuses in a value is a matter of that value, not of its line.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(2_000)
                  .build())
          .build();

  private final byte[] line;
  private final Set<String> seen = new HashSet<>();
  private final List<RecordLine.Header> headers = new ArrayList<>();
  private byte[] key;
  private byte[] value;
  private String topic;
  private Long partition;
  private Long offset;
  private Instant timestamp;

  private RecordLineParser(byte[] line) {
    this.line = line;
  }

  /** The record of a line. */
  static RecordLine parse(byte[] line) throws BadLineException {
    return new RecordLineParser(line).record();
  }

  private RecordLine record() throws BadLineException {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadLineException("the line is no JSON object; " + FIELDS);
      }
      String name;
      while ((name = parser.nextFieldName()) != null) {
        parser.nextToken();
        field(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new BadLineException("more follows on the line after its JSON object");
      }
    } catch (JsonEOFException e) {
      throw new BadLineException(
          "the line is no JSON: it ends too early, in column " + e.getLocation().getColumnNr());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Not its message: it quotes the line, which may have to stay hidden.
      throw new BadLineException("the line is no JSON in column " + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new BadLineException("the line is no text in UTF-8");
    }
    return complete();
  }

  private RecordLine complete() throws BadLineException {
    requireOne("value", "valueBase64");
    if (topic == null || partition == null || offset == null) {
      String missing = topic == null ? "topic" : partition == null ? "partition" : "offset";
      throw new BadLineException("the record has no " + missing + "; " + FIELDS);
    }
    return new RecordLine(
        key, value, headers, topic, Math.toIntExact(partition), offset, timestamp);
  }

  private void requireOne(String plain, String base64) throws BadLineException {
    if (!seen.contains(plain) && !seen.contains(base64)) {
      throw new BadLineException("the record has no " + plain + "; " + FIELDS);
    }
  }

  private void field(String name, JsonParser parser) throws IOException, BadLineException {
    if (!seen.add(name)) {
      throw new BadLineException("the record has '" + name + "' twice");
    }
    switch (name) {
      case "topic" -> topic = topic(parser);
      case "partition" -> partition = number(name, parser, 0, Integer.MAX_VALUE);
      case "offset" -> offset = number(name, parser, 0, Long.MAX_VALUE);
      case "timestamp" -> timestamp = timestamp(parser);
      case "headers" -> headers(parser);
      case "key" -> key = content(name, "keyBase64", parser);
      case "value" -> value = content(name, "valueBase64", parser);
      case "keyBase64" -> key = base64(name, "key", parser);
      case "valueBase64" -> value = base64(name, "value", parser);
      default -> throw new BadLineException("the record has an unknown '" + name + "'; " + FIELDS);
    }
  }

  private static String topic(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() != JsonToken.VALUE_STRING || parser.getText().isEmpty()) {
      throw new BadLineException("the topic is no text");
    }
    return parser.getText();
  }

  private static long number(String name, JsonParser parser, long least, long most)
      throws IOException, BadLineException {
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (whole && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long number = parser.getLongValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new BadLineException(
        "the %s is no whole number from %d to %d".formatted(name, least, most));
  }

  /** Kafka's -1 stands for none. */
  private static Instant timestamp(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    long millis = number("timestamp", parser, -1, LATEST_MILLIS);
    return millis < 0 ? null : Instant.ofEpochMilli(millis);
  }

  private void headers(JsonParser parser) throws IOException, BadLineException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadLineException("the headers are no object of names and texts");
    }
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      headers.add(new RecordLine.Header(name, bytes("header " + name, parser)));
    }
  }

  private byte[] content(String name, String other, JsonParser parser)
      throws IOException, BadLineException {
    requireNot(name, other);
    return bytes(name, parser);
  }

  private void requireNot(String name, String other) throws BadLineException {
    if (seen.contains(other)) {
      throw new BadLineException("the record has both '" + name + "' and '" + other + "'");
    }
  }

  private byte[] bytes(String name, JsonParser parser) throws IOException, BadLineException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> utf8(name, parser);
      default -> slice(parser);
    };
  }

  private static byte[] utf8(String name, JsonParser parser) throws IOException, BadLineException {
    try {
      CharBuffer text =
          CharBuffer.wrap(
              parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      // A new encoder reports what it cannot write; String.getBytes would write a question mark.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(text);
      return Arrays.copyOf(bytes.array(), bytes.limit());
    } catch (CharacterCodingException e) {
      throw new BadLineException(
          "the %s is no text that has bytes (half of a surrogate pair); write it as Base64"
              .formatted(name));
    }
  }

  /** The bytes of the line that hold the current value. */
  private byte[] slice(JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return Arrays.copyOfRange(line, from, (int) parser.currentLocation().getByteOffset());
  }

  private byte[] base64(String name, String other, JsonParser parser)
      throws IOException, BadLineException {
    requireNot(name, other);
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    try {
      return java.util.Base64.getDecoder().decode(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new BadLineException("the " + name + " is no Base64");
    }
  }
}
