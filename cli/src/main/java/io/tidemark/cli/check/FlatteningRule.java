package io.tidemark.cli.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a flattening transform leaves in its events what puts them in order: the operation, the
 * position, and deletes (Debezium documentation: New Record State Extraction).
 */
final class FlatteningRule {
  static final Set<String> TYPES =
      Set.of(
          "io.debezium.transforms.ExtractNewRecordState",
          "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState");

  /** What orders events, for each kind of connector: one of these must be kept whole. */
  private static final List<Set<String>> POSITIONS =
      List.of(
          Set.of("lsn"),
          Set.of("file", "pos"),
          Set.of("commit_lsn", "change_lsn"),
          Set.of("scn", "commit_scn"),
          Set.of("ord", "ts_ms"));

  private final Map<String, String> config;
  private final String prefix;

  private FlatteningRule(Map<String, String> config, String name) {
    this.config = config;
    this.prefix = "transforms." + name + ".";
  }

  static Optional<Finding> judge(String where, String name, Map<String, String> config) {
    FlatteningRule rule = new FlatteningRule(config, name);
    String lost = rule.lost();
    return lost == null
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                where,
                "the transform '%s' (%s) flattens events and loses %s"
                    .formatted(name, rule.simpleType(), lost),
                ("Set %sadd.fields=op,table,lsn,source.ts_ms (or your connector's position), and"
                        + " %sdelete.tombstone.handling.mode=rewrite; or remove the transform; then"
                        + " take a new snapshot")
                    .formatted(rule.prefix, rule.prefix)));
  }

  private String lost() {
    if (!value("add.fields.prefix", "__").equals("__")
        || !value("add.headers.prefix", "__").equals("__")) {
      return "the names by which its additions are known (the prefix must be __)";
    }
    Set<String> fields = names("add.fields");
    Set<String> headers = names("add.headers");
    Set<String> kept = new HashSet<>(fields);
    kept.addAll(headers);
    if (!kept.contains("op")) {
      return "the operation";
    }
    if (POSITIONS.stream().noneMatch(kept::containsAll)) {
      return "the position in the source's log";
    }
    String mode = value("delete.tombstone.handling.mode", "tombstone");
    // Other modes leave a tombstone, which has neither operation nor position, or nothing.
    if (!mode.startsWith("rewrite")) {
      return "deletes";
    }
    return null;
  }

  /** Fields as {@code op} or {@code source.ts_ms}; renamed ones ({@code op:kind}) are unknown. */
  private Set<String> names(String key) {
    Set<String> names = new HashSet<>();
    Arrays.stream(value(key, "").split(",", -1))
        .map(String::strip)
        .filter(field -> !field.isEmpty() && !field.contains(":"))
        .forEach(field -> names.add(field.startsWith("source.") ? field.substring(7) : field));
    return names;
  }

  private String simpleType() {
    String type = value("type", "");
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private String value(String key, String byDefault) {
    return config.getOrDefault(prefix + key, byDefault).strip();
  }
}
