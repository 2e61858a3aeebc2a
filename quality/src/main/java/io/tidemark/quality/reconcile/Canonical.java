package io.tidemark.quality.reconcile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes that are equal exactly if two values are, and a text for people.
 *
 * <p>Takes the values that a {@link CellForm} makes; floating-point numbers are compared by their
 * bits, with one NaN.
 */
final class Canonical {
  private static final int LONGEST = 80;

  private Canonical() {}

  /** The bytes of one value. */
  static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes), value);
    return bytes.toByteArray();
  }

  /** Appends the bytes of a value; no value's bytes are the beginning of another's. */
  static void write(DataOutputStream out, Object value) {
    try {
      append(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into memory", e);
    }
  }

  private static void append(DataOutputStream out, Object value) throws IOException {
    if (value == null) {
      out.writeByte(0);
    } else if (value instanceof Boolean truth) {
      out.writeByte(1);
      out.writeBoolean(truth);
    } else if (value instanceof Long number) {
      out.writeByte(2);
      out.writeLong(number);
    } else if (value instanceof String text) {
      out.writeByte(3);
      appendBytes(out, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      out.writeByte(4);
      appendBytes(out, bytes);
    } else if (value instanceof BigDecimal number) {
      out.writeByte(5);
      out.writeInt(number.scale());
      appendBytes(out, number.unscaledValue().toByteArray());
    } else if (value instanceof Double number) {
      out.writeByte(6);
      out.writeLong(Double.doubleToLongBits(number));
    } else if (value instanceof Float number) {
      out.writeByte(7);
      out.writeInt(Float.floatToIntBits(number));
    } else if (value instanceof List<?> list) {
      out.writeByte(8);
      out.writeInt(list.size());
      for (Object element : list) {
        append(out, element);
      }
    } else {
      appendTime(out, value);
    }
  }

  private static void appendTime(DataOutputStream out, Object value) throws IOException {
    if (value instanceof LocalDate date) {
      out.writeByte(9);
      out.writeLong(date.toEpochDay());
    } else if (value instanceof LocalDateTime time) {
      out.writeByte(10);
      out.writeLong(time.toEpochSecond(ZoneOffset.UTC));
      out.writeInt(time.getNano());
    } else if (value instanceof Instant time) {
      out.writeByte(11);
      out.writeLong(time.getEpochSecond());
      out.writeInt(time.getNano());
    } else {
      throw new IllegalArgumentException("There is no canonical form of a " + value.getClass());
    }
  }

  private static void appendBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** The value for people, at most 80 characters; text in quotes, so that it is not a number. */
  static String text(Object value) {
    String text;
    if (value == null) {
      text = "NULL";
    } else if (value instanceof byte[] bytes) {
      text = "0x" + HexFormat.of().formatHex(bytes);
    } else if (value instanceof String string) {
      text = "'" + string + "'";
    } else if (value instanceof BigDecimal number) {
      text = number.toPlainString();
    } else if (value instanceof List<?> list) {
      text = list.stream().map(Canonical::text).toList().toString();
    } else {
      text = value.toString();
    }
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST - 20) + "… (" + text.length() + " characters)";
  }
}
