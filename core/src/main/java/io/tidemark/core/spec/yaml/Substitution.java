package io.tidemark.core.spec.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code>, <code>${NAME:default}</code> and <code>${file:/path}</code>;
 * <code>
 * $${</code> stands for a plain <code>${</code>. A variable that is set to nothing counts as not
 * set. What is put in is not looked at again, so a value cannot smuggle in another substitution.
 */
final class Substitution {
  private static final String FILE = "file:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PART = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");

  private final Map<String, String> environment;
  private final FileLookup files;
  private final Problems problems;

  Substitution(Map<String, String> environment, FileLookup files, Problems problems) {
    this.environment = environment;
    this.files = files;
    this.problems = problems;
  }

  /**
   * The value with everything put in, or a broken value when something could not be.
   *
   * @param key the dotted key, for the error text
   */
  YamlValue apply(Place at, String key, String written) {
    StringBuilder text = new StringBuilder();
    boolean secret = false;
    boolean broken = false;
    Matcher part = PART.matcher(written);
    while (part.find()) {
      if (part.group(1) == null) {
        part.appendReplacement(text, Matcher.quoteReplacement("${"));
        continue;
      }
      Optional<String> value = value(at, key, part.group(1), !part.group(2).isEmpty());
      part.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
      broken |= value.isEmpty();
      secret |= isSecret(part.group(1));
    }
    part.appendTail(text);
    return broken
        ? new YamlValue.Broken(at)
        : new YamlValue.Scalar(at, text.toString(), written, secret);
  }

  private static boolean isSecret(String expression) {
    return expression.startsWith(FILE) || Secrets.isSecretName(name(expression));
  }

  private static String name(String expression) {
    int colon = expression.indexOf(':');
    return colon < 0 ? expression : expression.substring(0, colon);
  }

  private Optional<String> value(Place at, String key, String expression, boolean closed) {
    if (!closed) {
      return problem(
          at, key, "'${' is not closed", "end it with '}', or write '$${' for a plain '${'");
    }
    if (expression.contains("${")) {
      return problem(at, key, "'${' within another '${...}'", "substitutions do not nest");
    }
    if (expression.startsWith(FILE)) {
      return file(at, key, expression.substring(FILE.length()));
    }
    return variable(at, key, expression);
  }

  private Optional<String> variable(Place at, String key, String expression) {
    String name = name(expression);
    if (!NAME.matcher(name).matches()) {
      return problem(
          at,
          key,
          "'${...}' holds no variable name",
          "write ${NAME}, ${NAME:default} or ${file:/path}, or '$${' for a plain '${'");
    }
    String value = environment.getOrDefault(name, "");
    if (!value.isEmpty()) {
      return Optional.of(value);
    }
    if (expression.length() > name.length()) {
      return Optional.of(expression.substring(name.length() + 1));
    }
    String state = environment.containsKey(name) ? "empty" : "not set";
    return problem(
        at,
        key,
        "the environment variable " + name + " is " + state,
        "run export " + name + "=..., or write a default: ${" + name + ":value}");
  }

  private Optional<String> file(Place at, String key, String path) {
    try {
      return Optional.of(files.read(path).text().strip());
    } catch (FileLookup.Unusable e) {
      return problem(at, key, "${file:" + path + "}: " + e.getMessage(), e.remedy());
    }
  }

  private Optional<String> problem(Place at, String key, String problem, String remedy) {
    problems.add(at, key + ": " + problem, remedy);
    return Optional.empty();
  }
}
