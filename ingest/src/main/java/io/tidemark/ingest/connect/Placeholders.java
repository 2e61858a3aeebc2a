package io.tidemark.ingest.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the environment's variables into a connector's settings, and leaves what Connect itself
 * resolves.
 */
final class Placeholders {
  private static final Pattern PART = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Variables of the environment are written in capitals, config providers are not. */
  private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]*:.*", Pattern.DOTALL);

  private final Map<String, String> environment;

  Placeholders(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The setting's text with all variables put in; empty, with a problem noted, if one is not set.
   */
  Optional<String> resolve(String key, String written, List<String> problems) {
    StringBuilder text = new StringBuilder();
    Matcher part = PART.matcher(written);
    boolean broken = false;
    while (part.find()) {
      Optional<String> value = value(key, part, problems);
      part.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
      broken |= value.isEmpty();
    }
    part.appendTail(text);
    return broken ? Optional.empty() : Optional.of(text.toString());
  }

  private Optional<String> value(String key, Matcher part, List<String> problems) {
    String expression = part.group(1);
    if (expression == null) {
      return Optional.of("${");
    }
    if (part.group(2).isEmpty()) {
      problems.add(key + ": '${' is not closed; end it with '}', or write '$${' for a plain '${'");
      return Optional.empty();
    }
    if (PROVIDER.matcher(expression).matches()) {
      return Optional.of(part.group());
    }
    return variable(key, expression, problems);
  }

  private Optional<String> variable(String key, String expression, List<String> problems) {
    int colon = expression.indexOf(':');
    String name = colon < 0 ? expression : expression.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      problems.add(
          key + ": '${...}' holds no variable name; write ${NAME}, or '$${' for a plain '${'");
      return Optional.empty();
    }
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty()) {
      return Optional.of(value);
    }
    if (colon >= 0) {
      return Optional.of(expression.substring(colon + 1));
    }
    problems.add(
        "%s: the environment variable %s is %s; run export %s=..., or write '$${' for a plain '${'"
            .formatted(key, name, environment.containsKey(name) ? "empty" : "not set", name));
    return Optional.empty();
  }
}
