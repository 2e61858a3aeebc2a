package io.tidemark.core.schema;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads Spark SQL type text, by hand: the grammar is small and the errors must help. */
final class LakeTypeParser {
  static final String KNOWN_TYPES =
      "boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp,"
          + " timestamp_ntz, array<type>, map<type,type>, struct<name: type, ...>";

  /** Deep enough for every real table, shallow enough for the stack. */
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int position;
  private int depth;

  private LakeTypeParser(String text) {
    this.text = text;
  }

  static LakeType parse(String ddl) {
    LakeTypeParser parser = new LakeTypeParser(ddl);
    LakeType type = parser.type();
    parser.skipSpaces();
    if (parser.position < ddl.length()) {
      throw parser.error("unexpected '" + ddl.substring(parser.position) + "'");
    }
    return type;
  }

  private LakeType type() {
    if (++depth > MAX_DEPTH) {
      throw error("types are nested more than " + MAX_DEPTH + " deep");
    }
    String word = word();
    LakeType type =
        switch (word) {
          case "BOOLEAN" -> new LakeType.Bool();
          case "INT", "INTEGER" -> new LakeType.Int32();
          case "BIGINT", "LONG" -> new LakeType.Int64();
          case "FLOAT", "REAL" -> new LakeType.Float32();
          case "DOUBLE" -> new LakeType.Float64();
          case "DECIMAL", "NUMERIC" -> decimal();
          case "STRING" -> new LakeType.Text();
          case "BINARY" -> new LakeType.Binary();
          case "DATE" -> new LakeType.Date();
          case "TIMESTAMP" -> new LakeType.Timestamp();
          case "TIMESTAMP_NTZ" -> new LakeType.TimestampNtz();
          case "ARRAY" -> array();
          case "MAP" -> map();
          case "STRUCT" -> struct();
          default ->
              throw error(word.isEmpty() ? "a type is missing" : "unknown type '" + word + "'");
        };
    depth--;
    return type;
  }

  private LakeType decimal() {
    expect('(');
    int precision = number();
    int scale = 0;
    if (accepts(',')) {
      scale = number();
    }
    expect(')');
    try {
      return new LakeType.Decimal(precision, scale);
    } catch (IllegalArgumentException e) {
      throw error(e.getMessage());
    }
  }

  private LakeType array() {
    expect('<');
    LakeType element = type();
    expect('>');
    return new LakeType.ArrayOf(element);
  }

  private LakeType map() {
    expect('<');
    LakeType key = type();
    expect(',');
    LakeType value = type();
    expect('>');
    return new LakeType.MapOf(key, value);
  }

  private LakeType struct() {
    expect('<');
    List<LakeField> fields = new ArrayList<>();
    do {
      String name = fieldName();
      // Spark accepts both `a: INT` and `a INT` inside a struct.
      accepts(':');
      fields.add(new LakeField(name, type()));
    } while (accepts(','));
    expect('>');
    try {
      return new LakeType.StructOf(fields);
    } catch (IllegalArgumentException e) {
      throw error(e.getMessage());
    }
  }

  private String fieldName() {
    skipSpaces();
    if (!accepts('`')) {
      int start = position;
      while (position < text.length() && isNameCharacter(text.charAt(position))) {
        position++;
      }
      if (position == start) {
        throw error("a field name is missing");
      }
      return text.substring(start, position);
    }
    StringBuilder name = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '`') {
        name.append(c);
      } else if (position < text.length() && text.charAt(position) == '`') {
        position++;
        name.append('`');
      } else {
        return name.toString();
      }
    }
    throw error("a quoted field name does not end");
  }

  private String word() {
    skipSpaces();
    int start = position;
    while (position < text.length() && isNameCharacter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position).toUpperCase(Locale.ROOT);
  }

  private int number() {
    skipSpaces();
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    if (position == start || position - start > 4) {
      throw error("a number of digits is expected at '" + text.substring(start) + "'");
    }
    return Integer.parseInt(text.substring(start, position));
  }

  private void expect(char c) {
    if (!accepts(c)) {
      throw error("'" + c + "' is expected at '" + text.substring(position) + "'");
    }
  }

  private boolean accepts(char c) {
    skipSpaces();
    boolean found = position < text.length() && text.charAt(position) == c;
    if (found) {
      position++;
    }
    return found;
  }

  private void skipSpaces() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private TidemarkException error(String problem) {
    return Errors.configuration(
        "Invalid lake type: '" + text + "': " + problem, "Use one of: " + KNOWN_TYPES + ".");
  }
}
