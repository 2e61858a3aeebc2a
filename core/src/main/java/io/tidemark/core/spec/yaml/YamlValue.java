package io.tidemark.core.spec.yaml;

import java.util.List;
import java.util.Optional;

/** A value of the file with its place; aliases are followed and substitutions are done. */
public sealed interface YamlValue {
  /** Where the value starts. */
  Place at();

  /** What it is, in the words of an error text: "a text", "a list", "a map", "empty". */
  String kind();

  /** The entry of this key; none where this is no map. */
  default Optional<Entry> entry(String key) {
    return Optional.empty();
  }

  /**
   * A text, number or flag, kept as text: the setting it belongs to decides its type.
   *
   * @param text the text after substitution
   * @param written the text as it stands in the file
   * @param secret whether the text must never be printed
   */
  record Scalar(Place at, String text, String written, boolean secret) implements YamlValue {
    private static final int LONGEST_SHOWN = 120;

    @Override
    public String kind() {
      return "a text";
    }

    /** The same value, marked as secret. */
    public Scalar asSecret() {
      return new Scalar(at, text, written, true);
    }

    /**
     * The value for an error text: quoted, with the substitution it came from; {@code [REDACTED]}
     * when secret; without the user and password of a URL.
     */
    public String shown() {
      if (secret) {
        return Secrets.REDACTED;
      }
      String origin = text.equals(written) ? "" : " (from " + quoted(written) + ")";
      return quoted(text) + origin;
    }

    private static String quoted(String value) {
      String masked = Secrets.withoutUserInfo(value);
      boolean tooLong = masked.length() > LONGEST_SHOWN;
      return "'" + (tooLong ? masked.substring(0, LONGEST_SHOWN) + "..." : masked) + "'";
    }

    /** {@link #shown()}: the text itself may be a secret. */
    @Override
    public String toString() {
      return shown();
    }
  }

  /** A list. */
  record Sequence(Place at, List<YamlValue> items) implements YamlValue {
    /** Copies the items. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map in the order of the file; keys are unique. */
  record Mapping(Place at, List<Entry> entries) implements YamlValue {
    /** Copies the entries. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a map";
    }

    @Override
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /** Nothing written after {@code key:}, or an explicit null. */
  record Empty(Place at) implements YamlValue {
    @Override
    public String kind() {
      return "empty";
    }
  }

  /** A value whose problem is already reported: readers pass over it in silence. */
  record Broken(Place at) implements YamlValue {
    @Override
    public String kind() {
      return "not readable";
    }
  }

  /**
   * One line of a map.
   *
   * @param at where the key starts
   */
  record Entry(Place at, String key, YamlValue value) {}
}
