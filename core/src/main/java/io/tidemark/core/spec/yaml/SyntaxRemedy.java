package io.tidemark.core.spec.yaml;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * The parser's finding and what to do about it. The finding never repeats text of the file beyond
 * one character: the broken line may hold a password.
 */
record SyntaxRemedy(String problem, String remedy) {
  private static final String GENERAL =
      "indent with spaces, write 'key: value' with a space after the colon, and put values with"
          + " special characters between quotes";

  static SyntaxRemedy of(MarkedYamlEngineException e, String line) {
    String problem = e.getProblem();
    String context = String.valueOf(e.getContext());
    if (problem.contains("TAB") || line.stripTrailing().startsWith("\t")) {
      return new SyntaxRemedy(problem, "indent with spaces, not with tabs");
    }
    if (problem.startsWith("found undefined alias")) {
      return new SyntaxRemedy(
          "found an alias ('*...') without an anchor",
          "put a value that starts with * between quotes");
    }
    if (context.contains("alias") || context.contains("anchor")) {
      return new SyntaxRemedy(problem, "put a value that starts with * or & between quotes");
    }
    if (line.contains("${")) {
      return new SyntaxRemedy(
          problem, "inside {...} and [...] put a value with ${...} between quotes");
    }
    return new SyntaxRemedy(problem, GENERAL);
  }
}
