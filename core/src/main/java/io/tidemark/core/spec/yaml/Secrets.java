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

  private Secrets() {}

  /** Whether a key or variable of this name holds a secret, as {@code sasl.jaas.config} does. */
  public static boolean isSecretName(String name) {
    return SECRET_NAME.matcher(name).find();
  }

  /** Whether the text contains a URL with user and password. */
  public static boolean hasUserInfo(String text) {
    return USER_INFO.matcher(text).find();
  }

  /** The text with the user and password of a URL replaced. */
  public static String withoutUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll("://" + REDACTED + "@");
  }
}
