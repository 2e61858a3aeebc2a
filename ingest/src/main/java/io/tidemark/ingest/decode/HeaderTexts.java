package io.tidemark.ingest.decode;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Collects the headers of one record as text; of several of one name the last one counts. */
public final class HeaderTexts {
  private final Map<String, String> texts = new HashMap<>();

  /** Adds one; without a value it is none. */
  public HeaderTexts add(String name, byte[] value) {
    if (value != null) {
      texts.put(name, new String(value, StandardCharsets.UTF_8));
    }
    return this;
  }

  /** All of them, by name. */
  public Map<String, String> all() {
    return texts;
  }
}
