package io.tidemark.ingest.types;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A connector's settings that decide how values are written.
 *
 * @param name in the documentation, in lower case
 */
record Mode(String name, Map<String, String> settings) {
  static Mode of(String name, String... settings) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return new Mode(name, map);
  }

  /** What the documentation says about it. */
  String described() {
    return settings.isEmpty()
        ? name + ": no setting"
        : settings.entrySet().stream()
            .filter(setting -> !setting.getKey().contains(".list"))
            .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
            .collect(Collectors.joining(", ", name + ": ", ""));
  }
}
