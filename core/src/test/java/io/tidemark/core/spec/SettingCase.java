package io.tidemark.core.spec;

import java.util.Optional;
import java.util.function.Function;

/**
 * A setting at its default and at another value.
 *
 * @param byDefault what holds when the key is not written; empty when it must be written
 * @param yaml another value, as written
 * @param read what that must become
 */
record SettingCase(
    String key,
    Optional<Object> byDefault,
    String yaml,
    Object read,
    Function<PipelineSpec, Object> value) {

  static SettingCase required(
      String key, String yaml, Object read, Function<PipelineSpec, Object> value) {
    return new SettingCase(key, Optional.empty(), yaml, read, value);
  }

  static SettingCase byDefault(
      String key,
      Object byDefault,
      String yaml,
      Object read,
      Function<PipelineSpec, Object> value) {
    return new SettingCase(key, Optional.of(byDefault), yaml, read, value);
  }

  /** The key as a file with the table {@code orders} and the mart {@code revenue} has it. */
  String written() {
    return key.replace("tables.<name>", "tables.orders").replace("gold.<name>", "gold.revenue");
  }

  /** Whether only a source of this type has the setting. */
  boolean isOf(SourceType type) {
    return Settings.SOURCE.settings().stream()
        .filter(setting -> key.equals("source." + setting.key()))
        .flatMap(setting -> setting.choice().stream())
        .anyMatch(choice -> choice.values().contains(type));
  }

  /** Whether only a table that is polled has the setting. */
  boolean isOfPolledTable() {
    return JdbcSettings.OF_TABLE.stream()
        .anyMatch(setting -> key.equals("tables.<name>." + setting.key()));
  }
}
