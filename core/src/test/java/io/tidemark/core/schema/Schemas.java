package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;

/** Short ways to schema blocks, columns and decoded values, for the tests of this package. */
final class Schemas {
  static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

  private Schemas() {}

  /** A struct's schema block of the fields given as JSON objects without their outer braces. */
  static String struct(String... fields) {
    return "{\"type\":\"struct\",\"fields\":[{" + String.join("},{", fields) + "}]}";
  }

  /** One field: its name, and the rest of its schema as JSON members. */
  static String field(String name, String members) {
    return "\"field\":\"" + name + "\"," + members;
  }

  static String type(String physical) {
    return "\"type\":\"" + physical + "\",\"optional\":true";
  }

  static String type(String physical, String semantic) {
    return type(physical) + ",\"name\":\"" + semantic + "\"";
  }

  static String decimal(int precision, int scale) {
    return type("bytes", DECIMAL)
        + ",\"parameters\":{\"scale\":\"%d\",\"connect.decimal.precision\":\"%d\"}"
            .formatted(scale, precision);
  }

  static String array(String members) {
    return type("array") + ",\"items\":{" + members + "}";
  }

  static String map(String key, String value) {
    return type("map") + ",\"keys\":{" + key + "},\"values\":{" + value + "}";
  }

  /** The column {@code c} of a schema's members. */
  static Column column(String members) {
    ObjectNode schema = (ObjectNode) JsonText.parse(struct(field("c", members)));
    return EventSchema.fromConnect(null, schema).row().columns().get(0);
  }

  /** The optional column {@code c} of a declared type. */
  static Column declared(String declaration) {
    return new Column("c", ColumnDeclaration.parse(declaration), true, null);
  }

  static Object decode(Column column, String json) {
    return ValueDecoder.of(column).decode(JsonText.parse(json));
  }

  static UndecodableValueException failure(Column column, String json) {
    return catchThrowableOfType(UndecodableValueException.class, () -> decode(column, json));
  }

  /** A JSON string of the bytes in base64. */
  static String base64(byte[] bytes) {
    return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
  }

  /** The object after a travel to another JVM. */
  @SuppressWarnings({"unchecked", "BanSerializableRead"})
  static <T> T travelled(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(object);
      return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("Cannot serialize " + object, e);
    }
  }
}
