package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * How the values of a database's type stand in a change row.
 *
 * @param schema the type as Connect's schema block writes it
 * @param writer writes a value
 */
record JsonForm(ObjectNode schema, Writer writer) {

  /** Writes the JSON of a value that the database gave as text, and that is not null. */
  interface Writer {
    void write(JsonGenerator out, String text) throws IOException;
  }

  /** A physical type of Connect. */
  static JsonForm of(String type, Writer writer) {
    return new JsonForm(JsonNodeFactory.instance.objectNode().put("type", type), writer);
  }

  /** A physical type with a name that gives it a meaning. */
  static JsonForm of(String type, String meaning, Writer writer) {
    JsonForm form = of(type, writer);
    form.schema.put("name", meaning);
    return form;
  }

  /** A text as it is. */
  static JsonForm text() {
    return of("string", JsonGenerator::writeString);
  }

  /** A number as the database writes its digits. */
  static JsonForm number(String type) {
    return of(type, JsonGenerator::writeNumber);
  }

  /** A decimal of so many digits. */
  static JsonForm decimal(int precision, int scale) {
    JsonForm form =
        of("bytes", "org.apache.kafka.connect.data.Decimal", JsonGenerator::writeNumber);
    form.schema
        .putObject("parameters")
        .put("scale", String.valueOf(scale))
        .put("connect.decimal.precision", String.valueOf(precision));
    return form;
  }

  /** Bytes that the database gives as hexadecimal digits behind a prefix. */
  static JsonForm hex(int prefix) {
    return of(
        "bytes",
        (out, text) -> out.writeBinary(HexFormat.of().parseHex(text, prefix, text.length())));
  }

  /** Bits, as their number in so many bytes, the last first. */
  static JsonForm bits(int length, Function<String, BigInteger> read) {
    JsonForm form =
        of(
            "bytes",
            "io.debezium.data.Bits",
            (out, text) -> out.writeBinary(littleEndian(read.apply(text), (length + 7) / 8)));
    form.schema.putObject("parameters").put("length", String.valueOf(length));
    return form;
  }

  private static byte[] littleEndian(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    BigInteger rest = number;
    for (int i = 0; i < length; i++) {
      bytes[i] = rest.byteValue();
      rest = rest.shiftRight(8);
    }
    return bytes;
  }

  /** Floating-point numbers; JSON has no words for what is no number, but our reader takes them. */
  static JsonForm floating(String type, Function<String, String> digits) {
    return of(
        type,
        (out, text) -> {
          String number = digits.apply(text);
          // Minus zero without a point would be read as a whole number, which has no minus zero.
          out.writeNumber(number.equals("-0") ? "-0.0" : number);
        });
  }

  /** A time of day, with six digits behind the point or more, as events of all forms become it. */
  static JsonForm timeOfDay() {
    return of("string", (out, text) -> out.writeString(inMicroseconds(text)));
  }

  private static String inMicroseconds(String text) {
    int point = text.indexOf('.');
    String digits = point < 0 ? "" : text.substring(point + 1);
    String seconds = point < 0 ? text : text.substring(0, point);
    return seconds + "." + digits + "0".repeat(Math.max(0, 6 - digits.length()));
  }
}
