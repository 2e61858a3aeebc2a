package io.tidemark.quality.checks;

import static scala.collection.JavaConverters.seqAsJavaList;

import io.tidemark.core.rule.InvalidExpression;
import io.tidemark.core.rule.RowExpressions;
import io.tidemark.core.spec.setting.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Looks at conditions and corrections in Spark SQL as Spark would, without any row. */
final class ConditionCheck {
  /** What a condition is for: rows are judged by it, or only counted. */
  enum Use {
    /** It must say the same of a row each time, so that a rebuild judges every row alike. */
    JUDGE,
    /** It may say something else tomorrow, such as which rows are of today. */
    COUNT
  }

  /** Functions that Spark knows without parentheses, where no column has their name. */
  private static final Set<String> WITHOUT_PARENTHESES =
      Set.of(
          "current_catalog",
          "current_database",
          "current_date",
          "current_timestamp",
          "current_user",
          "localtimestamp",
          "session_user",
          "user");

  /** What Spark says before the reason: its class of errors, and the text over again. */
  private static final Pattern BEFORE_REASON =
      Pattern.compile("^\\[[A-Z0-9_.]+]\\s*(Cannot resolve \".*\" due to data type mismatch: )?");

  /** What it says behind: the place in its query, which nobody wrote. */
  private static final Pattern BEHIND_REASON = Pattern.compile("[.;]*( line \\d+ pos \\d+;?)?$");

  private final SparkSession spark;
  private final RowExpressions expressions;

  /** Names of all functions, with what kind of function each is. */
  private final Map<String, String> functions = new TreeMap<>();

  ConditionCheck(SparkSession spark) {
    this.spark = spark;
    this.expressions = new RowExpressions(spark);
    for (FunctionIdentifier function :
        seqAsJavaList(spark.sessionState().functionRegistry().listFunction())) {
      String kind =
          spark.sessionState().functionRegistry().lookupFunction(function).get().getGroup();
      functions.put(function.funcName().toLowerCase(Locale.ROOT), String.valueOf(kind));
    }
  }

  /** What is wrong with a condition whatever the columns are; empty if nothing is. */
  List<Fault> alone(String key, String sql) {
    Expression parsed;
    try {
      parsed = parse(sql);
    } catch (ParseException e) {
      return List.of(fault(key, sql, reason(e), "correct it; it is Spark SQL"));
    }
    try {
      parse("(" + sql + ")");
    } catch (ParseException e) {
      return List.of(
          fault(key, sql, "holds a comment or a name (AS)", "write the condition alone"));
    }
    if (SubqueryExpression.hasSubquery(parsed)) {
      return List.of(
          fault(key, sql, "looks at other tables", "write a check of type references instead"));
    }
    return unknownFunctions(key, sql, parsed);
  }

  /** What is wrong with a condition over rows with these columns; empty if nothing is. */
  List<Fault> over(StructType columns, String key, String sql, Use use) {
    return over(
        columns,
        key,
        sql,
        () ->
            use == Use.JUDGE
                ? ofEachRow(key, sql, () -> expressions.predicate(columns, sql))
                : counted(columns, key, sql));
  }

  /** What is wrong with an expression for a value of a type over such rows; empty if nothing is. */
  List<Fault> over(StructType columns, String key, String sql, DataType type) {
    return over(
        columns, key, sql, () -> ofEachRow(key, sql, () -> expressions.value(columns, sql, type)));
  }

  private List<Fault> over(
      StructType columns, String key, String sql, Supplier<List<Fault>> resolved) {
    List<String> names = Arrays.asList(columns.fieldNames());
    List<Fault> faults = new ArrayList<>(alone(key, sql));
    Set<String> named = columns(sql);
    for (String column : named) {
      if (names.stream().noneMatch(column::equalsIgnoreCase)
          && !WITHOUT_PARENTHESES.contains(column.toLowerCase(Locale.ROOT))) {
        faults.add(Fault.unknown(key, column, "a column it can name", names));
      }
    }
    if (faults.isEmpty()) {
      faults.addAll(resolved.get());
    }
    if (faults.isEmpty()
        && named.stream().noneMatch(c -> names.stream().anyMatch(c::equalsIgnoreCase))) {
      return List.of(fault(key, sql, "names no column", "write one over the columns"));
    }
    return faults;
  }

  /** What can be evaluated of a row, for all that the merge makes of it. */
  private interface Evaluation {
    Expression expression() throws InvalidExpression;
  }

  private static List<Fault> ofEachRow(String key, String sql, Evaluation evaluation) {
    try {
      evaluation.expression();
      return List.of();
    } catch (InvalidExpression e) {
      String reason = e.getCause() instanceof Exception cause ? reason(cause) : e.getMessage();
      return List.of(fault(key, sql, reason, "correct it; it is Spark SQL over one row"));
    }
  }

  /** The columns that a condition names; none if it cannot be read. */
  Set<String> columns(String sql) {
    Set<String> columns = new LinkedHashSet<>();
    try {
      for (Expression part : parts(parse(sql))) {
        if (part instanceof UnresolvedAttribute column) {
          columns.add(column.nameParts().head());
        }
      }
    } catch (ParseException e) { // Said by alone().
      return Set.of();
    }
    return columns;
  }

  /** Which of these types of columns are none that Spark knows. */
  List<Fault> types(String key, Map<String, String> columns) {
    List<Fault> faults = new ArrayList<>();
    columns.forEach(
        (column, type) -> {
          try {
            spark.sessionState().sqlParser().parseDataType(type);
          } catch (ParseException e) {
            faults.add(
                new Fault(
                    key + "." + column,
                    "'" + type + "' is not a type: " + reason(e),
                    "write a type of Spark SQL such as bigint, decimal(12,2) or timestamp"));
          }
        });
    return faults;
  }

  private Expression parse(String sql) throws ParseException {
    return spark.sessionState().sqlParser().parseExpression(sql);
  }

  private static List<Expression> parts(Expression whole) {
    List<Expression> parts = new ArrayList<>();
    parts.add(whole);
    for (Expression child : seqAsJavaList(whole.children())) {
      parts.addAll(parts(child));
    }
    return parts;
  }

  private List<Fault> unknownFunctions(String key, String sql, Expression parsed) {
    List<Fault> faults = new ArrayList<>();
    for (Expression part : parts(parsed)) {
      if (part instanceof UnresolvedFunction function && function.nameParts().size() == 1) {
        functionFault(key, sql, function.nameParts().head()).ifPresent(faults::add);
      }
    }
    return faults;
  }

  private Optional<Fault> functionFault(String key, String sql, String name) {
    String kind = functions.get(name.toLowerCase(Locale.ROOT));
    if (kind == null) {
      return Optional.of(
          new Fault(
              key,
              "there is no function '" + name + "'",
              Suggestion.closest(name, functions.keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("write a function of Spark SQL")));
    }
    return switch (kind) {
      case "agg_funcs", "window_funcs", "generator_funcs" ->
          Optional.of(
              fault(
                  key,
                  sql,
                  "looks at more than one row: '" + name + "'",
                  "write a check of the whole table instead"));
      default -> Optional.empty();
    };
  }

  private List<Fault> counted(StructType columns, String key, String sql) {
    Expression condition;
    try {
      Dataset<Row> kept = spark.createDataFrame(List.<Row>of(), columns).filter(sql);
      condition = ((Filter) kept.queryExecution().analyzed()).condition();
    } catch (Exception e) { // Spark's AnalysisException is checked, and not declared.
      return List.of(fault(key, sql, reason(e), "correct it; it is Spark SQL"));
    }
    return condition.deterministic()
        ? List.of()
        : List.of(
            fault(
                key, sql, "does not say the same of a row each time", "leave out what is random"));
  }

  private static Fault fault(String key, String sql, String problem, String remedy) {
    return new Fault(key, "'" + sql + "': " + problem, remedy);
  }

  /** What Spark says, as people need it. */
  private static String reason(Exception error) {
    String first =
        String.valueOf(error.getMessage())
            .lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse(error.toString());
    String reason = BEFORE_REASON.matcher(first).replaceFirst("");
    return BEHIND_REASON.matcher(reason).replaceFirst("").replace(".(line", " (line");
  }
}
