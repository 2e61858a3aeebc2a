package io.tidemark.core.spec.yaml;

import java.util.regex.Pattern;

/** What is a secret by its name, and what stands in its place when values are printed. */
public final class Secrets {
  /** Printed instead of a secret. */
  public static final String REDACTED = "[REDACTED]";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|jaas|credential|user.info"
              + "|(api|access|private|keystore).?key",
          Pattern.CASE_INSENSITIVE);

  /** Up to the last @, because passwords in URLs contain /, @ and blanks unescaped. */
  private static final Pattern USER_INFO = Pattern.compile("://.*@", Pattern.DOTALL);

  /** Some drivers take them as properties, ... */
  private static final Pattern PROPERTY =
      Pattern.compile("(?i)([?&;](?:user|username|password)=)[^&;]*");

  /** ... or as {@code jdbc:oracle:thin:name/word@host}. */
  private static final Pattern LOGIN =
      Pattern.compile("(?i)(jdbc:(?:[a-z0-9+-]+:)+)[^/@:;?]+[:/][^@]+@");

  private Secrets() {}

  /** Whether a key or variable of this name holds a secret, as {@code sasl.jaas.config} does. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  /** The text with the user and password of a URL replaced, wherever in it they stand. */
  public static String withoutUserInfo(String text) {
    String behind = USER_INFO.matcher(text).replaceAll("://" + REDACTED + "@");
    String properties = PROPERTY.matcher(behind).replaceAll("$1" + REDACTED);
    return LOGIN.matcher(properties).replaceAll("$1" + REDACTED + "@");
  }
}
