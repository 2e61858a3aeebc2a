package io.tidemark.quality.words;

import static scala.collection.JavaConverters.seqAsJavaList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.types.DataTypes;

/** What simple predicates say in English; the others have no words, and their SQL must do. */
final class ConditionWords {
  private static final Map<Class<?>, String> COMPARISONS =
      Map.of(
          EqualTo.class, "is",
          GreaterThan.class, "is greater than",
          GreaterThanOrEqual.class, "is at least",
          LessThan.class, "is less than",
          LessThanOrEqual.class, "is at most");

  private static final Map<String, String> FUNCTIONS =
      Map.of("length", "the length of ", "trim", "the trimmed ", "abs", "the absolute value of ");

  private ConditionWords() {}

  static Optional<String> of(Expression expression) {
    if (expression instanceof And and) {
      return between(and).or(() -> joined(and.left(), " and ", and.right()));
    } else if (expression instanceof Or or) {
      return joined(or.left(), " or ", or.right());
    } else if (expression instanceof Not not) {
      return negated(not.child());
    } else if (expression instanceof BinaryComparison comparison) {
      return comparison(comparison);
    } else if (expression instanceof In in) {
      return list(in, " is one of ");
    } else if (expression instanceof IsNotNull has) {
      return term(has.child()).map(column -> column + " has a value");
    } else if (expression instanceof IsNull lacks) {
      return term(lacks.child()).map(column -> column + " has no value");
    } else if (expression instanceof RLike like) {
      return two(like.left(), " matches ", like.right());
    }
    return Optional.empty();
  }

  private static Optional<String> negated(Expression expression) {
    if (expression instanceof In in) {
      return list(in, " is none of ");
    } else if (expression instanceof EqualTo equal) {
      return two(equal.left(), " is not ", equal.right());
    } else if (expression instanceof IsNull lacks) {
      return of(new IsNotNull(lacks.child()));
    }
    return Optional.empty();
  }

  private static Optional<String> comparison(BinaryComparison comparison) {
    return Optional.ofNullable(COMPARISONS.get(comparison.getClass()))
        .flatMap(words -> two(comparison.left(), " " + words + " ", comparison.right()));
  }

  /** The parser makes two comparisons of BETWEEN. */
  private static Optional<String> between(And and) {
    if (and.left() instanceof GreaterThanOrEqual least
        && and.right() instanceof LessThanOrEqual most
        && least.left().equals(most.left())) {
      return two(least.left(), " is between ", least.right())
          .flatMap(words -> term(most.right()).map(end -> words + " and " + end));
    }
    return Optional.empty();
  }

  /** Words without parentheses: what mixes "and" with "or" would be ambiguous in them. */
  private static Optional<String> joined(Expression left, String word, Expression right) {
    Class<?> other = word.equals(" and ") ? Or.class : And.class;
    if (other.isInstance(left) || other.isInstance(right)) {
      return Optional.empty();
    }
    return of(left).flatMap(first -> of(right).map(second -> first + word + second));
  }

  private static Optional<String> two(Expression left, String words, Expression right) {
    return term(left).flatMap(first -> term(right).map(second -> first + words + second));
  }

  private static Optional<String> list(In in, String words) {
    List<String> values = new ArrayList<>();
    for (Expression value : seqAsJavaList(in.list())) {
      Optional<String> term = term(value);
      if (term.isEmpty()) {
        return Optional.empty();
      }
      values.add(term.get());
    }
    return term(in.value()).map(column -> column + words + String.join(", ", values));
  }

  private static Optional<String> term(Expression expression) {
    if (expression instanceof UnresolvedAttribute attribute) {
      return Optional.of(String.join(".", seqAsJavaList(attribute.nameParts())));
    } else if (expression instanceof Literal literal) {
      boolean text = literal.dataType().equals(DataTypes.StringType);
      return Optional.of(text ? "'" + literal.value() + "'" : literal.toString());
    } else if (expression instanceof UnresolvedFunction function) {
      return function(function);
    }
    return Optional.empty();
  }

  private static Optional<String> function(UnresolvedFunction function) {
    String name = seqAsJavaList(function.nameParts()).stream().collect(Collectors.joining("."));
    List<Expression> arguments = seqAsJavaList(function.arguments());
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (arguments.isEmpty() && lower.equals("current_timestamp")) {
      return Optional.of("the present time");
    } else if (arguments.size() == 1 && FUNCTIONS.containsKey(lower)) {
      return term(arguments.get(0)).map(argument -> FUNCTIONS.get(lower) + argument);
    }
    return Optional.empty();
  }
}
