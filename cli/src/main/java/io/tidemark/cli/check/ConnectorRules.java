package io.tidemark.cli.check;

import io.tidemark.core.spec.SourceFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which settings of a Debezium connector lose or change data before it reaches the topics. Pure:
 * what is judged is the text of the settings.
 */
final class ConnectorRules {
  private static final Set<String> ALL_OPERATIONS = Set.of("c", "u", "d", "t");
  private static final String HEX = "hex:";
  private static final Pattern OLD_NAME =
      Pattern.compile("database\\.server\\.name|database\\.history\\..*|.*\\.(white|black)list");

  private final String where;
  private final Map<String, String> config;
  private final String unavailableValue;
  private final SourceFormat format;
  private final List<Finding> findings = new ArrayList<>();

  private ConnectorRules(
      String connector, Map<String, String> config, String unavailableValue, SourceFormat format) {
    this.where = "connector " + connector;
    this.config = config;
    this.unavailableValue = unavailableValue;
    this.format = format;
  }

  /**
   * Judges a connector's settings.
   *
   * @param unavailableValue the pipeline's {@code source.unavailable-value}
   * @param format the pipeline's {@code source.format}
   * @return what is wrong with them, none if nothing is
   */
  static List<Finding> judge(
      String connector, Map<String, String> config, String unavailableValue, SourceFormat format) {
    ConnectorRules rules = new ConnectorRules(connector, config, unavailableValue, format);
    rules.singleSettings();
    rules.conversionFailures();
    rules.skippedOperations();
    rules.unknownTypes();
    rules.placeholder();
    rules.transforms();
    rules.converters();
    rules.oldNames();
    return List.copyOf(rules.findings);
  }

  private void singleSettings() {
    SettingRule.ALL.stream()
        .filter(rule -> rule.values().contains(value(rule.key(), "")))
        .map(rule -> rule.finding(where, value(rule.key(), "")))
        .forEach(findings::add);
  }

  private void conversionFailures() {
    String mode = value("event.converting.failure.handling.mode", "warn");
    if (!mode.equals("fail")) {
      findings.add(
          Finding.warning(
              where,
              "event.converting.failure.handling.mode is '%s': a value that it cannot convert becomes null, and only its log says so"
                  .formatted(mode),
              "Set event.converting.failure.handling.mode=fail"));
    }
  }

  private void skippedOperations() {
    Set<String> skipped = new TreeSet<>(words(value("skipped.operations", "t")));
    skipped.retainAll(ALL_OPERATIONS);
    if (skipped.remove("t")) {
      findings.add(
          Finding.warning(
              where,
              "truncates are not captured (skipped.operations is 't' by default): rows of a truncated table stay in the lake",
              "Set skipped.operations=none"));
    }
    if (!skipped.isEmpty()) {
      findings.add(
          Finding.error(
              where,
              "skipped.operations drops changes of these kinds: " + String.join(", ", skipped),
              "Set skipped.operations=none, and take a new snapshot for what was dropped"));
    }
  }

  private void unknownTypes() {
    boolean postgres = config.getOrDefault("connector.class", "").contains("postgresql");
    if (postgres && !value("include.unknown.datatypes", "false").equals("true")) {
      findings.add(
          Finding.note(
              where,
              "columns of types that Debezium does not know are left out (include.unknown.datatypes is false)",
              "Set include.unknown.datatypes=true if the tables have such columns; they arrive as"
                  + " bytes"));
    }
  }

  private void placeholder() {
    String key = "unavailable.value.placeholder";
    String placeholder = config.getOrDefault(key, "__debezium_unavailable_value");
    if (!plain(placeholder).equals(unavailableValue)) {
      findings.add(
          Finding.error(
              where,
              "%s is '%s', the pipeline's source.unavailable-value is '%s': values that did not change would be overwritten with the placeholder"
                  .formatted(key, placeholder, unavailableValue),
              "Make the two equal"));
    }
  }

  /** Debezium takes the placeholder also as the hexadecimal digits of its bytes. */
  private static String plain(String placeholder) {
    if (!placeholder.startsWith(HEX)) {
      return placeholder;
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(placeholder.substring(HEX.length()));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return placeholder; // Not hexadecimal after all.
    }
  }

  private void transforms() {
    for (String name : words(config.getOrDefault("transforms", ""))) {
      String type = config.getOrDefault("transforms." + name + ".type", "").strip();
      if (FlatteningRule.TYPES.contains(type)) {
        FlatteningRule.judge(where, name, config).ifPresent(findings::add);
      }
      TransformRule.of(type).ifPresent(rule -> findings.add(rule.finding(where, name, type)));
    }
  }

  private void converters() {
    findings.addAll(ConverterRule.judge(where, config, format));
    boolean json =
        config
            .getOrDefault("value.converter", ConverterRule.JSON)
            .strip()
            .equals(ConverterRule.JSON);
    if (json && value("value.converter.schemas.enable", "true").equals("false")) {
      findings.add(
          Finding.warning(
              where,
              "value.converter.schemas.enable is false: columns that the pipeline file does not declare land as text",
              "Set value.converter.schemas.enable=true and key.converter.schemas.enable=true, or"
                  + " declare the columns under 'tables'"));
    }
    if (json && !value("value.converter.replace.null.with.default", "true").equals("false")) {
      findings.add(
          Finding.warning(
              where,
              "value.converter.replace.null.with.default is not false: a null in a column that has a default arrives as the default",
              "Set value.converter=%s and value.converter.replace.null.with.default=false"
                  .formatted(ConverterRule.JSON)));
    }
  }

  private void oldNames() {
    List<String> old =
        config.keySet().stream().filter(key -> OLD_NAME.matcher(key).matches()).sorted().toList();
    if (!old.isEmpty()) {
      findings.add(
          Finding.error(
              where,
              "Debezium 2 and later ignore these settings: " + String.join(", ", old),
              "Use topic.prefix, schema.history.internal.*, *.include.list and *.exclude.list"));
    }
  }

  private String value(String key, String byDefault) {
    return config.getOrDefault(key, byDefault).strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }
}
