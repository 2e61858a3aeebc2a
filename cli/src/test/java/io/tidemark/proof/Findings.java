package io.tidemark.proof;

import java.util.ArrayList;
import java.util.List;

/** What was found to differ, with all that is needed to look into it. */
final class Findings {
  private static final int SHOWN = 5;

  private final List<String> all = new ArrayList<>();

  void add(String finding) {
    all.add(finding);
  }

  List<String> all() {
    return all;
  }

  /** The first findings in full. */
  String report() {
    return "%d findings, the first of them:%n%n%s"
        .formatted(all.size(), String.join("\n\n", all.subList(0, Math.min(SHOWN, all.size()))));
  }
}
