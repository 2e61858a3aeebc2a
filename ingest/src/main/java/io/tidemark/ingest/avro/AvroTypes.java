package io.tidemark.ingest.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.RejectedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro types as Connect's Avro converters map them: unions with null are optional, arrays of
 * records of key and value are maps whose keys are no strings, and the rest of a Connect type
 * stands in properties that start with {@code connect.}.
 */
final class AvroTypes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A record within itself has no end as a type. */
  private final Deque<Schema> open = new ArrayDeque<>();

  AvroType type(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> optional(schema);
      case RECORD -> record(schema);
      case ARRAY -> isEntries(schema) ? entries(schema) : array(schema);
      case MAP -> map(schema);
      case STRING, ENUM ->
          new AvroType(ConnectNames.named(schema, "string"), v -> NODES.textNode(v.toString()));
      case BYTES -> new AvroType(ConnectNames.named(schema, "bytes"), v -> base64((ByteBuffer) v));
      case FIXED ->
          new AvroType(
              ConnectNames.named(schema, "bytes"),
              v -> base64(ByteBuffer.wrap(((GenericFixed) v).bytes())));
      case INT ->
          new AvroType(
              ConnectNames.named(schema, ConnectNames.integer(schema)),
              v -> NODES.numberNode((int) v));
      case LONG ->
          new AvroType(ConnectNames.named(schema, "int64"), v -> NODES.numberNode((long) v));
      case FLOAT ->
          new AvroType(ConnectNames.named(schema, "float"), v -> NODES.numberNode((float) v));
      case DOUBLE ->
          new AvroType(ConnectNames.named(schema, "double"), v -> NODES.numberNode((double) v));
      case BOOLEAN ->
          new AvroType(ConnectNames.named(schema, "boolean"), v -> NODES.booleanNode((boolean) v));
      case NULL -> throw unusable("the schema has a type that is always null");
    };
  }

  private static JsonNode base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return NODES.textNode(Base64.getEncoder().encodeToString(copy));
  }

  private AvroType optional(Schema union) {
    List<Schema> others =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (others.size() != 1) {
      throw unusable("the schema has a union of several types, which no column can hold: " + union);
    }
    AvroType type = type(others.get(0));
    if (others.size() == union.getTypes().size()) {
      return type;
    }
    Function<Object, JsonNode> json = type.json();
    return new AvroType(
        type.connect().put("optional", true), v -> v == null ? NODES.nullNode() : json.apply(v));
  }

  private AvroType record(Schema schema) {
    if (open.contains(schema)) {
      throw unusable("the record '" + schema.getFullName() + "' contains itself");
    }
    open.push(schema);
    ObjectNode connect = ConnectNames.named(schema, "struct");
    ArrayNode fields = connect.putArray("fields");
    int width = schema.getFields().size();
    String[] names = new String[width];
    AvroType[] types = new AvroType[width];
    for (Schema.Field field : schema.getFields()) {
      names[field.pos()] = field.name();
      types[field.pos()] = type(field.schema());
      fields.add(types[field.pos()].connect().deepCopy().put("field", field.name()));
    }
    open.pop();
    return new AvroType(connect, value -> object(names, types, (IndexedRecord) value));
  }

  private static JsonNode object(String[] names, AvroType[] types, IndexedRecord record) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < names.length; i++) {
      object.set(names[i], types[i].json().apply(record.get(i)));
    }
    return object;
  }

  private AvroType array(Schema schema) {
    AvroType element = type(schema.getElementType());
    ObjectNode connect = ConnectNames.named(schema, "array");
    connect.set("items", element.connect());
    return new AvroType(
        connect,
        value -> {
          Collection<?> elements = (Collection<?>) value;
          ArrayNode array = NODES.arrayNode(elements.size());
          elements.forEach(one -> array.add(element.json().apply(one)));
          return array;
        });
  }

  private AvroType map(Schema schema) {
    AvroType element = type(schema.getValueType());
    ObjectNode connect = ConnectNames.named(schema, "map");
    connect.putObject("keys").put("type", "string").put("optional", false);
    connect.set("values", element.connect());
    return new AvroType(
        connect,
        value -> {
          ObjectNode object = NODES.objectNode();
          ((Map<?, ?>) value)
              .forEach((key, one) -> object.set(key.toString(), element.json().apply(one)));
          return object;
        });
  }

  /** The converters name such a record MapEntry, or say so in a property of their own. */
  private static boolean isEntries(Schema array) {
    Schema entry = array.getElementType();
    return entry.getType() == Schema.Type.RECORD
        && entry.getFields().size() == 2
        && entry.getField("key") != null
        && entry.getField("value") != null
        && (entry.getName().equals("MapEntry")
            || "MapEntry".equals(entry.getProp("connect.internal.type")));
  }

  private AvroType entries(Schema array) {
    Schema entry = array.getElementType();
    AvroType key = type(entry.getField("key").schema());
    AvroType element = type(entry.getField("value").schema());
    int keyPlace = entry.getField("key").pos();
    ObjectNode connect = ConnectNames.named(array, "map");
    connect.set("keys", key.connect());
    connect.set("values", element.connect());
    return new AvroType(
        connect,
        value -> {
          ArrayNode pairs = NODES.arrayNode();
          for (Object one : (Collection<?>) value) {
            IndexedRecord pair = (IndexedRecord) one;
            pairs
                .addArray()
                .add(key.json().apply(pair.get(keyPlace)))
                .add(element.json().apply(pair.get(1 - keyPlace)));
          }
          return pairs;
        });
  }

  static RejectedRecordException unusable(String problem) {
    return new RejectedRecordException(null, DeadLetterReason.BAD_SCHEMA, problem);
  }
}
