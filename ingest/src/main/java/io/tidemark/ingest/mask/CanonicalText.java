package io.tidemark.ingest.mask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.core.schema.JsonText;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one text of a decoded value: what is hashed.
 *
 * <p>Numbers that are equal have one text whatever their type and scale, so that a column of
 * decimals joins one of integers after both were hashed, as it did before.
 */
final class CanonicalText {
  private CanonicalText() {}

  static String of(Object value) {
    if (value instanceof BigDecimal decimal) {
      return number(decimal);
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? number(new BigDecimal(value.toString()))
          : Double.toString(number);
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    if (value instanceof Object[] fields) {
      return array(Arrays.asList(fields));
    }
    return value instanceof Map<?, ?> map ? map(map) : value.toString();
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String array(List<?> elements) {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (Object element : elements) {
      if (element == null) {
        texts.addNull();
      } else {
        texts.add(of(element));
      }
    }
    return JsonText.compact(texts);
  }

  private static String map(Map<?, ?> entries) {
    Map<String, Object> sorted = new TreeMap<>();
    entries.forEach((key, value) -> sorted.put(of(key), value));
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    sorted.forEach(
        (key, value) -> {
          texts.add(key);
          if (value == null) {
            texts.addNull();
          } else {
            texts.add(of(value));
          }
        });
    return JsonText.compact(texts);
  }
}
