package io.tidemark.core.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The one way in which Tidemark reads and writes JSON: numbers stay exact, a field that occurs
 * twice and text after the end are refused.
 */
public final class JsonText {
  /** PostgreSQL's longest numeric has 147,455 digits. */
  private static final int MAX_NUMBER_CHARACTERS = 150_000;

  private static final int MAX_STRING_CHARACTERS = 1 << 28;
  private static final int MAX_DEPTH = 500;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          // Names may be data (keys of maps): they must not fill the JVM's table of strings.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_NUMBER_CHARACTERS)
                  .maxStringLength(MAX_STRING_CHARACTERS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  static {
    // A generator needs a codec only to write trees.
    FACTORY.setCodec(new ObjectMapper(FACTORY));
  }

  private JsonText() {}

  /**
   * Reads one JSON value. Numbers with a point or exponent come exactly as written (a {@link
   * BigDecimal} with its scale; only minus zero as a double), bare {@code NaN} and {@code Infinity}
   * as doubles.
   *
   * @throws UndecodableValueException (BAD_JSON) if it is no JSON, a field occurs twice, more
   *     follows, or a limit is passed: 500 levels, 150,000 characters a number
   */
  public static JsonNode parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return document(parser);
    } catch (IOException e) {
      throw UndecodableValueException.json(problem(e), text);
    }
  }

  /** As {@link #parse(String)}, from UTF-8. */
  public static JsonNode parse(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      return document(parser);
    } catch (IOException e) {
      throw UndecodableValueException.json(problem(e), new String(utf8, StandardCharsets.UTF_8));
    }
  }

  /** The value without spaces, fields in their order, numbers as {@link #parse} found them. */
  public static String compact(JsonNode value) {
    return write(value, false);
  }

  /**
   * The value without spaces and with fields sorted by name at every level, so that equal keys give
   * equal text whatever the order of their fields.
   */
  public static String canonicalKey(JsonNode value) {
    return write(value, true);
  }

  private static JsonNode document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw UndecodableValueException.json("the text is empty, JSON is expected", "");
    }
    JsonNode value = value(parser);
    if (parser.nextToken() != null) {
      throw UndecodableValueException.json(
          "more text follows after the end of the JSON value", compact(value));
    }
    return value;
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalStateException("Cannot read JSON: unexpected token " + token);
    };
  }

  private static JsonNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      if (object.replace(name, value(parser)) != null) {
        throw UndecodableValueException.json(
            "the field '" + name + "' occurs twice", compact(object));
      }
    }
    return object;
  }

  private static JsonNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static JsonNode decimal(JsonParser parser) throws IOException {
    if (parser.isNaN()) {
      return NODES.numberNode(parser.getDoubleValue());
    }
    BigDecimal exact = parser.getDecimalValue();
    // A BigDecimal has no minus zero, a column of doubles has.
    return exact.signum() == 0 && parser.getText().charAt(0) == '-'
        ? NODES.numberNode(-0.0)
        : NODES.numberNode(exact);
  }

  private static String write(JsonNode value, boolean sorted) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      if (sorted) {
        writeSorted(generator, value);
      } else {
        generator.writeTree(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return text.toString();
  }

  private static void writeSorted(JsonGenerator generator, JsonNode value) throws IOException {
    if (value.isObject()) {
      List<String> names = new ArrayList<>(value.size());
      value.fieldNames().forEachRemaining(names::add);
      Collections.sort(names);
      generator.writeStartObject();
      for (String name : names) {
        generator.writeFieldName(name);
        writeSorted(generator, value.get(name));
      }
      generator.writeEndObject();
    } else if (value.isArray()) {
      generator.writeStartArray();
      for (JsonNode element : value) {
        writeSorted(generator, element);
      }
      generator.writeEndArray();
    } else {
      generator.writeTree(value);
    }
  }

  /** The parser's own message would quote the text, which may have to stay hidden. */
  private static String problem(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return "the text is no JSON that can be read: " + e.getMessage();
    }
    JsonLocation place =
        e instanceof JsonProcessingException parsing ? parsing.getLocation() : JsonLocation.NA;
    String where = "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    return e instanceof JsonEOFException
        ? "the text is no JSON: it ends too early, at " + where
        : "the text is no JSON at " + where;
  }
}
