package io.tidemark.quality.deequ;

import com.amazon.deequ.analyzers.Histogram;
import com.amazon.deequ.metrics.Distribution;
import com.amazon.deequ.profiles.NumericColumnProfile;
import com.amazon.deequ.profiles.StringColumnProfile;
import com.amazon.deequ.suggestions.ConstraintSuggestion;
import com.amazon.deequ.suggestions.ConstraintSuggestionWithValue;
import com.amazon.deequ.suggestions.rules.CategoricalRangeRule;
import com.amazon.deequ.suggestions.rules.CompleteIfCompleteRule;
import com.amazon.deequ.suggestions.rules.FractionalCategoricalRangeRule;
import com.amazon.deequ.suggestions.rules.NonNegativeNumbersRule;
import com.amazon.deequ.suggestions.rules.RetainCompletenessRule;
import com.amazon.deequ.suggestions.rules.RetainTypeRule;
import com.amazon.deequ.suggestions.rules.UniqueIfApproximatelyUniqueRule;
import com.amazon.deequ.suggestions.rules.interval.ConfidenceIntervalStrategy;
import com.amazon.deequ.suggestions.rules.interval.WilsonScoreIntervalStrategy;
import io.tidemark.core.check.Subject.DataKind;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.ColumnProfile.Extent;
import io.tidemark.quality.profile.ColumnProfile.Lengths;
import io.tidemark.quality.profile.Hint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What Deequ found out about one column, in our words.
 *
 * @param field the column
 * @param found its profile
 * @param suggestions what Deequ's rules suggest of it
 * @param extent of times, of which Deequ tells none
 * @param rows how many rows were looked at
 */
record ColumnReading(
    StructField field,
    com.amazon.deequ.profiles.ColumnProfile found,
    List<ConstraintSuggestion> suggestions,
    Optional<Extent> extent,
    long rows) {

  /** What share can be expected of rows that were not seen; good also where it is nearly 1. */
  static final ConfidenceIntervalStrategy EXPECTED = new WilsonScoreIntervalStrategy();

  private static final double WHOLE_NUMBERS_END = 1e15;

  ColumnProfile profile() {
    return new ColumnProfile(
        field.name(),
        field.dataType().simpleString(),
        found.completeness(),
        ReadableColumns.areComparable(field.dataType())
            ? OptionalLong.of(found.approximateNumDistinctValues())
            : OptionalLong.empty(),
        extent.or(this::extentOfNumbers),
        numbers().map(numbers -> number(numbers.mean())).orElse(OptionalDouble.empty()),
        lengths(),
        ReadableColumns.areComparable(field.dataType()) ? values() : Map.of());
  }

  private Optional<NumericColumnProfile> numbers() {
    return found instanceof NumericColumnProfile numbers ? Optional.of(numbers) : Optional.empty();
  }

  private Optional<Extent> extentOfNumbers() {
    return numbers()
        .filter(numbers -> numbers.minimum().isDefined())
        .map(
            numbers ->
                new Extent(
                    text(number(numbers.minimum()).getAsDouble()),
                    text(number(numbers.maximum()).getAsDouble())));
  }

  private Optional<Lengths> lengths() {
    if (found instanceof StringColumnProfile texts
        && field.dataType() instanceof StringType
        && found.completeness() > 0) {
      return Optional.of(
          new Lengths(
              (long) number(texts.minLength()).orElse(0),
              (long) number(texts.maxLength()).orElse(0)));
    }
    return Optional.empty();
  }

  /** Deequ counts NULL as one more value, by a name that a text may have, too. */
  private Map<String, Long> values() {
    Option<Distribution> histogram = found.histogram();
    if (histogram.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> counts = new HashMap<>();
    JavaConverters.mapAsJavaMap(histogram.get().values())
        .forEach((value, count) -> counts.put(value, count.absolute()));
    counts.computeIfPresent(
        Histogram.NullFieldReplacement(),
        (name, count) -> count > nulls() ? Long.valueOf(count - nulls()) : null);
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private long nulls() {
    return Math.round((1 - found.completeness()) * rows);
  }

  List<Hint> hints() {
    List<Hint> hints = new ArrayList<>();
    suggestions.forEach(suggestion -> hint(suggestion).ifPresent(hints::add));
    return hints;
  }

  private Optional<Hint> hint(ConstraintSuggestion suggestion) {
    String column = field.name();
    Object rule = suggestion.suggestingRule();
    boolean text = field.dataType() instanceof StringType;
    if (rule instanceof CompleteIfCompleteRule) {
      return Optional.of(new Hint.Complete(column));
    }
    if (rule instanceof RetainCompletenessRule) {
      return Optional.of(new Hint.MostlyComplete(column, expected(found.completeness())));
    }
    if (rule instanceof RetainTypeRule) {
      String kind = found.dataType().toString().toUpperCase(Locale.ROOT);
      return Optional.of(new Hint.OfKind(column, DataKind.valueOf(kind)));
    }
    if (rule instanceof CategoricalRangeRule && text) {
      return Optional.of(new Hint.OnlyValues(column, List.copyOf(values().keySet())));
    }
    if (rule instanceof FractionalCategoricalRangeRule && text) {
      return Optional.of(mostlyValues((ConstraintSuggestionWithValue<?>) suggestion));
    }
    if (rule instanceof NonNegativeNumbersRule && field.dataType() instanceof NumericType) {
      return Optional.of(new Hint.NotNegative(column));
    }
    return rule instanceof UniqueIfApproximatelyUniqueRule
            && ReadableColumns.areComparable(field.dataType())
        ? Optional.of(new Hint.PerhapsUnique(column))
        : Optional.empty();
  }

  private Hint mostlyValues(ConstraintSuggestionWithValue<?> suggestion) {
    Map<String, Long> counts = values();
    Set<String> chosen =
        JavaConverters.seqAsJavaList((Seq<?>) suggestion.value()).stream()
            .map(String::valueOf)
            .collect(Collectors.toSet());
    List<String> frequent = counts.keySet().stream().filter(chosen::contains).toList();
    long covered = nulls() + frequent.stream().mapToLong(counts::get).sum();
    return new Hint.MostlyValues(
        field.name(), frequent, covered, expected((double) covered / rows));
  }

  private double expected(double share) {
    double confidence = ConfidenceIntervalStrategy.defaultConfidence();
    return EXPECTED.calculateTargetConfidenceInterval(share, rows, confidence).lowerBound();
  }

  private static OptionalDouble number(Option<Object> value) {
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(((Number) value.get()).doubleValue());
  }

  private static String text(double number) {
    return Math.abs(number) < WHOLE_NUMBERS_END // False of what is no number, too.
        ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }
}
