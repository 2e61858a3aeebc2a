package io.tidemark.core.event;

import java.util.Optional;

/** What happened to a row, with Debezium's code for it (the envelope's field {@code op}). */
public enum Operation {
  /** A row as a snapshot read it. */
  READ("r"),
  CREATE("c"),
  UPDATE("u"),
  DELETE("d"),
  /** All rows of the table were removed at once; has no key. */
  TRUNCATE("t"),
  /** A logical decoding message; concerns no row. */
  MESSAGE("m");

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  /** The code in the envelope and in bronze. */
  public String code() {
    return code;
  }

  /** The operation of a code, or empty for a code this version does not know. */
  public static Optional<Operation> ofCode(String code) {
    for (Operation operation : values()) {
      if (operation.code.equals(code)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
