package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

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

  /**
   * A label of an enum. Debezium's MySQL connectors put a backslash before a comma in a streamed
   * label, and none in a snapshot: one that is no label as it stands loses it.
   *
   * @param escaped labels that have commas, by their escaped form
   */
  record Label(Map<String, String> escaped) implements Codec {
    static Codec of(String allowed) {
      Map<String, String> escaped = new HashMap<>();
      for (String label : allowed.split("(?<!\\\\),", -1)) {
        if (label.contains("\\,")) {
          escaped.put(label, label.replace("\\,", ","));
        }
      }
      return escaped.isEmpty() ? new Text() : new Label(escaped);
    }

    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      String label = text(value);
      return escaped.getOrDefault(label, label);
    }
  }

  /**
   * Bits, the first eight in the first byte: Debezium leaves out zero bytes at the end, which the
   * column's length brings back. It does not tell a {@code bit varying} from a {@code bit}.
   *
   * @param length of the column in bits; 0 if it is not known
   */
  record Bits(int length) implements Codec {
    /** Beyond, a small event could become a large value. */
    private static final int MAX_PADDED = 1 << 16;

    @Override
    public LakeType lakeType() {
      return new LakeType.Binary();
    }

    @Override
    public Object decode(JsonNode value) {
      byte[] bytes = base64(value);
      int full = (length + Byte.SIZE - 1) / Byte.SIZE;
      if (length > 0 && bytes.length > full) {
        throw UndecodableValueException.value(
            Code.OUT_OF_RANGE, value, "the column has %d bits, the value more".formatted(length));
      }
      return length > MAX_PADDED ? bytes : Arrays.copyOf(bytes, Math.max(full, bytes.length));
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
        case NATURAL, ISO, DAYS, MILLIS, MICROS, NANOS, BSON ->
            throw new IllegalStateException("Cannot read bytes from " + encoding.word());
      };
    } catch (IllegalArgumentException e) {
      throw UndecodableValueException.value(
          Code.BAD_BYTES, value, encoding.word() + " is expected: " + e.getMessage());
    }
  }
}
