package io.tidemark.core.schema.bson;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads one value of Extended JSON in any of its spellings: the strict mode of version 1, which
 * Debezium writes, and version 2, canonical and relaxed (MongoDB's specification "Extended JSON").
 *
 * <p>A number without wrapper is a whole number of 64 bits, or a floating point number if it has a
 * point or an exponent.
 */
public final class ExtendedJson {
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
  private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("(.*[+-]\\d\\d)(\\d\\d)");

  private ExtendedJson() {}

  /**
   * The value.
   *
   * @throws InvalidExtendedJsonException if it has a wrapper whose content is wrong
   */
  public static BsonValue read(JsonNode json) {
    return switch (json.getNodeType()) {
      case NULL, MISSING -> new BsonValue.Nothing();
      case BOOLEAN -> new BsonValue.Bool(json.booleanValue());
      case STRING -> new BsonValue.Text(json.textValue());
      case NUMBER -> number(json);
      case ARRAY -> elements(json);
      case OBJECT -> object(json);
      default -> throw invalid("a " + json.getNodeType());
    };
  }

  private static BsonValue number(JsonNode json) {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return new BsonValue.Whole(json.longValue());
    }
    if (json.isIntegralNumber()) {
      throw invalid("a whole number beyond 64 bits");
    }
    return new BsonValue.Floating(json.doubleValue());
  }

  private static BsonValue elements(JsonNode json) {
    List<JsonNode> values = new ArrayList<>(json.size());
    json.forEach(values::add);
    return new BsonValue.Elements(values);
  }

  private static BsonValue object(JsonNode json) {
    String first = json.isEmpty() ? "" : json.fieldNames().next();
    if (!first.startsWith("$")) {
      return document(json);
    }
    JsonNode content = json.get(first);
    return switch (first) {
      case "$oid" -> objectId(content);
      case "$numberInt", "$numberLong" -> new BsonValue.Whole(whole(content));
      case "$numberDouble" -> floating(content);
      case "$numberDecimal" -> decimal(content);
      case "$date" -> new BsonValue.DateTime(millis(content));
      case "$binary", "$type" -> binary(json);
      case "$uuid" -> uuid(content);
      case "$symbol" -> new BsonValue.Text(content.asText());
      case "$undefined" -> new BsonValue.Nothing();
      case "$timestamp" -> new BsonValue.Other("timestamp of the replication log", json);
      case "$regex", "$options", "$regularExpression" ->
          new BsonValue.Other("regular expression", json);
      case "$code", "$scope" -> new BsonValue.Other("code", json);
      case "$minKey" -> new BsonValue.Other("MinKey", json);
      case "$maxKey" -> new BsonValue.Other("MaxKey", json);
      case "$dbPointer" -> new BsonValue.Other("database pointer", json);
        // $ref and $id of a DBRef, and fields that really begin with a dollar.
      default -> document(json);
    };
  }

  private static BsonValue document(JsonNode json) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    json.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    return new BsonValue.Document(fields);
  }

  private static BsonValue objectId(JsonNode content) {
    if (!OBJECT_ID.matcher(content.asText()).matches()) {
      throw invalid("an ObjectId without its 24 hexadecimal digits");
    }
    return new BsonValue.ObjectId(content.asText().toLowerCase(Locale.ROOT));
  }

  private static long whole(JsonNode content) {
    if (content.isIntegralNumber() && content.canConvertToLong()) {
      return content.longValue();
    }
    try {
      return Long.parseLong(content.asText());
    } catch (NumberFormatException e) {
      throw invalid("a whole number without its digits");
    }
  }

  private static BsonValue floating(JsonNode content) {
    try {
      return new BsonValue.Floating(Double.parseDouble(content.asText()));
    } catch (NumberFormatException e) {
      throw invalid("a floating point number without its digits");
    }
  }

  private static BsonValue decimal(JsonNode content) {
    String text = content.asText();
    switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> {
        return new BsonValue.NoNumber("NaN");
      }
      case "infinity", "inf", "+infinity" -> {
        return new BsonValue.NoNumber("Infinity");
      }
      case "-infinity", "-inf" -> {
        return new BsonValue.NoNumber("-Infinity");
      }
      default -> {
        try {
          return new BsonValue.Decimal(new BigDecimal(text));
        } catch (NumberFormatException e) {
          throw invalid("a Decimal128 without its digits");
        }
      }
    }
  }

  private static long millis(JsonNode content) {
    if (content.isObject()) {
      return whole(content.path("$numberLong"));
    }
    if (!content.isTextual()) {
      return whole(content);
    }
    // Version 1 writes offsets without a colon.
    String text = OFFSET_WITHOUT_COLON.matcher(content.textValue()).replaceFirst("$1:$2");
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.getNano() % 1_000_000 != 0) {
        throw invalid("a date with more than milliseconds");
      }
      return instant.toEpochMilli();
    } catch (DateTimeException e) {
      throw invalid("a date that is no ISO 8601 text");
    }
  }

  private static BsonValue binary(JsonNode json) {
    JsonNode content = json.path("$binary");
    boolean second = content.isObject();
    String base64 = second ? content.path("base64").asText() : content.asText();
    String subtype = second ? content.path("subType").asText() : json.path("$type").asText("00");
    try {
      return new BsonValue.Binary(
          Integer.parseInt(subtype, 16), Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw invalid("bytes that are no base64 with a subtype");
    }
  }

  private static BsonValue uuid(JsonNode content) {
    try {
      UUID uuid = UUID.fromString(content.asText());
      byte[] bytes =
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
      return new BsonValue.Binary(4, bytes);
    } catch (IllegalArgumentException e) {
      throw invalid("a UUID without its digits");
    }
  }

  private static InvalidExtendedJsonException invalid(String what) {
    return new InvalidExtendedJsonException("Extended JSON is expected, this is " + what);
  }
}
