package io.tidemark.quality.checks;

import static io.tidemark.quality.checks.CheckedLake.NOW;
import static io.tidemark.quality.checks.CheckedLake.check;
import static io.tidemark.quality.checks.CheckedLake.rule;
import static io.tidemark.quality.checks.CheckedLake.silver;
import static io.tidemark.quality.checks.CheckedLake.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Subject.DataKind;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.metrics.MetricPoint;
import io.tidemark.quality.metrics.MetricsLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksJobTest {
  private static final TableRef ORDERS = silver("orders");

  /** Five live rows and a deleted one. */
  private static final String ROWS =
      """
      SELECT * FROM VALUES
        (1, 10L, 1.50BD, 'open',  'a@x.de', '1',    1.0D, 2.0D, timestamp'2026-03-02 11:00:00', 7, false),
        (2, 20L, 2.50BD, 'paid',  'b@x.de', '2.5',  2.0D, 4.0D, timestamp'2026-03-02 09:00:00', 7, false),
        (3, 30L, NULL,          'paid',  'no mail', 'true', 3.0D, 6.0D, NULL, 7, false),
        (4, 40L, 4.00BD, NULL,    NULL,     'abc',  4.0D, 8.0D, timestamp'2026-03-01 09:00:00', 9, false),
        (4, 50L, 5.00BD, 'lost',  'c@x.de', NULL,   5.0D, 1.0D, timestamp'2026-03-01 09:00:00', NULL, false),
        (9, 99L, 9.00BD, 'lost',  'z@x.de', 'z',    9.0D, 9.0D, timestamp'2027-03-01 09:00:00', 7, true)
      AS t(id, points, `the amount`, status, mail, text, x, y, at, user_id, _deleted)
      """;

  private static final Bounds ANY = new Bounds(Optional.empty(), Optional.empty(), 0);

  @TempDir Path folder;

  @Test
  void everySubjectHasItsMeasure() {
    CheckedLake lake = new CheckedLake(folder);
    lake.table(ORDERS, ROWS);
    lake.table(silver("users"), "SELECT 7 AS id");
    TableRef users = silver("users");
    lake.declare(
        ORDERS,
        measure("size", new Subject.Size()),
        where(measure("size where", new Subject.Size()), "status = 'paid'"),
        measure("completeness", new Subject.Completeness("the amount")),
        where(measure("completeness where", new Subject.Completeness("MAIL")), "id < 3"),
        measure("uniqueness", new Subject.Uniqueness(List.of("id"))),
        measure("distinctness", new Subject.Distinctness(List.of("id"))),
        measure("of two", new Subject.Uniqueness(List.of("id", "points"))),
        measure("minimum", new Subject.Minimum("points")),
        measure("maximum", new Subject.Maximum("the amount")),
        measure("mean", new Subject.Mean("points")),
        measure("sum", new Subject.Sum("the amount")),
        measure("deviation", new Subject.StandardDeviation("x")),
        measure("median", new Subject.Quantile("points", 0.5)),
        measure("shortest", new Subject.MinLength("mail")),
        measure("longest", new Subject.MaxLength("mail")),
        measure("compliance", new Subject.Compliance("`the amount` > 2")),
        measure("pattern", new Subject.Pattern("mail", "^\\w@x\\.de$")),
        measure("contained", new Subject.ContainedIn("status", List.of("open", "paid"))),
        measure("number in", new Subject.ContainedIn("the amount", List.of("1.5", "4"))),
        measure("numeric", new Subject.DataType("text", DataKind.NUMERIC)),
        measure("null", new Subject.DataType("text", DataKind.NULL)),
        measure("correlation", new Subject.Correlation("x", "y")),
        measure("references", new Subject.References(List.of("user_id"), users, List.of("id"))),
        measure("freshness", new Subject.Freshness("at")),
        measure("columns", new Subject.ColumnCount()),
        measure("schema", new Subject.Schema(Map.of("ID", "int", "mail", "string"), false)),
        measure("exact", new Subject.Schema(Map.of("id", "bigint"), true)));

    TableVerdict verdict = lake.run(ORDERS);

    assertThat(verdict.rows()).isEqualTo(5);
    assertThat(verdict.version()).isEqualTo(1);
    Map<String, CheckResult> results = CheckedLake.byName(verdict);
    assertThat(results.values()).allSatisfy(r -> assertThat(r.message()).isEmpty());
    value(results, "size", 5);
    value(results, "size where", 2);
    value(results, "completeness", 0.8);
    value(results, "completeness where", 1);
    value(results, "uniqueness", 0.6);
    value(results, "distinctness", 0.8);
    value(results, "of two", 1);
    value(results, "minimum", 10);
    value(results, "maximum", 5);
    value(results, "mean", 30);
    value(results, "sum", 13);
    value(results, "deviation", Math.sqrt(2));
    value(results, "median", 30);
    value(results, "shortest", 6);
    value(results, "longest", 7);
    value(results, "compliance", 0.6);
    value(results, "pattern", 0.6);
    value(results, "contained", 0.8);
    value(results, "number in", 0.6);
    value(results, "numeric", 0.5);
    value(results, "null", 0.2);
    value(results, "correlation", 0.1104);
    value(results, "references", 0.8);
    value(results, "freshness", 3600);
    value(results, "columns", 10);
    value(results, "schema", 1);
    value(results, "exact", 0);
    assertThat(measured(lake, ORDERS)).hasSize(27);
  }

  private static List<MetricPoint> measured(CheckedLake lake, TableRef table) {
    return new MetricsLog(lake.lake, "shop").newest(List.of(table), 9, NOW).get(table);
  }

  private static DatasetCheck measure(String name, Subject subject) {
    return check(name, subject, ANY);
  }

  private static void value(Map<String, CheckResult> results, String check, double expected) {
    assertThat(results.get(check).value().orElse(Double.NaN))
        .as(check)
        .isCloseTo(expected, within(0.0001));
  }

  @Test
  void whatCannotBeMeasuredFailsAloneWithItsReason() {
    CheckedLake lake = new CheckedLake(folder);
    lake.table(ORDERS, ROWS);
    RowRules rules =
        new RowRules(
            List.of(
                rule("known", "status IN ('open', 'paid')", Action.WARN),
                rule("throws", "IF(id = 4, raise_error('four'), true)", Action.QUARANTINE),
                rule("holds", "id > 0", Action.QUARANTINE),
                rule("broken", "points < 50", Action.QUARANTINE)),
            OnQuarantine.KEEP_LAST_GOOD);
    lake.declare(
        ORDERS,
        rules,
        check("size", new Subject.Size(), new Bounds(Optional.of(5.0), Optional.of(5.0), 0)),
        check("no column", new Subject.Completeness("amont"), 1),
        check("no number", new Subject.Mean("status"), 1),
        check("no function", new Subject.Compliance("fooo(id) > 1"), 1),
        where(check("no where", new Subject.Uniqueness(List.of("id")), 1), "nothing > 1"),
        check("no table", new Subject.References(List.of("id"), silver("users"), List.of("id")), 1),
        check("no database", new Subject.SourceCount(), 1));

    Map<String, CheckResult> results = lake.results(ORDERS);

    says(results, "known", Verdict.WARN, "40 % of the rows break it");
    says(results, "throws", Verdict.FAIL, "could not be computed: four");
    says(results, "holds", Verdict.PASS, "");
    says(results, "broken", Verdict.FAIL, "20 % of the rows break it");
    says(results, "size", Verdict.PASS, "");
    says(results, "no column", Verdict.FAIL, "could not be computed: there is no column 'amont'");
    says(results, "no number", Verdict.FAIL, "column 'status' is of type STRING");
    says(results, "no function", Verdict.FAIL, "fooo");
    says(results, "no where", Verdict.FAIL, "nothing");
    says(results, "no table", Verdict.NOT_YET, "silver.users does not exist yet");
    says(results, "no database", Verdict.FAIL, "names no database");
  }

  private static void says(
      Map<String, CheckResult> results, String check, Verdict verdict, String message) {
    assertThat(results.get(check).verdict()).as(check).isEqualTo(verdict);
    assertThat(results.get(check).message()).as(check).contains(message);
  }

  @Test
  void tablesThatAreMissingOrEmptyAndColumnsWithoutValuesHaveTheirVerdicts() {
    CheckedLake lake = new CheckedLake(folder);
    lake.declare(ORDERS, check("size", new Subject.Size(), 1));
    TableVerdict missing = lake.run(ORDERS);
    assertThat(missing.verdict()).isEqualTo(Verdict.NOT_YET);
    assertThat(missing.version()).isEqualTo(-1);

    DatasetCheck[] checks = {
      check("size", new Subject.Size(), 1),
      check("completeness", new Subject.Completeness("x"), 1),
      check("compliance", new Subject.Compliance("x > 0"), 1),
      check("uniqueness", new Subject.Uniqueness(List.of("x")), 1),
      check("mean", new Subject.Mean("x"), 1),
      check("correlation", new Subject.Correlation("x", "y"), 0),
      where(check("nowhere", new Subject.Compliance("y > 0"), 1), "y > 5")
    };
    lake.declare(ORDERS, checks);
    String noValue = "SELECT CAST(NULL AS DOUBLE) AS x, 1.0D AS y";
    lake.empty(ORDERS, noValue);
    assertThat(verdicts(lake.results(ORDERS)))
        .containsExactly("FAIL", "NOT_YET", "NOT_YET", "NOT_YET", "NOT_YET", "NOT_YET", "NOT_YET");

    lake.lake.table(ORDERS).append(lake.rows(noValue + " UNION ALL " + noValue), List.of());
    assertThat(verdicts(lake.results(ORDERS)))
        .containsExactly("PASS", "FAIL", "FAIL", "NOT_YET", "NOT_YET", "NOT_YET", "NOT_YET");
  }

  private static List<String> verdicts(Map<String, CheckResult> results) {
    return results.values().stream().map(result -> result.verdict().name()).toList();
  }

  @Test
  void candidatesAreJudgedBeforeTheyAreAVersion() {
    TableRef mart = CheckedLake.gold("revenue");
    CheckedLake lake = new CheckedLake(folder);
    lake.declare(mart, check("size", new Subject.Size(), 2));

    TableVerdict verdict = lake.job().judge(mart, lake.rows("SELECT 1 AS n"));

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.version()).isEqualTo(-1);
    assertThat(verdict.at()).isEqualTo(NOW);
    assertThat(verdict.results().get(0).message()).isEqualTo("is 1");
    assertThat(verdict.results().get(0).expected()).isEqualTo("at least 2");
    assertThat(measured(lake, mart)).hasSize(1);
    assertThat(lake.lake.table(mart).exists()).isFalse();
  }
}
