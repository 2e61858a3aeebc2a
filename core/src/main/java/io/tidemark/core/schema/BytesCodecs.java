package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.util.Base64;
import java.util.HexFormat;

/** Strings and bytes. */
final class BytesCodecs {
  private BytesCodecs() {}

  /** JSON strings, as they are. */
  record Text() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      return text(value);
    }
  }

  /** Any JSON value: a scalar's own text, objects and arrays as compact JSON. */
  record AnyText() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      return value.isContainerNode() ? JsonText.compact(value) : value.asText();
    }
  }

  /** Bytes in a JSON string. */
  record Binary(Encoding encoding) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Binary();
    }

    @Override
    public Object decode(JsonNode value) {
      return bytes(value, encoding);
    }
  }

  static byte[] base64(JsonNode value) {
    return bytes(value, Encoding.BASE64);
  }

  static String text(JsonNode value) {
    String text = value.textValue();
    if (text == null) {
      throw UndecodableValueException.value(
          Code.WRONG_JSON_TYPE, value, "a JSON string is expected");
    }
    return text;
  }

  private static byte[] bytes(JsonNode value, Encoding encoding) {
    String text = text(value);
    try {
      return switch (encoding) {
        case BASE64 -> Base64.getDecoder().decode(text);
        case BASE64URL -> Base64.getUrlDecoder().decode(text);
        case HEX -> HexFormat.of().parseHex(text);
        case NATURAL, ISO, DAYS, MILLIS, MICROS, NANOS ->
            throw new IllegalStateException("Cannot read bytes from " + encoding.word());
      };
    } catch (IllegalArgumentException e) {
      throw UndecodableValueException.value(
          Code.BAD_BYTES, value, encoding.word() + " is expected: " + e.getMessage());
    }
  }
}
