package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event's value that cannot be decoded exactly, so that its event becomes a dead letter.
 *
 * <p>Has no stack trace: bad values may come by the million, and the message says where.
 */
public final class UndecodableValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_EXCERPT = 80;

  /** What is wrong with a value; the names are stored in the lake and never change. */
  public enum Code {
    /** The text is no JSON, has a field twice, or goes on after its end. */
    BAD_JSON,
    /** Another kind of JSON value is expected, say a number in place of a string. */
    WRONG_JSON_TYPE,
    /** A number is expected, and the text is none. */
    NOT_A_NUMBER,
    /** The lake type, or the source's own type, cannot hold a value of this size. */
    OUT_OF_RANGE,
    /** The lake type could hold the value only after rounding it. */
    WOULD_LOSE_DIGITS,
    /** The bytes are not written as they should be: base64 or hexadecimal digits. */
    BAD_BYTES,
    /** No date or time in the expected form. */
    BAD_TIME,
    /** Null in a column that has no nulls. */
    NULL_NOT_ALLOWED,
    /** A column of the schema is missing, has no default and may not be null. */
    MISSING_COLUMN,
    /** A field that the schema does not have. */
    UNKNOWN_COLUMN,
    /** The schema block is broken or names a type nobody knows. */
    BAD_SCHEMA
  }

  private final Code code;
  private final String root;
  private final String column;
  private final String problem;
  private final String excerpt;

  private UndecodableValueException(
      Code code, String root, String column, String problem, String excerpt) {
    super(message(column, problem, excerpt), null, false, false);
    this.code = code;
    this.root = root;
    this.column = column;
    this.problem = problem;
    this.excerpt = excerpt;
  }

  static UndecodableValueException value(Code code, JsonNode value, String problem) {
    return new UndecodableValueException(code, "", "", problem, excerpt(value));
  }

  static UndecodableValueException absent(String problem) {
    return new UndecodableValueException(Code.MISSING_COLUMN, "", "", problem, "");
  }

  static UndecodableValueException schema(String column, String problem) {
    return new UndecodableValueException(Code.BAD_SCHEMA, column, column, problem, "");
  }

  static UndecodableValueException json(String problem, String text) {
    return new UndecodableValueException(Code.BAD_JSON, "", "", problem, bounded(text));
  }

  /** The same error one level further out: {@code step} is a column, a field or an index. */
  UndecodableValueException at(String step) {
    String separator = column.isEmpty() || column.startsWith("[") ? "" : ".";
    return new UndecodableValueException(code, step, step + separator + column, problem, excerpt);
  }

  /** What is wrong. */
  public Code code() {
    return code;
  }

  /** Path of the value, for example {@code tags[3]} or {@code location.x}; empty if it has none. */
  public String column() {
    return column;
  }

  /** The beginning of the value as JSON text; empty if there is no value to show. */
  public String excerpt() {
    return excerpt;
  }

  /**
   * The same error without anything of the value, for columns whose values must not be shown: only
   * code and column are left, neither problem nor map keys nor excerpt.
   */
  public UndecodableValueException redacted() {
    return new UndecodableValueException(code, root, root, code + "; the value is not shown", "");
  }

  private static String message(String column, String problem, String excerpt) {
    StringBuilder message = new StringBuilder("Cannot decode ");
    message.append(column.isEmpty() ? "the value" : "column '" + column + "'");
    message.append(": ").append(problem);
    if (!excerpt.isEmpty()) {
      message.append("; the value is ").append(excerpt);
    }
    return message.toString();
  }

  private static String excerpt(JsonNode value) {
    if (value.isTextual()) {
      return '"' + bounded(value.textValue()) + '"';
    }
    return bounded(JsonText.compact(value));
  }

  static String bounded(String text) {
    if (text.length() <= MAX_EXCERPT) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_EXCERPT - 1)) ? MAX_EXCERPT - 1 : MAX_EXCERPT;
    return text.substring(0, end) + "... (" + text.length() + " characters)";
  }
}
