package io.tidemark.proof;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import scala.collection.JavaConverters;

/** Values of the lake as text, the same whoever read them and as which class. */
final class Texts {
  private Texts() {}

  /** The text of a value: exact in every digit, byte and scale. */
  static String of(Object value) {
    if (value instanceof scala.collection.Seq<?> seq) {
      return of(JavaConverters.seqAsJavaList(seq));
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return of(JavaConverters.mapAsJavaMap(map));
    }
    if (value instanceof Collection<?> elements) {
      return elements.stream().map(Texts::of).collect(joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put(of(k), of(v)));
      return sorted.toString();
    }
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    return String.valueOf(value); // Numbers, booleans, null and the types of java.time.
  }
}
