package io.tidemark.core.spec.checks;

import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Subject.DataKind;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TextFormat;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every setting of a check of a whole table, each declared here and nowhere else. */
final class CheckSettings {
  static final Setting<DatasetCheck, CheckType> TYPE =
      Setting.required(
          "type",
          ValueTypes.oneOf(List.of(CheckType.values()), CheckType::word),
          check -> CheckType.of(check.subject()),
          "What is measured; see the types above.");
  static final Setting<DatasetCheck, String> COLUMN =
      Setting.required(
              "column",
              CheckTypes.column(),
              of(Subject.OfColumn.class, Subject.OfColumn::column),
              "The column that is measured.")
          .onlyWhere(TYPE, CheckType.ofColumn());
  static final Setting<DatasetCheck, List<String>> COLUMNS =
      Setting.required(
              "columns",
              ValueTypes.nonEmptyList(CheckTypes.column()),
              (DatasetCheck check) -> columns(check.subject()),
              "The columns that are measured together; of a correlation two.")
          .onlyWhere(
              TYPE,
              List.of(
                  CheckType.UNIQUE,
                  CheckType.DISTINCT,
                  CheckType.CORRELATION,
                  CheckType.REFERENCES));
  static final Setting<DatasetCheck, Double> QUANTILE =
      Setting.required(
              "quantile",
              Limit.number("a number from 0 to 1; 0.5 is the median", 0, 1),
              of(Subject.Quantile.class, Subject.Quantile::quantile),
              "Which quantile is measured.")
          .onlyWhere(TYPE, CheckType.QUANTILE);
  static final Setting<DatasetCheck, String> RULE =
      Setting.required(
              "rule",
              CheckTypes.predicate(),
              of(Subject.Compliance.class, Subject.Compliance::condition),
              "The condition whose rows are counted.")
          .onlyWhere(TYPE, CheckType.COMPLIANCE);
  static final Setting<DatasetCheck, Optional<String>> REGEX =
      Setting.optional(
              "regex",
              CheckTypes.regex(),
              of(Subject.Pattern.class, CheckSettings::ownRegex),
              "What a text must hold a match of; `^` and `$` make that the whole text.")
          .onlyWhere(TYPE, CheckType.PATTERN);
  static final Setting<DatasetCheck, Optional<TextFormat>> FORMAT =
      Setting.optional(
              "format",
              ValueTypes.oneOf(List.of(TextFormat.values()), TextFormat::word),
              of(Subject.Pattern.class, pattern -> TextFormat.ofRegex(pattern.regex())),
              "What a text must be, by name, in place of `regex`.")
          .onlyWhere(TYPE, CheckType.PATTERN);
  static final Setting<DatasetCheck, List<String>> VALUES =
      Setting.required(
              "values",
              ValueTypes.nonEmptyExactList(ValueTypes.anyText("a value")),
              of(Subject.ContainedIn.class, Subject.ContainedIn::values),
              "The allowed values.")
          .onlyWhere(TYPE, CheckType.CONTAINED_IN);
  static final Setting<DatasetCheck, DataKind> KIND =
      Setting.required(
              "kind",
              ValueTypes.oneOf(
                  List.of(DataKind.values()), kind -> kind.name().toLowerCase(Locale.ROOT)),
              of(Subject.DataType.class, Subject.DataType::kind),
              "What values must be readable as; numeric is integral or fractional.")
          .onlyWhere(TYPE, CheckType.DATA_TYPE);
  static final Setting<DatasetCheck, TableRef> TABLE =
      Setting.required(
              "table",
              CheckTypes.table(),
              of(Subject.References.class, Subject.References::table),
              "The table that is referred to.")
          .onlyWhere(TYPE, CheckType.REFERENCES);
  static final Setting<DatasetCheck, List<String>> THEIR_COLUMNS =
      Setting.required(
              "their-columns",
              ValueTypes.nonEmptyList(CheckTypes.column()),
              of(Subject.References.class, Subject.References::theirs),
              "The columns of that table, in the order of `columns`.")
          .onlyWhere(TYPE, CheckType.REFERENCES);
  static final Setting<DatasetCheck, Map<String, String>> TYPES =
      Setting.required(
              "types",
              ValueTypes.map(
                  "column types",
                  "a map of columns to Spark SQL types, such as {id: bigint, at: timestamp}",
                  CheckTypes.column(),
                  ValueTypes.text("a type such as bigint, decimal(12,2) or timestamp")),
              of(Subject.Schema.class, Subject.Schema::columns),
              "The columns that the table must have, with their types.")
          .onlyWhere(TYPE, CheckType.SCHEMA);
  static final Setting<DatasetCheck, Boolean> EXACT =
      Setting.withDefault(
              "exact",
              ValueTypes.oneOf(List.of(false, true), String::valueOf),
              "false",
              of(Subject.Schema.class, Subject.Schema::exact),
              "Whether it must have no others, Tidemark's own left aside.")
          .onlyWhere(TYPE, CheckType.SCHEMA);

  static final Section<DatasetCheck> CHECKS =
      new Section<>(
          "checks",
          Optional.of(CheckTypes.checkName()),
          "What must be true of a table as a whole, under a name that no rule of the table has.",
          List.of(
              TYPE,
              COLUMN,
              COLUMNS,
              QUANTILE,
              RULE,
              REGEX,
              FORMAT,
              VALUES,
              KIND,
              TABLE,
              THEIR_COLUMNS,
              TYPES,
              EXACT,
              LimitSettings.AT_LEAST,
              LimitSettings.AT_MOST,
              LimitSettings.EQUALS,
              LimitSettings.TOLERANCE,
              Common.WHERE,
              Common.SEVERITY,
              Common.DIMENSION),
          List.of(LimitSettings.ANOMALY),
          check -> Redaction.NONE);

  private CheckSettings() {}

  /** What every check may say. */
  static final class Common {
    static final Setting<DatasetCheck, Optional<String>> WHERE =
        Setting.optional(
            "where",
            CheckTypes.predicate(),
            DatasetCheck::where,
            "Only rows for which this is true are measured.");
    static final Setting<DatasetCheck, Severity> SEVERITY =
        Setting.withDefault(
            "severity",
            ValueTypes.oneOf(List.of(Severity.values()), Severity::word),
            "error",
            DatasetCheck::severity,
            "What it means if the check does not hold: the table fails, or it is a warning.");
    static final Setting<DatasetCheck, Optional<Dimension>> DIMENSION =
        Setting.optional(
            "dimension",
            ValueTypes.oneOf(List.of(Dimension.values()), Dimension::word),
            check -> Optional.of(check.dimension()),
            "The dimension whose score it counts for; without it that of its type.");

    private Common() {}
  }

  private static <S extends Subject, T> Function<DatasetCheck, T> of(
      Class<S> subject, Function<S, T> part) {
    return check -> part.apply(subject.cast(check.subject()));
  }

  private static List<String> columns(Subject subject) {
    if (subject instanceof Subject.Uniqueness unique) {
      return unique.columns();
    }
    if (subject instanceof Subject.Distinctness distinct) {
      return distinct.columns();
    }
    if (subject instanceof Subject.Correlation pair) {
      return List.of(pair.first(), pair.second());
    }
    return ((Subject.References) subject).columns();
  }

  private static Optional<String> ownRegex(Subject.Pattern pattern) {
    return TextFormat.ofRegex(pattern.regex()).isPresent()
        ? Optional.empty()
        : Optional.of(pattern.regex());
  }
}
