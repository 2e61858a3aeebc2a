package io.tidemark.core.spec.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TextFormat;
import io.tidemark.core.spec.checks.CheckSettings.Common;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.SectionReader;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one check, and notes what its settings say together that no setting can tell alone. */
final class CheckReader {
  /** Types whose rows are not counted one by one here, so that none can be left out. */
  private static final Set<CheckType> WITHOUT_ROWS =
      Set.of(CheckType.SCHEMA, CheckType.COLUMN_COUNT, CheckType.SOURCE_COUNT);

  private final String name;
  private final Values values;
  private final YamlValue written;
  private final Site site;
  private Optional<Values> anomaly = Optional.empty();

  CheckReader(String name, Values values, YamlValue written, Site site) {
    this.name = name;
    this.values = values;
    this.written = written;
    this.site = site;
  }

  Site site() {
    return site;
  }

  /** Reads what stands below it, and notes its problems. */
  void read(SectionReader reader, TableRef table, LakeNames names) {
    anomaly =
        written
            .entry(LimitSettings.ANOMALY.key())
            .map(
                entry ->
                    reader.read(
                        LimitSettings.ANOMALY, entry.value(), site.child(entry.key(), entry.at())));
    refuseSecrets(values, site);
    if (!values.has(CheckSettings.TYPE)) {
      return;
    }
    CheckType type = values.of(CheckSettings.TYPE);
    new LimitReader(type, values, anomaly, written, site).verify();
    verifyWhere(type);
    switch (type) {
      case PATTERN -> verifyPattern();
      case CORRELATION -> verifyPair();
      case REFERENCES -> verifyReferences(table, names);
      case SOURCE_COUNT -> verifySource(table, names);
      default -> {}
    }
  }

  /** Conditions and values are shown in reports, so they must not be secret. */
  static void refuseSecrets(Values values, Site site) {
    for (String key : values.redaction().keys()) {
      site.invalid(
          site.at(), key + " is a secret, and reports would show it", "write the value itself");
    }
  }

  DatasetCheck check() {
    CheckType type = values.of(CheckSettings.TYPE);
    Optional<Anomaly> judged = anomaly.map(LimitReader::anomaly);
    return new DatasetCheck(
        name,
        SubjectReader.read(type, values),
        LimitReader.bounds(type, values, judged.isPresent()),
        judged,
        values.of(Common.WHERE),
        values.of(Common.SEVERITY),
        values.of(Common.DIMENSION).orElse(type.dimension()));
  }

  private void verifyWhere(CheckType type) {
    Optional<YamlValue.Entry> where = written.entry(Common.WHERE.key());
    if (where.isPresent() && WITHOUT_ROWS.contains(type)) {
      invalid(Common.WHERE, "has no meaning for 'type: " + type + "'", "remove it");
    }
  }

  private void verifyPattern() {
    if (!values.has(CheckSettings.REGEX) || !values.has(CheckSettings.FORMAT)) {
      return;
    }
    boolean regex = values.of(CheckSettings.REGEX).isPresent();
    if (regex == values.of(CheckSettings.FORMAT).isPresent()) {
      site.invalid(
          site.at(),
          regex ? "'regex' and 'format' stand beside each other" : "has no pattern",
          regex
              ? "remove one of the two"
              : "add 'regex: ...', or 'format:' with " + CheckSettings.FORMAT.type().syntax());
    }
  }

  private void verifyPair() {
    if (values.has(CheckSettings.COLUMNS) && values.of(CheckSettings.COLUMNS).size() != 2) {
      invalid(CheckSettings.COLUMNS, "a correlation is of two columns", "write two: [a, b]");
    }
  }

  private void verifyReferences(TableRef table, LakeNames names) {
    if (values.has(CheckSettings.TABLE)) {
      try {
        names.verify(values.of(CheckSettings.TABLE));
      } catch (InvalidValue e) {
        String theirs = "'" + values.of(CheckSettings.TABLE) + "' ";
        invalid(CheckSettings.TABLE, theirs + e.getMessage(), e.remedy());
      }
    }
    if (!values.has(CheckSettings.COLUMNS) || !values.has(CheckSettings.THEIR_COLUMNS)) {
      return;
    }
    List<String> own = values.of(CheckSettings.COLUMNS);
    List<String> theirs = values.of(CheckSettings.THEIR_COLUMNS);
    if (own.size() != theirs.size()) {
      invalid(
          CheckSettings.THEIR_COLUMNS,
          "has %d columns, and 'columns' has %d".formatted(theirs.size(), own.size()),
          "write one for each, in the same order");
    } else if (own.equals(theirs)
        && values.has(CheckSettings.TABLE)
        && values.of(CheckSettings.TABLE).equals(table)) {
      invalid(
          CheckSettings.TABLE, "the columns refer to themselves", "name another table or columns");
    }
  }

  private void verifySource(TableRef table, LakeNames names) {
    if (table.layer() != Layer.SILVER) {
      invalid(
          CheckSettings.TYPE,
          "only silver tables can be counted against their source",
          "write the check under the silver table");
    } else if (!names.sql()) {
      invalid(
          CheckSettings.TYPE,
          "the source's rows cannot be counted: the pipeline file names no database",
          "add 'database: {url: jdbc:..., user: ..., password: ...}' there");
    }
  }

  private void invalid(Setting<?, ?> setting, String problem, String remedy) {
    YamlValue.Entry entry = written.entry(setting.key()).orElseThrow();
    site.child(setting.key(), entry.at()).invalid(entry.value().at(), problem, remedy);
  }

  /** Makes the subject of a check from its settings. */
  private static final class SubjectReader {
    private SubjectReader() {}

    static Subject read(CheckType type, Values values) {
      return switch (type) {
        case UNIQUE -> new Subject.Uniqueness(values.of(CheckSettings.COLUMNS));
        case DISTINCT -> new Subject.Distinctness(values.of(CheckSettings.COLUMNS));
        case SIZE -> new Subject.Size();
        case COMPLIANCE -> new Subject.Compliance(values.of(CheckSettings.RULE));
        case CORRELATION ->
            new Subject.Correlation(
                values.of(CheckSettings.COLUMNS).get(0), values.of(CheckSettings.COLUMNS).get(1));
        case REFERENCES ->
            new Subject.References(
                values.of(CheckSettings.COLUMNS),
                values.of(CheckSettings.TABLE),
                values.of(CheckSettings.THEIR_COLUMNS));
        case SCHEMA ->
            new Subject.Schema(values.of(CheckSettings.TYPES), values.of(CheckSettings.EXACT));
        case COLUMN_COUNT -> new Subject.ColumnCount();
        case SOURCE_COUNT -> new Subject.SourceCount();
        case COMPLETE,
                MIN,
                MAX,
                MEAN,
                SUM,
                STDDEV,
                QUANTILE,
                MIN_LENGTH,
                MAX_LENGTH,
                PATTERN,
                CONTAINED_IN,
                DATA_TYPE,
                FRESHNESS ->
            ofColumn(type, values.of(CheckSettings.COLUMN), values);
      };
    }

    private static Subject ofColumn(CheckType type, String column, Values values) {
      return switch (type) {
        case COMPLETE -> new Subject.Completeness(column);
        case MIN -> new Subject.Minimum(column);
        case MAX -> new Subject.Maximum(column);
        case MEAN -> new Subject.Mean(column);
        case SUM -> new Subject.Sum(column);
        case STDDEV -> new Subject.StandardDeviation(column);
        case QUANTILE -> new Subject.Quantile(column, values.of(CheckSettings.QUANTILE));
        case MIN_LENGTH -> new Subject.MinLength(column);
        case MAX_LENGTH -> new Subject.MaxLength(column);
        case PATTERN -> new Subject.Pattern(column, regex(values));
        case CONTAINED_IN -> new Subject.ContainedIn(column, values.of(CheckSettings.VALUES));
        case DATA_TYPE -> new Subject.DataType(column, values.of(CheckSettings.KIND));
        case FRESHNESS -> new Subject.Freshness(column);
        default -> throw new IllegalStateException(type + " is not of one column");
      };
    }

    private static String regex(Values values) {
      return values
          .of(CheckSettings.REGEX)
          .orElseGet(() -> values.of(CheckSettings.FORMAT).map(TextFormat::regex).orElseThrow());
    }
  }
}
