package io.tidemark.core.spec.setting;

/**
 * A text that is no value of its type; the message is the problem, without the text itself, so that
 * it can follow the value: "'5x' {@code is not a duration}".
 */
public final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /** What is wrong with the value, and what to write instead. */
  public InvalidValue(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  /** What to write instead. */
  public String remedy() {
    return remedy;
  }
}
