package io.tidemark.cli;

import java.util.Map;

/**
 * The process's environment variables, handed in so that tests can set them.
 *
 * @param variables by name
 */
record Environment(Map<String, String> variables) {
  Environment {
    variables = Map.copyOf(variables);
  }
}
