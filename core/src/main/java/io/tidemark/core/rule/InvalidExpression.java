package io.tidemark.core.rule;

/** Why some SQL is no expression that can be evaluated row by row; Spark's reason is the cause. */
public final class InvalidExpression extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidExpression(String problem) {
    super(problem);
  }

  InvalidExpression(Exception cause) {
    super(cause.getMessage().lines().findFirst().orElse(""), cause);
  }
}
