package io.tidemark.cli.check;

import io.tidemark.cli.check.Finding.Severity;
import java.util.List;
import java.util.Set;

/**
 * Values that a setting of a connector should not have.
 *
 * @param key the setting
 * @param values the bad values, in small letters
 * @param severity how bad they are
 * @param effect what they do to the data
 * @param remedy the change to make
 */
record SettingRule(
    String key, Set<String> values, Severity severity, String effect, String remedy) {

  static final List<SettingRule> ALL =
      List.of(
          error(
              "decimal.handling.mode",
              Set.of("double"),
              "decimals are rounded to about 16 digits",
              "Set decimal.handling.mode=precise, the default, and take a new snapshot"),
          warning(
              "time.precision.mode",
              Set.of("connect"),
              "times are cut to milliseconds",
              "Set time.precision.mode=adaptive, the default, and take a new snapshot"),
          error(
              "errors.tolerance",
              Set.of("all"),
              "records that cannot be transformed or converted are dropped",
              "Set errors.tolerance=none, the default"),
          error(
              "event.processing.failure.handling.mode",
              Set.of("warn", "skip", "ignore"),
              "changes that it cannot process are dropped",
              "Set event.processing.failure.handling.mode=fail, the default"),
          error(
              "inconsistent.schema.handling.mode",
              Set.of("warn", "skip"),
              "changes of tables whose schema it does not know are dropped",
              "Set inconsistent.schema.handling.mode=fail, the default"),
          error(
              "slot.drop.on.stop",
              Set.of("true"),
              "changes made while the connector is stopped are never captured",
              "Set slot.drop.on.stop=false, the default"),
          warning(
              "snapshot.mode",
              Set.of("never", "no_data", "schema_only"),
              "rows that existed before the connector did are missing until they change",
              "Set snapshot.mode=initial, the default, unless the topics hold an earlier snapshot"),
          warning(
              "snapshot.mode",
              Set.of("initial_only"),
              "changes after the snapshot are not captured",
              "Set snapshot.mode=initial, the default"));

  private static SettingRule error(String key, Set<String> values, String effect, String remedy) {
    return new SettingRule(key, values, Severity.ERROR, effect, remedy);
  }

  private static SettingRule warning(String key, Set<String> values, String effect, String remedy) {
    return new SettingRule(key, values, Severity.WARNING, effect, remedy);
  }

  Finding finding(String where, String value) {
    String what = "%s is '%s': %s".formatted(key, value, effect);
    return severity == Severity.ERROR
        ? Finding.error(where, what, remedy)
        : Finding.warning(where, what, remedy);
  }
}
