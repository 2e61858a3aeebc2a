package io.tidemark.core.spec;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What masks need beyond their own spelling: keys that exist, and columns that can have them. */
final class MaskChecks {
  private final YamlValue root;
  private final Site site;
  private final Set<String> keys;

  MaskChecks(YamlValue root, Site site, Set<String> keys) {
    this.root = root;
    this.site = site;
    this.keys = keys;
  }

  /** Checks the masks of one table; only if its settings were read without a problem. */
  void check(String table, Values values) {
    if (!values.has(TableSettings.MASK) || !values.has(TableSettings.KEY)) {
      return;
    }
    List<String> keyColumns = values.of(TableSettings.KEY);
    Map<String, String> seen = new HashMap<>();
    values
        .of(TableSettings.MASK)
        .forEach(
            (column, mask) -> {
              requireOnce(table, column, seen);
              requireKey(table, column, mask);
              requireIdentity(table, column, mask, keyColumns);
            });
  }

  private void requireOnce(String table, String column, Map<String, String> seen) {
    String same = seen.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
    if (same != null) {
      invalid(
          table,
          column,
          "'" + same + "' and '" + column + "' differ only in upper and lower case",
          "keep one: a mask holds for a column however it is spelled");
    }
  }

  private void requireKey(String table, String column, Mask mask) {
    if (keys.isEmpty()) {
      invalid(
          table,
          column,
          "there is no masking key, and records that cannot be masked are sealed with one",
          "add at the top of the file: masking: {keys: {k1: \"${file:...}\"}}");
    } else if (!mask.key().isEmpty() && !keys.contains(mask.key())) {
      invalid(
          table,
          column,
          "'" + mask.text() + "' names a masking key that is not there",
          "masking.keys has: " + String.join(", ", keys));
    }
  }

  private void requireIdentity(String table, String column, Mask mask, List<String> keyColumns) {
    if (!mask.keepsIdentity() && keyColumns.stream().anyMatch(column::equalsIgnoreCase)) {
      invalid(
          table,
          column,
          "'" + mask.text() + "' would make different rows one: the column is in the key",
          "write hash or token(<key>) for columns of the key");
    }
  }

  private void invalid(String table, String column, String problem, String remedy) {
    site.invalid(
        place(table, column), "tables." + table + ".mask." + column + ": " + problem, remedy);
  }

  private Place place(String table, String column) {
    Optional<YamlValue.Entry> entry = root.entry(Settings.TABLES.key());
    for (String key : List.of(table, TableSettings.MASK.key(), column)) {
      entry = entry.flatMap(found -> found.value().entry(key));
    }
    return entry.map(YamlValue.Entry::at).orElse(Place.START);
  }
}
