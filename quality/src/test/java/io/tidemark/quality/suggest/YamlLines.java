package io.tidemark.quality.suggest;

import java.util.List;

/** Proposals on one line each, for tests. */
final class YamlLines {
  private YamlLines() {}

  static List<String> of(List<Proposal> proposals) {
    return proposals.stream()
        .map(ProposalText::of)
        .map(entry -> entry.key() + ": " + entry.value() + " # " + entry.comment())
        .toList();
  }
}
