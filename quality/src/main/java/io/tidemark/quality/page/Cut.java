package io.tidemark.quality.page;

/** Long texts cut to what a reader can take in. */
public final class Cut {
  private static final String MORE = "…";

  private Cut() {}

  /** The text, or its first characters with a sign that there are more; never half a character. */
  public static String to(int characters, String text) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + MORE;
  }
}
