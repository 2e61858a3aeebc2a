package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.tidemark.ingest.protobuf.ProtoField.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Protobuf types as Connect's converter maps them. */
final class ProtoTypes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ProtoFiles files;

  /** A message within itself has no end as a type. */
  private final Deque<String> open = new ArrayDeque<>();

  ProtoTypes(ProtoFiles files) {
    this.files = files;
  }

  static boolean isMessage(TypeElement type) {
    return type instanceof MessageElement;
  }

  ProtoType message(ProtoFiles.Declared declared) {
    if (open.contains(declared.name())) {
      throw ProtoFiles.unusable("the message '" + declared.name() + "' contains itself");
    }
    open.push(declared.name());
    MessageElement message = (MessageElement) declared.element();
    if (!message.getGroups().isEmpty()) {
      throw ProtoFiles.unusable("the message '" + declared.name() + "' has groups");
    }
    Map<Integer, ProtoField> fields = new LinkedHashMap<>();
    message
        .getFields()
        .forEach(f -> fields.put(f.getTag(), field(f, declared, shape(f, declared))));
    for (OneOfElement choice : message.getOneOfs()) {
      choice.getFields().forEach(f -> fields.put(f.getTag(), field(f, declared, Shape.OPTIONAL)));
    }
    open.pop();
    ObjectNode connect = NODES.objectNode().put("type", "struct").put("optional", false);
    connect.put("name", declared.name());
    ArrayNode described = connect.putArray("fields");
    fields.values().forEach(field -> described.add(field.connect()));
    return new ProtoType(connect, WireInput.LENGTH, input -> row(input, fields), null);
  }

  private static JsonNode row(WireInput input, Map<Integer, ProtoField> fields) {
    ObjectNode row = NODES.objectNode();
    fields.values().forEach(field -> row.set(field.name(), field.initial()));
    while (!input.isAtEnd()) {
      long key = input.varint();
      ProtoField field = fields.get((int) (key >>> 3));
      if (field == null) {
        // A later version of the schema would be named by another id: this is no field of ours.
        throw WireInput.mismatch("there is no field of number " + (key >>> 3));
      }
      field.read(input, (int) (key & 7), row);
    }
    fields.values().forEach(field -> field.requirePresent(row));
    return row;
  }

  private Shape shape(FieldElement field, ProtoFiles.Declared within) {
    if (field.getType().startsWith("map<")) {
      return Shape.MAP;
    }
    Field.Label label = field.getLabel();
    if (label == Field.Label.REPEATED) {
      return Shape.REPEATED;
    }
    if (label == Field.Label.REQUIRED) {
      return Shape.REQUIRED;
    }
    boolean scalar = Scalars.TYPES.containsKey(field.getType());
    boolean chosen = !scalar && isEnum(field.getType(), within);
    return label == null && within.proto3() && (scalar || chosen) ? Shape.IMPLICIT : Shape.OPTIONAL;
  }

  private boolean isEnum(String type, ProtoFiles.Declared within) {
    return WellKnown.type(type, Map.of()) == null
        && files.resolve(type, within.name()).element() instanceof EnumElement;
  }

  private ProtoField field(FieldElement field, ProtoFiles.Declared within, Shape shape) {
    Map<String, String> meta = ConnectMeta.of(field.getOptions());
    ProtoType type =
        shape == Shape.MAP ? map(field.getType(), within) : type(field.getType(), within, meta);
    return new ProtoField(field.getName(), noted(type, meta), shape);
  }

  private ProtoType type(String name, ProtoFiles.Declared within, Map<String, String> meta) {
    ProtoType scalar = Scalars.TYPES.get(name);
    if (scalar != null) {
      return scalar;
    }
    ProtoType wellKnown = WellKnown.type(name, meta);
    if (wellKnown != null) {
      return wellKnown;
    }
    ProtoFiles.Declared declared = files.resolve(name, within.name());
    return declared.element() instanceof EnumElement choice ? choice(choice) : message(declared);
  }

  /** The converter notes what Protobuf has no type for: int8, int16, and names of meanings. */
  private static ProtoType noted(ProtoType type, Map<String, String> meta) {
    String narrower = meta.get("connect.type");
    String name = meta.get("connect.name");
    boolean narrows = "int8".equals(narrower) || "int16".equals(narrower);
    if (!narrows && name == null) {
      return type;
    }
    ObjectNode connect = type.connect().deepCopy();
    if (narrows && connect.path("type").asText().equals("int32")) {
      connect.put("type", narrower);
    }
    if (name != null && !connect.has("name")) {
      connect.put("name", name);
    }
    return new ProtoType(connect, type.wireType(), type.reader(), type.absent());
  }

  private static ProtoType choice(EnumElement choice) {
    Map<Long, String> names = new LinkedHashMap<>();
    for (EnumConstantElement constant : choice.getConstants()) {
      names.putIfAbsent((long) constant.getTag(), constant.getName());
    }
    ObjectNode connect = NODES.objectNode().put("type", "string").put("optional", false);
    String first = names.get(0L);
    return new ProtoType(
        connect,
        WireInput.VARINT,
        input -> {
          long number = (int) input.varint();
          String name = names.get(number);
          if (name == null) {
            throw WireInput.mismatch(choice.getName() + " has no value of this number");
          }
          return NODES.textNode(name);
        },
        first == null ? null : NODES.textNode(first));
  }

  /** {@code map<key, value>} is a repeated message of the fields key = 1 and value = 2. */
  private ProtoType map(String declaration, ProtoFiles.Declared within) {
    int comma = declaration.indexOf(',');
    String keyName = declaration.substring("map<".length(), comma).strip();
    String valueName = declaration.substring(comma + 1, declaration.length() - 1).strip();
    ProtoType key = type(keyName, within, Map.of());
    ProtoType value = type(valueName, within, Map.of());
    Map<Integer, ProtoField> fields =
        Map.of(
            1, new ProtoField("key", key, Shape.IMPLICIT),
            2, new ProtoField("value", value, Shape.IMPLICIT));
    ObjectNode connect = NODES.objectNode().put("type", "map").put("optional", false);
    connect.set("keys", key.connect().deepCopy().put("optional", false));
    connect.set("values", value.connect().deepCopy().put("optional", value.absent() == null));
    return new ProtoType(connect, WireInput.LENGTH, input -> row(input, fields), null);
  }
}
