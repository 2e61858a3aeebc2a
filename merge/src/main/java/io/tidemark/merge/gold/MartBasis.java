package io.tidemark.merge.gold;

import io.tidemark.core.table.CommitToken;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a mart would be made of now.
 *
 * @param tokens the silver versions, the query and the checks, against those of its last version
 * @param badSources the silver tables among them whose checks fail, with how they fail
 */
record MartBasis(List<CommitToken> tokens, Map<String, String> badSources) {
  MartBasis {
    tokens = List.copyOf(tokens);
    badSources = new TreeMap<>(badSources);
  }

  /** Whether the mart's last version was made of just that. */
  boolean isPublished() {
    return tokens.stream().allMatch(token -> token.next() == token.expected());
  }
}
