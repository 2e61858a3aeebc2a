package io.tidemark.quality.deequ;

import com.amazon.deequ.suggestions.ConstraintSuggestion;
import com.amazon.deequ.suggestions.ConstraintSuggestionResult;
import com.amazon.deequ.suggestions.ConstraintSuggestionRunner;
import com.amazon.deequ.suggestions.rules.CategoricalRangeRule;
import com.amazon.deequ.suggestions.rules.CompleteIfCompleteRule;
import com.amazon.deequ.suggestions.rules.ConstraintRule;
import com.amazon.deequ.suggestions.rules.FractionalCategoricalRangeRule;
import com.amazon.deequ.suggestions.rules.NonNegativeNumbersRule;
import com.amazon.deequ.suggestions.rules.RetainCompletenessRule;
import com.amazon.deequ.suggestions.rules.RetainTypeRule;
import com.amazon.deequ.suggestions.rules.UniqueIfApproximatelyUniqueRule;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.ColumnProfile.Extent;
import io.tidemark.quality.profile.Hint;
import io.tidemark.quality.profile.SeenRows;
import io.tidemark.quality.profile.TableProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Profiles rows, and hints at what may hold of them, by Deequ's rules. Its rules that fix a least,
 * a greatest or a mean value to what it happens to be now are not among them.
 */
public final class DeequProfiler {
  private DeequProfiler() {}

  /**
   * Looks at rows, four times at most.
   *
   * @param rows at least one, with at least one column
   * @param version of their table
   * @param sample about how many of a hundred rows they are; empty for all
   */
  public static TableProfile profile(Dataset<Row> rows, long version, OptionalDouble sample) {
    ConstraintSuggestionResult result =
        new ConstraintSuggestionRunner()
            .onData(ReadableColumns.of(rows))
            .addConstraintRules(rules())
            .run();
    Map<String, com.amazon.deequ.profiles.ColumnProfile> profiles =
        JavaConverters.mapAsJavaMap(result.columnProfiles());
    Map<String, Seq<ConstraintSuggestion>> suggestions =
        JavaConverters.mapAsJavaMap(result.constraintSuggestions());
    Map<String, Extent> times = ReadableColumns.times(rows);
    long count = result.numRecordsUsedForProfiling();
    List<ColumnProfile> columns = new ArrayList<>();
    List<Hint> hints = new ArrayList<>();
    StructField[] fields = rows.schema().fields();
    for (int i = 0; i < fields.length; i++) {
      Seq<ConstraintSuggestion> found = suggestions.get(ReadableColumns.name(i));
      ColumnReading reading =
          new ColumnReading(
              fields[i],
              profiles.get(ReadableColumns.name(i)),
              found == null ? List.of() : JavaConverters.seqAsJavaList(found),
              Optional.ofNullable(times.get(fields[i].name())),
              count);
      columns.add(reading.profile());
      hints.addAll(reading.hints());
    }
    return new TableProfile(new SeenRows(version, count, sample), columns, hints);
  }

  private static Seq<ConstraintRule<com.amazon.deequ.profiles.ColumnProfile>> rules() {
    return JavaConverters.asScalaBuffer(
        List.of(
            new CompleteIfCompleteRule(),
            new RetainCompletenessRule(
                RetainCompletenessRule.$lessinit$greater$default$1(),
                RetainCompletenessRule.$lessinit$greater$default$2(),
                ColumnReading.EXPECTED),
            new RetainTypeRule(),
            new CategoricalRangeRule(CategoricalRangeRule.$lessinit$greater$default$1()),
            new FractionalCategoricalRangeRule(
                FractionalCategoricalRangeRule.$lessinit$greater$default$1(),
                FractionalCategoricalRangeRule.$lessinit$greater$default$2(),
                ColumnReading.EXPECTED),
            new NonNegativeNumbersRule(),
            new UniqueIfApproximatelyUniqueRule()));
  }
}
