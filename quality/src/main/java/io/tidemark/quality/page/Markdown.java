package io.tidemark.quality.page;

import java.util.regex.Pattern;

/** Text in Markdown that stays the text it is. */
final class Markdown {
  /** An underscore within a word, as names of columns have it, is none. */
  private static final Pattern MARKUP =
      Pattern.compile("[\\\\`*\\[\\]<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[#+-]");

  private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");

  private Markdown() {}

  /** Text on one line; its markup characters are escaped. */
  static String text(String text) {
    return MARKUP.matcher(BREAK.matcher(text).replaceAll(" ")).replaceAll("\\\\$0");
  }

  /** Text as a program reads it, also within a cell of a table. */
  static String code(String text) {
    String line = BREAK.matcher(text).replaceAll(" ").replace("|", "\\|");
    if (line.isBlank()) {
      return "";
    }
    int longest = 0;
    for (int i = 0, run = 0; i < line.length(); i++) {
      run = line.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return longest == 0 ? fence + line + fence : fence + " " + line + " " + fence;
  }
}
