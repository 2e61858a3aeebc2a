package io.tidemark.core.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Forms of text that checks know by name; each must be the whole text. */
public enum TextFormat {
  /** A mail address: a local part, an at sign, and a host with at least one dot. */
  EMAIL(
      "^[A-Za-z0-9.!#$%&'*+/=?^_\\x60{|}~-]+@"
          + "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
          + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$"),
  /** An http, https or ftp address with a host. */
  URL("^(?:https?|ftp)://[^\\s/?#]+(?:[/?#]\\S*)?$"),
  /** A social security number of the United States: groups that are never given are refused. */
  SSN("^(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}$"),
  /** 13 to 19 digits, which blanks or hyphens may separate; the check digit is not looked at. */
  CREDIT_CARD("^\\d(?:[ -]?\\d){12,18}$");

  private final String regex;

  TextFormat(String regex) {
    this.regex = regex;
  }

  /** The Java regular expression that such texts match. */
  public String regex() {
    return regex;
  }

  /** The word for it in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The format that a regular expression stands for, if it is one of them. */
  public static Optional<TextFormat> ofRegex(String regex) {
    return Arrays.stream(values()).filter(format -> format.regex.equals(regex)).findFirst();
  }
}
