package io.tidemark.cli.verb;

import java.util.Map;

/**
 * The process's environment variables, handed in so that tests can set them.
 *
 * @param variables by name
 */
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }
}
