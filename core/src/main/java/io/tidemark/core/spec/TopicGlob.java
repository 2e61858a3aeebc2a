package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.InvalidValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of Kafka topics in which {@code *} stands for any run of characters, also none. */
final class TopicGlob {
  static final String SYNTAX = "a topic name, in which * stands for any characters";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._*-]{1,249}");

  private TopicGlob() {}

  static void verify(String glob) throws InvalidValue {
    if (glob.contains(",")) {
      throw new InvalidValue("holds a comma", "write several topics as a list: [a, b]");
    }
    if (!ALLOWED.matcher(glob).matches()) {
      throw new InvalidValue(
          "is not a topic name", "write letters, digits, '.', '_', '-' and '*', at most 249");
    }
  }

  /** One pattern for all of them; escapes only the dot, so every regex dialect reads it alike. */
  static Pattern pattern(List<String> globs) {
    return Pattern.compile(
        globs.stream()
            .map(glob -> glob.replace(".", "\\.").replace("*", ".*"))
            .collect(Collectors.joining("|")));
  }
}
