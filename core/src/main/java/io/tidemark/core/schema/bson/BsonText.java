package io.tidemark.core.schema.bson;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** BSON values as text. */
public final class BsonText {
  private static final int UUID_SUBTYPE = 4;
  private static final int UUID_BYTES = 16;

  /** Texts that stand for something else than themselves in a key. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "[0-9a-f]{24}|[-+]?(?:[0-9].*|\\.[0-9].*|Infinity)|NaN|null|true|false"
              + "|(?:\"|\\{|\\[|date:|binary:|uuid:).*|",
          Pattern.DOTALL);

  private BsonText() {}

  /**
   * The text of a scalar in a column of text: a number's digits, an ObjectId's and a UUID's own
   * text, ISO 8601 for dates; null for documents, arrays and what has no type in a lake.
   */
  public static String scalar(BsonValue value) {
    if (value instanceof BsonValue.Text text) {
      return text.value();
    }
    if (value instanceof BsonValue.Bool bool) {
      return Boolean.toString(bool.value());
    }
    if (value instanceof BsonValue.Whole whole) {
      return Long.toString(whole.value());
    }
    if (value instanceof BsonValue.Floating floating) {
      return Double.toString(floating.value());
    }
    if (value instanceof BsonValue.Decimal decimal) {
      return decimal.value().toString();
    }
    if (value instanceof BsonValue.NoNumber none) {
      return none.word();
    }
    if (value instanceof BsonValue.ObjectId id) {
      return id.hex();
    }
    if (value instanceof BsonValue.DateTime time) {
      return Instant.ofEpochMilli(time.millis()).toString();
    }
    return value instanceof BsonValue.Binary binary && isUuid(binary) ? uuid(binary) : null;
  }

  /**
   * The text of a key: two keys that MongoDB tells apart have different texts, and numbers that it
   * holds equal have one. ObjectIds are their hexadecimal digits, strings themselves, unless they
   * look like something else: then they stand in quotes.
   *
   * @param json the key's canonical Extended JSON, for types that have no text of their own
   */
  public static String key(BsonValue value, String json) {
    if (value instanceof BsonValue.Text text) {
      return AMBIGUOUS.matcher(text.value()).matches() ? json : text.value();
    }
    if (value instanceof BsonValue.Floating floating && Double.isFinite(floating.value())) {
      return digits(new BigDecimal(floating.value()));
    }
    if (value instanceof BsonValue.Decimal decimal) {
      return digits(decimal.value());
    }
    if (value instanceof BsonValue.DateTime time) {
      return "date:" + Instant.ofEpochMilli(time.millis());
    }
    if (value instanceof BsonValue.Binary binary) {
      return isUuid(binary)
          ? "uuid:" + uuid(binary)
          : "binary:%02x:%s".formatted(binary.subtype(), HexFormat.of().formatHex(binary.bytes()));
    }
    if (value instanceof BsonValue.Nothing) {
      return "null";
    }
    String scalar = scalar(value);
    return scalar == null ? json : scalar;
  }

  private static String digits(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static boolean isUuid(BsonValue.Binary binary) {
    return binary.subtype() == UUID_SUBTYPE && binary.bytes().length == UUID_BYTES;
  }

  private static String uuid(BsonValue.Binary binary) {
    ByteBuffer bytes = ByteBuffer.wrap(binary.bytes());
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
