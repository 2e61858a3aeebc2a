package io.tidemark.core.spec.checks;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.setting.ValueTypes;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types of values that only a checks file has. */
final class CheckTypes {
  private static final Pattern TABLE = Pattern.compile("[^_./\\s][^/\\s]*");

  private CheckTypes() {}

  static ScalarType<TableRef> table() {
    String syntax = "a table with its layer: bronze.<table>, silver.<table> or gold.<mart>";
    return new ScalarType<>(
        "table", syntax, (text, site) -> table(text, "write " + syntax), TableRef::toString);
  }

  /** The same as text, for names under which sections stand. */
  static ScalarType<String> tableName() {
    ScalarType<TableRef> table = table();
    return new ScalarType<>(
        table.name(),
        table.syntax(),
        (text, site) -> table(text, "write " + table.syntax()).toString(),
        text -> text);
  }

  private static TableRef table(String text, String remedy) throws InvalidValue {
    return TableRef.parse(text)
        .filter(table -> TABLE.matcher(table.name()).matches())
        .orElseThrow(() -> new InvalidValue("is not a table with its layer", remedy));
  }

  static ScalarType<String> checkName() {
    return ValueTypes.pattern(
        "name",
        "a name of letters, digits, '_' and '-' that starts with a letter",
        Pattern.compile("[A-Za-z][A-Za-z0-9_-]*"));
  }

  static ScalarType<String> column() {
    return ValueTypes.text("column", "a column name", column -> {});
  }

  static ScalarType<String> predicate() {
    return ValueTypes.text("predicate", "a Spark SQL predicate such as \"amount > 0\"", sql -> {});
  }

  static ScalarType<String> expression() {
    return ValueTypes.text(
        "expression", "a Spark SQL expression such as \"lower(email)\"", sql -> {});
  }

  static ScalarType<String> regex() {
    return ValueTypes.text(
        "regular expression",
        "a Java regular expression, between single quotes if it holds backslashes",
        text -> {
          try {
            Pattern.compile(text);
          } catch (PatternSyntaxException e) {
            throw new InvalidValue(
                "is not a regular expression: " + e.getDescription(),
                "correct it; between double quotes YAML takes a backslash for its own");
          }
        });
  }
}
