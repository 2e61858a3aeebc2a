package io.tidemark.ingest.protobuf;

import com.squareup.wire.schema.internal.parser.OptionElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Connect's Protobuf converter noted of the Connect type: an option of the field, {@code
 * (confluent.field_meta)}, with a list of keys and values.
 */
final class ConnectMeta {
  private ConnectMeta() {}

  static Map<String, String> of(List<OptionElement> options) {
    Map<String, String> meta = new HashMap<>();
    for (OptionElement option : options) {
      if (option.getName().startsWith("confluent.")) {
        collect(option.getValue(), meta);
      }
    }
    return meta;
  }

  private static void collect(Object value, Map<String, String> meta) {
    if (value instanceof Map<?, ?> map) {
      Object key = map.get("key");
      Object noted = map.get("value");
      if (key != null && noted != null) {
        meta.put(text(key), text(noted));
      } else {
        map.values().forEach(part -> collect(part, meta));
      }
    } else if (value instanceof Iterable<?> parts) {
      parts.forEach(part -> collect(part, meta));
    } else if (value instanceof OptionElement option) {
      collect(option.getValue(), meta);
    }
  }

  private static String text(Object value) {
    return value instanceof OptionElement.OptionPrimitive primitive
        ? String.valueOf(primitive.getValue())
        : value.toString();
  }
}
