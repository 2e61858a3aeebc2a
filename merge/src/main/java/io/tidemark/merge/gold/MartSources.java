package io.tidemark.merge.gold;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the silver tables that a mart's query names. Pure. */
final class MartSources {
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern SILVER =
      Pattern.compile("`?\\bsilver\\b`?\\s*\\.\\s*`?(\\w+)`?", Pattern.CASE_INSENSITIVE);

  private MartSources() {}

  /** The tables' names in lower case; at worst one too many, which only recomputes more often. */
  static List<String> of(String sql) {
    TreeSet<String> tables = new TreeSet<>();
    Matcher found = SILVER.matcher(COMMENT.matcher(sql).replaceAll(" "));
    while (found.find()) {
      tables.add(found.group(1).toLowerCase(Locale.ROOT));
    }
    return List.copyOf(tables);
  }
}
