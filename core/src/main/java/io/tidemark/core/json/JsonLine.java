package io.tidemark.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** What a program is told: one JSON object on one line. Pure. */
public final class JsonLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLine() {}

  /**
   * The fields in the order of the map.
   *
   * @param fields texts, numbers, truth values, nulls, and lists and maps of them
   */
  public static String of(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a map as JSON", e);
    }
  }
}
