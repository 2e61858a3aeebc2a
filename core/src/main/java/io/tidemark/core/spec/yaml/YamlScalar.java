package io.tidemark.core.spec.yaml;

import java.util.Set;
import java.util.regex.Pattern;

/** Texts written as YAML. */
public final class YamlScalar {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./:%@*+=-]*(?<!:)");
  private static final Set<String> NULLS = Set.of("null", "Null", "NULL");

  private YamlScalar() {}

  /**
   * The text as one YAML value that reads back as the same text, quoted where it must be; the user
   * and password of a URL are redacted.
   */
  public static String shown(String value) {
    return written(Secrets.withoutUserInfo(value));
  }

  /** The text as one YAML value that reads back as the same text, quoted where it must be. */
  public static String written(String text) {
    return PLAIN.matcher(text).matches() && !NULLS.contains(text) ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.replace("${", "$${").toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c < ' ' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}
