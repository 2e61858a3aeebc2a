package io.tidemark.proof;

import java.util.ArrayList;
import java.util.List;

/** What was found to differ, with all that is needed to look into it. */
final class Findings {
  private static final int SHOWN = 5;

  private final List<String> all = new ArrayList<>();

  private final Size size;

  Findings(Size size) {
    this.size = size;
  }

  void add(TableLife life, String what, String difference) {
    all.add(
        """
        %s: %s; key %s, %s
        repeat the table: ./mvnw -pl cli -am test -Dtest=io.tidemark.proof.ConvergenceTest \
          -Dsurefire.failIfNoSpecifiedTests=false %s
        %s"""
            .formatted(
                life.name(),
                what,
                life.key(),
                life.layout(),
                size.repeat(life.index()),
                difference));
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
