package io.tidemark.cli.check;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the topics that a name or pattern without a match was probably meant for. */
final class SimilarTopics {
  private static final int MOST = 3;
  private static final int SHARED_START = 3;
  private static final int SHARED_WORD = 4;

  private SimilarTopics() {}

  /** At most three, the likeliest first; internal topics are never meant. */
  static List<String> of(String glob, List<String> topics) {
    Map<String, Integer> scores = new HashMap<>();
    for (String topic : topics) {
      int score = score(glob, topic);
      if (!topic.startsWith("_") && score > 0) {
        scores.put(topic, score);
      }
    }
    return scores.keySet().stream()
        .sorted(
            comparing((String topic) -> scores.get(topic), reverseOrder()).thenComparing(t -> t))
        .limit(MOST)
        .toList();
  }

  private static int score(String glob, String topic) {
    Set<String> shared = words(topic);
    shared.retainAll(words(glob));
    int start = sharedStart(folded(glob), folded(topic));
    return SHARED_WORD * shared.size() + (start >= SHARED_START ? start : 0);
  }

  private static int sharedStart(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  private static Set<String> words(String name) {
    return Arrays.stream(folded(name).split("[.*]+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Case and separators are the commonest mistakes. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
  }
}
