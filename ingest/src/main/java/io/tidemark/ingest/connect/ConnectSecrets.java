package io.tidemark.ingest.connect;

import io.tidemark.core.spec.yaml.Secrets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps the secrets of connectors out of everything that is printed. */
final class ConnectSecrets {
  private ConnectSecrets() {}

  /** Whether the value of this setting is a secret; rather one too many than one too few. */
  static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return Secrets.isSecretName(name) || (name.contains("key") && !isKnownHarmless(name));
  }

  /** About the keys of records and rows, not about keys to anything. */
  private static boolean isKnownHarmless(String name) {
    return name.startsWith("key.converter") || name.equals("message.key.columns");
  }

  static Map<String, String> printable(Map<String, String> config) {
    Map<String, String> printable = new TreeMap<>();
    config.forEach(
        (key, value) ->
            printable.put(key, isSecret(key) ? Secrets.REDACTED : Secrets.withoutUserInfo(value)));
    return printable;
  }

  /**
   * A text that others wrote, without the secrets of these settings: connectors and drivers like to
   * repeat what they were given.
   */
  static String redacted(String text, Map<String, String> config) {
    String redacted = Secrets.withoutUserInfo(text);
    for (Map.Entry<String, String> setting : config.entrySet()) {
      String value = setting.getValue();
      // The reference to a secret tells where it is, not what it is.
      if (isSecret(setting.getKey()) && !value.isBlank() && !value.startsWith("${")) {
        // Whole words only, so that a password "a" does not tear the text apart.
        redacted =
            Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)")
                .matcher(redacted)
                .replaceAll(Secrets.REDACTED);
      }
    }
    return redacted;
  }
}
