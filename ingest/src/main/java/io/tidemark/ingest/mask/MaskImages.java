package io.tidemark.ingest.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.LakeType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Makes what replaces a decoded value, for each mask and type. Not thread-safe: one per task. */
final class MaskImages {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ColumnDeclaration TEXT = ColumnDeclaration.of(new LakeType.Text());
  private static final ColumnDeclaration NUMBER = ColumnDeclaration.of(new LakeType.Int64());

  private final MaskKeys keys;
  private final Map<String, Hmac> hashes = new HashMap<>();
  private final Map<String, Hmac> textTokens = new HashMap<>();
  private final Map<String, NumberToken> numberTokens = new HashMap<>();

  MaskImages(MaskKeys keys) {
    this.keys = keys;
  }

  /**
   * What a mask does to the values of a type.
   *
   * @param stored what the images are
   * @param of the image of a value that is not null, as JSON in the encoding of {@code stored}
   */
  record Image(ColumnDeclaration stored, Function<Object, JsonNode> of) {}

  /**
   * The images of one column's values.
   *
   * @param mask with its key named where it needs one
   * @throws UnmaskableException if values of this type have none
   */
  Image of(Mask mask, LakeType type) {
    if (mask instanceof Mask.Hash hash) {
      Hmac hmac = hashes.computeIfAbsent(hash.key(), key -> hmac(key, MaskKeys.Purpose.HASH));
      return text(value -> hashed(hash.key(), hmac, value));
    }
    if (mask instanceof Mask.Token token) {
      return token(token, type);
    }
    if (mask instanceof Mask.Fixed fixed) {
      return text(value -> fixed.replacement());
    }
    if (mask instanceof Mask.First first) {
      requireCharacters(mask, type);
      return text(value -> first(CanonicalText.of(value), first.characters()));
    }
    if (mask instanceof Mask.Last last) {
      requireCharacters(mask, type);
      return text(value -> last(CanonicalText.of(value), last.characters()));
    }
    return time(mask, type);
  }

  private Hmac hmac(String key, MaskKeys.Purpose purpose) {
    return new Hmac(keys.derived(key, purpose));
  }

  private static Image text(Function<Object, String> image) {
    return new Image(TEXT, value -> NODES.textNode(image.apply(value)));
  }

  private static String hashed(String key, Hmac hmac, Object value) {
    byte[] hash = hmac.of(CanonicalText.of(value));
    return key + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private Image token(Mask.Token token, LakeType type) {
    if (type instanceof LakeType.Int32 || type instanceof LakeType.Int64) {
      NumberToken numbers =
          numberTokens.computeIfAbsent(
              token.key(), key -> new NumberToken(keys.derived(key, MaskKeys.Purpose.TOKEN)));
      return new Image(NUMBER, value -> NODES.numberNode(numbers.of(((Number) value).longValue())));
    }
    if (type instanceof LakeType.Text) {
      Hmac hmac = textTokens.computeIfAbsent(token.key(), k -> hmac(k, MaskKeys.Purpose.TOKEN));
      return text(value -> uuid(hmac.of(CanonicalText.of(value))));
    }
    throw new UnmaskableException(
        "'%s' holds whole numbers and text, and the column is %s; write hash or fixed(<text>)"
            .formatted(token.text(), type.ddl()));
  }

  /** A uuid of version 8, whose bits are the application's own (RFC 9562, section 5.8). */
  private static String uuid(byte[] hash) {
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long most = bits.getLong() & ~0xf000L | 0x8000L;
    long least = bits.getLong() & ~(3L << 62) | 1L << 63;
    return new UUID(most, least).toString();
  }

  private static void requireCharacters(Mask mask, LakeType type) {
    boolean characters =
        type instanceof LakeType.Text
            || type instanceof LakeType.Int32
            || type instanceof LakeType.Int64;
    if (!characters) {
      throw new UnmaskableException(
          "'%s' keeps characters of text and whole numbers, and the column is %s; write hash or fixed(<text>)"
              .formatted(mask.text(), type.ddl()));
    }
  }

  private static String first(String text, int characters) {
    int length = text.codePointCount(0, text.length());
    return length <= characters ? "" : text.substring(0, text.offsetByCodePoints(0, characters));
  }

  private static String last(String text, int characters) {
    int length = text.codePointCount(0, text.length());
    return length <= characters
        ? ""
        : text.substring(text.offsetByCodePoints(0, length - characters));
  }

  private static Image time(Mask mask, LakeType type) {
    Function<LocalDate, LocalDate> back =
        mask instanceof Mask.Month ? date -> date.withDayOfMonth(1) : date -> date.withDayOfYear(1);
    ColumnDeclaration iso = ColumnDeclaration.of(type);
    if (type instanceof LakeType.Date) {
      return new Image(iso, value -> NODES.textNode(back.apply((LocalDate) value).toString()));
    }
    if (type instanceof LakeType.Timestamp) {
      return new Image(iso, value -> NODES.textNode(instant(back, (Instant) value).toString()));
    }
    if (type instanceof LakeType.TimestampNtz) {
      return new Image(
          iso,
          value -> NODES.textNode(back.apply(((LocalDateTime) value).toLocalDate()) + "T00:00:00"));
    }
    throw new UnmaskableException(
        "'%s' is for dates and times, and the column is %s; write hash or fixed(<text>)"
            .formatted(mask.text(), type.ddl()));
  }

  private static Instant instant(Function<LocalDate, LocalDate> back, Instant value) {
    LocalDate day = back.apply(value.atOffset(ZoneOffset.UTC).toLocalDate());
    return day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
  }
}
