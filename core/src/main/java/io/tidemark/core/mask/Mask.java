package io.tidemark.core.mask;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What takes the place of a column's values before anything is written.
 *
 * <p>Equal values always have equal masks, so that joins and keys still work; NULL stays NULL. The
 * masks that {@link #keepsIdentity()} give different values different masks as well: only those may
 * stand in a key.
 */
public sealed interface Mask extends Serializable {
  /** The forms a pipeline file may write, for people. */
  String SYNTAX =
      "hash, hash(<key>), token(<key>), fixed(<text>), first(<n>), last(<n>), month or year";

  /** The mask as {@link #parse} reads it, in one spelling. */
  String text();

  /** Whether different values have different masks. */
  default boolean keepsIdentity() {
    return false;
  }

  /** The id of the key that the mask names; empty if it names or needs none. */
  default String key() {
    return "";
  }

  /**
   * A keyed hash as text, with the key's id in front.
   *
   * @param key the key's id; empty for the pipeline's newest key, or the one that a key column
   *     began with
   */
  record Hash(String key) implements Mask {
    /** Refuses null. */
    public Hash {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public String text() {
      return key.isEmpty() ? "hash" : "hash(" + key + ")";
    }

    @Override
    public boolean keepsIdentity() {
      return true;
    }
  }

  /**
   * Another value of the same type: whole numbers become whole numbers, one to one; text becomes a
   * text of the form of a uuid. Does not show its key, so the key is always named.
   *
   * @param key the key's id
   */
  record Token(String key) implements Mask {
    /** Refuses a missing key. */
    public Token {
      if (key.isEmpty()) {
        throw new IllegalArgumentException("Invalid mask: a token names its key");
      }
    }

    @Override
    public String text() {
      return "token(" + key + ")";
    }

    @Override
    public boolean keepsIdentity() {
      return true;
    }
  }

  /** The same text for every value. */
  record Fixed(String replacement) implements Mask {
    /** Refuses null. */
    public Fixed {
      Objects.requireNonNull(replacement, "replacement");
    }

    @Override
    public String text() {
      return "fixed(" + replacement + ")";
    }
  }

  /** The first characters; nothing of a value that has no more than these. */
  record First(int characters) implements Mask {
    @Override
    public String text() {
      return "first(" + characters + ")";
    }
  }

  /** The last characters; nothing of a value that has no more than these. */
  record Last(int characters) implements Mask {
    @Override
    public String text() {
      return "last(" + characters + ")";
    }
  }

  /** A date or time, back to the first day of its month. */
  record Month() implements Mask {
    @Override
    public String text() {
      return "month";
    }
  }

  /** A date or time, back to the first day of its year. */
  record Year() implements Mask {
    @Override
    public String text() {
      return "year";
    }
  }

  /**
   * Reads a mask as a pipeline file writes it.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  static Mask parse(String text) {
    Matcher parts = Written.FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("is no mask");
    }
    String word = parts.group(1).toLowerCase(Locale.ROOT);
    String argument = parts.group(2);
    return switch (word) {
      case "hash" -> new Hash(argument == null ? "" : Written.key(argument));
      case "token" -> new Token(Written.key(argument));
      case "fixed" -> new Fixed(Written.given(argument, "the text that replaces the values"));
      case "first" -> new First(Written.characters(argument));
      case "last" -> new Last(Written.characters(argument));
      case "month" -> Written.plain(argument, new Month());
      case "year" -> Written.plain(argument, new Year());
      default -> throw new IllegalArgumentException("is no mask");
    };
  }

  /** The arguments of written masks. */
  final class Written {
    /** What the id of a masking key looks like. */
    public static final Pattern KEY_ID = Pattern.compile("[a-z][a-z0-9_-]{0,15}");

    private static final Pattern FORM =
        Pattern.compile("([A-Za-z]+)(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final int MOST_CHARACTERS = 1000;

    private Written() {}

    private static String given(String argument, String what) {
      if (argument == null) {
        throw new IllegalArgumentException("lacks " + what + " in parentheses");
      }
      boolean quoted =
          argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
      return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }

    private static String key(String argument) {
      String key = given(argument, "the id of a masking key");
      if (!KEY_ID.matcher(key).matches()) {
        throw new IllegalArgumentException("names '" + key + "', which is no id of a masking key");
      }
      return key;
    }

    private static int characters(String argument) {
      String digits = given(argument, "how many characters are kept");
      int characters = digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
      if (characters < 1 || characters > MOST_CHARACTERS) {
        throw new IllegalArgumentException("keeps no number of characters from 1 to 1000");
      }
      return characters;
    }

    private static Mask plain(String argument, Mask mask) {
      if (argument != null) {
        throw new IllegalArgumentException("takes nothing in parentheses");
      }
      return mask;
    }
  }
}
