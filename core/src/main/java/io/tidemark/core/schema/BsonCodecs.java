package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import io.tidemark.core.schema.bson.BsonText;
import io.tidemark.core.schema.bson.BsonValue;
import io.tidemark.core.schema.bson.ExtendedJson;
import io.tidemark.core.schema.bson.InvalidExtendedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MongoDB's Extended JSON in declared types: exactly, or refused. */
final class BsonCodecs {
  private BsonCodecs() {}

  static Codec of(LakeType type) {
    return new Value(type, scalarCodec(type));
  }

  /** What reads the digits or the text that a scalar is; null for types made of others. */
  private static Codec scalarCodec(LakeType type) {
    return type instanceof LakeType.ArrayOf
            || type instanceof LakeType.MapOf
            || type instanceof LakeType.StructOf
            || type instanceof LakeType.Timestamp
            || type instanceof LakeType.TimestampNtz
            || type instanceof LakeType.Date
        ? null
        : DeclaredCodecs.of(ColumnDeclaration.of(type));
  }

  /**
   * A value of a document.
   *
   * @param scalar reads numbers and booleans for the type; null if it holds neither
   */
  record Value(LakeType lakeType, Codec scalar) implements Codec {
    @Override
    public Object decode(JsonNode json) {
      BsonValue value = read(json);
      if (value instanceof BsonValue.Nothing) {
        return null;
      }
      if (lakeType instanceof LakeType.Text) {
        String text = BsonText.scalar(value);
        return text == null ? JsonText.compact(json) : text;
      }
      if (lakeType instanceof LakeType.Timestamp && value instanceof BsonValue.DateTime time) {
        return new TimeCodecs.EpochInstant(TimeCodecs.Unit.MILLIS)
            .decode(JsonText.parse(Long.toString(time.millis())));
      }
      if (lakeType instanceof LakeType.Binary && value instanceof BsonValue.Binary binary) {
        return binary.bytes();
      }
      if (lakeType instanceof LakeType.ArrayOf array && value instanceof BsonValue.Elements list) {
        return elements(array, list);
      }
      if (value instanceof BsonValue.Document document) {
        return document(document, json);
      }
      return scalar(value, json);
    }

    private Object scalar(BsonValue value, JsonNode json) {
      if (lakeType instanceof LakeType.Bool && value instanceof BsonValue.Bool bool) {
        return bool.value();
      }
      boolean number =
          scalar != null
              && !(lakeType instanceof LakeType.Bool)
              && !(lakeType instanceof LakeType.Binary);
      if (number && value instanceof BsonValue.Floating floating && isBinary()) {
        return narrowed(floating.value(), json);
      }
      String digits = number ? digits(value) : null;
      if (digits == null) {
        throw refused(value, json);
      }
      if (isBinary() && !(value instanceof BsonValue.NoNumber)) {
        return scalar.decode(JsonText.parse(digits));
      }
      return scalar.decode(TextNode.valueOf(digits));
    }

    private boolean isBinary() {
      return lakeType instanceof LakeType.Float64 || lakeType instanceof LakeType.Float32;
    }

    private Object narrowed(double value, JsonNode json) {
      if (lakeType instanceof LakeType.Float64) {
        return value;
      }
      float narrow = (float) value;
      if (Double.compare(narrow, value) != 0) {
        throw UndecodableValueException.value(
            Code.WOULD_LOSE_DIGITS, json, "the number is a double; declare the column so");
      }
      return narrow;
    }

    private static String digits(BsonValue value) {
      if (value instanceof BsonValue.Whole whole) {
        return Long.toString(whole.value());
      }
      if (value instanceof BsonValue.Decimal decimal) {
        return decimal.value().toString();
      }
      if (value instanceof BsonValue.NoNumber none) {
        return none.word();
      }
      return value instanceof BsonValue.Floating floating
          ? Double.toString(floating.value())
          : null;
    }

    private static List<Object> elements(LakeType.ArrayOf array, BsonValue.Elements list) {
      Codec codec = of(array.element());
      List<Object> decoded = new ArrayList<>(list.values().size());
      for (JsonNode each : list.values()) {
        try {
          decoded.add(codec.decode(each));
        } catch (UndecodableValueException e) {
          throw e.at("[" + decoded.size() + "]");
        }
      }
      return decoded;
    }

    private Object document(BsonValue.Document document, JsonNode json) {
      if (lakeType instanceof LakeType.StructOf struct) {
        Object[] values = new Object[struct.fields().size()];
        for (int i = 0; i < values.length; i++) {
          LakeField field = struct.fields().get(i);
          values[i] = field(field.name(), field.type(), document.fields().get(field.name()));
        }
        return values;
      }
      if (lakeType instanceof LakeType.MapOf map && map.key() instanceof LakeType.Text) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        document
            .fields()
            .forEach((name, each) -> entries.put(name, field(name, map.value(), each)));
        return entries;
      }
      throw refused(document, json);
    }

    private static Object field(String name, LakeType type, JsonNode json) {
      try {
        return json == null ? null : of(type).decode(json);
      } catch (UndecodableValueException e) {
        throw e.at(name);
      }
    }

    private UndecodableValueException refused(BsonValue value, JsonNode json) {
      String kind =
          value instanceof BsonValue.Other other ? other.kind() : value.getClass().getSimpleName();
      return UndecodableValueException.value(
          Code.WRONG_JSON_TYPE,
          json,
          "MongoDB's %s is no %s; a string column holds every type"
              .formatted(kind, lakeType.ddl()));
    }
  }

  /** A value that stands in an event as Extended JSON. */
  static BsonValue read(JsonNode json) {
    try {
      return ExtendedJson.read(json);
    } catch (InvalidExtendedJsonException e) {
      throw UndecodableValueException.value(Code.WRONG_JSON_TYPE, json, e.getMessage());
    }
  }
}
