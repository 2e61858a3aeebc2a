package io.tidemark.core.spec.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The allowed word that a mistyped one was meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /** "did you mean 'tables'? allowed: lake, tables". */
  public static String sentence(String written, Collection<String> allowed) {
    String allowedWords = "allowed: " + String.join(", ", allowed);
    return closest(written, allowed)
        .map(word -> "did you mean '" + word + "'? " + allowedWords)
        .orElse(allowedWords);
  }

  /** The closest word, if it is close enough to be worth naming. */
  public static Optional<String> closest(String written, Collection<String> allowed) {
    return allowed.stream()
        .filter(word -> distance(folded(written), folded(word)) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(folded(written), folded(word))));
  }

  /** Case and separators are the commonest mistakes: maxBadShare and max_bad_share both fit. */
  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, from, to, i, j);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int step(int[][] steps, String from, String to, int i, int j) {
    char last = from.charAt(i - 1);
    int replaced = steps[i - 1][j - 1] + (last == to.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
  }
}
