package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TextFormat;
import io.tidemark.core.spec.yaml.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checks file says, as the reader of the pipeline file reads it. */
class ChecksFileTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");

  @TempDir Path folder;

  @Test
  void aPipelineWithoutChecksHasNone() {
    Path file = PipelineText.minimal().in(folder);
    assertThat(PipelineFile.read(file, Map.of()).checks()).isEqualTo(ChecksSpec.NONE);
  }

  @Test
  void rulesAreReadInBothForms() {
    CheckedTable orders =
        table(
            """
            tables:
              silver.orders:
                description: Orders of the shop
                on-quarantine: flag
                rules:
                  positive: {rule: "amount > 0", action: warn, dimension: accuracy}
                  known: "status IN ('a', 'b')"
            """);
    assertThat(orders.description()).contains("Orders of the shop");
    assertThat(orders.rules())
        .isEqualTo(
            new RowRules(
                List.of(
                    new RowRule("positive", "amount > 0", RowRule.Action.WARN, Dimension.ACCURACY),
                    new RowRule(
                        "known",
                        "status IN ('a', 'b')",
                        RowRule.Action.QUARANTINE,
                        Dimension.VALIDITY)),
                OnQuarantine.FLAG));
  }

  @Test
  void correctionsAreReadInTheOrderOfTheFile() {
    CheckedTable orders =
        table(
            """
            tables:
              silver.orders:
                on-quarantine: remove
                corrections: {email: lower(trim(email)), amount: "abs(amount)"}
            """);
    assertThat(orders.rules().corrections())
        .containsExactly(entry("email", "lower(trim(email))"), entry("amount", "abs(amount)"));
    assertThat(orders.rules().onQuarantine()).isEqualTo(OnQuarantine.REMOVE);
  }

  @Test
  void rulesReachTheTablesTheyHoldFor() {
    PipelineSpec spec =
        ChecksText.read(
            folder,
            PipelineText.minimal()
                .with("tables.orders.sources", "{eu: a.b, us: c.d}")
                .with("tables.users.key", "[id]"),
            """
            tables:
              silver.orders: {rules: {a: x > 0}}
              silver.users: {rules: {b: x > 0}}
              silver.undeclared: {rules: {c: x > 0}}
            """);
    assertThat(List.of("orders", "orders__eu", "orders__us", "users", "undeclared", "other"))
        .extracting(name -> spec.table(name).rules().rules().stream().map(RowRule::name).toList())
        .containsExactly(
            List.of("a"), List.of("a"), List.of("a"), List.of("b"), List.of("c"), List.of());
    assertThat(spec.table("undeclared").name()).isEqualTo("undeclared");
  }

  @Test
  void everyTypeMakesItsSubject() {
    Map<String, Subject> cases = new LinkedHashMap<>();
    cases.put("{type: completeness, column: c}", new Subject.Completeness("c"));
    cases.put("{type: uniqueness, columns: [a, b]}", new Subject.Uniqueness(List.of("a", "b")));
    cases.put("{type: distinctness, columns: a}", new Subject.Distinctness(List.of("a")));
    cases.put("{type: size, at-least: 1}", new Subject.Size());
    cases.put("{type: min, column: c, at-least: 1}", new Subject.Minimum("c"));
    cases.put("{type: max, column: c, at-least: 1}", new Subject.Maximum("c"));
    cases.put("{type: mean, column: c, at-least: 1}", new Subject.Mean("c"));
    cases.put("{type: sum, column: c, at-least: 1}", new Subject.Sum("c"));
    cases.put("{type: stddev, column: c, at-most: 1}", new Subject.StandardDeviation("c"));
    cases.put(
        "{type: quantile, column: c, quantile: 0.95, at-most: 1}", new Subject.Quantile("c", 0.95));
    cases.put("{type: min-length, column: c, at-least: 1}", new Subject.MinLength("c"));
    cases.put("{type: max-length, column: c, at-most: 9}", new Subject.MaxLength("c"));
    cases.put("{type: compliance, rule: a < b}", new Subject.Compliance("a < b"));
    cases.put("{type: pattern, column: c, regex: '^\\d+$'}", new Subject.Pattern("c", "^\\d+$"));
    cases.put(
        "{type: pattern, column: c, format: email}",
        new Subject.Pattern("c", TextFormat.EMAIL.regex()));
    cases.put(
        "{type: contained-in, column: c, values: [a, A, '', 1]}",
        new Subject.ContainedIn("c", List.of("a", "A", "", "1")));
    cases.put(
        "{type: data-type, column: c, kind: integral}",
        new Subject.DataType("c", Subject.DataKind.INTEGRAL));
    cases.put(
        "{type: correlation, columns: [a, b], at-least: -0.5}", new Subject.Correlation("a", "b"));
    cases.put(
        "{type: references, columns: [u], table: silver.users, their-columns: id}",
        new Subject.References(List.of("u"), new TableRef(Layer.SILVER, "users"), List.of("id")));
    cases.put("{type: freshness, column: at, at-most: 1h}", new Subject.Freshness("at"));
    cases.put(
        "{type: schema, types: {id: bigint, a: 'decimal(12,2)'}, exact: true}",
        new Subject.Schema(Map.of("id", "bigint", "a", "decimal(12,2)"), true));
    cases.put("{type: column-count, equals: 9}", new Subject.ColumnCount());
    cases.put("{type: source-count}", new Subject.SourceCount());
    cases.forEach((yaml, subject) -> assertThat(check(yaml).subject()).isEqualTo(subject));
    assertThat(cases.values().stream().map(Object::getClass).distinct())
        .as("every subject")
        .hasSameSizeAs(
            List.of(Subject.class.getPermittedSubclasses()).stream()
                .flatMap(
                    kind ->
                        kind.isSealed()
                            ? List.of(kind.getPermittedSubclasses()).stream()
                            : List.of(kind).stream())
                .toList());
  }

  @Test
  void whatIsNotWrittenIsWhatPeopleExpect() {
    assertThat(check("{type: uniqueness, columns: [id]}"))
        .isEqualTo(
            new DatasetCheck(
                "c",
                new Subject.Uniqueness(List.of("id")),
                new Bounds(Optional.of(1.0), Optional.empty(), 0),
                Optional.empty(),
                Optional.empty(),
                Severity.ERROR,
                Dimension.UNIQUENESS));
    assertThat(check("{type: source-count, tolerance: 1%}").bounds())
        .isEqualTo(new Bounds(Optional.of(1.0), Optional.of(1.0), 0.01));
    assertThat(check("{type: schema, types: {a: int}}").bounds().atLeast()).contains(1.0);
    assertThat(check("{type: completeness, column: a, anomaly: {kind: deviation}}").bounds())
        .as("an anomaly alone requires no share")
        .isEqualTo(new Bounds(Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void boundsAreReadInTheFormOfTheMeasure() {
    assertThat(check("{type: freshness, column: a, at-most: 90m, tolerance: 30s}").bounds())
        .isEqualTo(new Bounds(Optional.empty(), Optional.of(5400.0), 30));
    assertThat(check("{type: completeness, column: a, at-least: 95%}").bounds().atLeast())
        .contains(0.95);
    assertThat(check("{type: mean, column: a, equals: -2.5e1, tolerance: 0.5}").bounds())
        .isEqualTo(new Bounds(Optional.of(-25.0), Optional.of(-25.0), 0.5));
    DatasetCheck all =
        check("{type: size, at-least: 1, where: a > 0, severity: warn, dimension: accuracy}");
    assertThat(all.where()).contains("a > 0");
    assertThat(all.severity()).isEqualTo(Severity.WARN);
    assertThat(all.dimension()).isEqualTo(Dimension.ACCURACY);
  }

  @Test
  void anomaliesAreRead() {
    assertThat(anomaly("{type: size, anomaly: {kind: relative-change, max-decrease: 50%}}"))
        .isEqualTo(new Anomaly.RelativeChange(Optional.of(0.5), Optional.empty()));
    assertThat(anomaly("{type: size, anomaly: {kind: absolute-change, max-increase: 9}}"))
        .isEqualTo(new Anomaly.AbsoluteChange(Optional.empty(), Optional.of(9.0)));
    assertThat(anomaly("{type: size, anomaly: {kind: deviation, deviations: 2.5}}"))
        .isEqualTo(new Anomaly.Deviation(2.5, 4));
    assertThat(anomaly("{type: size, anomaly: {kind: weekday, min-history: 6}}"))
        .isEqualTo(new Anomaly.Weekday(3, 6));
  }

  @Test
  void placesOfKeysAreKept() {
    ChecksSpec checks =
        ChecksText.read(
                folder, PipelineText.minimal(), ChecksText.orders("type: size, at-least: 1"))
            .checks();
    assertThat(checks.file()).contains(folder.resolve("checks.yml"));
    assertThat(checks.place(ORDERS, "checks.c.at-least")).isEqualTo(new Place(4, 33));
    assertThat(checks.place(ORDERS, "checks.c.where")).isEqualTo(new Place(4, 7));
    assertThat(checks.place(ORDERS, "rules.none")).isEqualTo(new Place(2, 3));
  }

  private DatasetCheck check(String settings) {
    return table(ChecksText.orders(settings.substring(1, settings.length() - 1))).checks().get(0);
  }

  private Anomaly anomaly(String settings) {
    return check(settings).anomaly().orElseThrow();
  }

  private CheckedTable table(String checks) {
    PipelineText pipeline =
        PipelineText.minimal()
            .with("database.url", "jdbc:postgresql://h/shop")
            .with("database.user", "u");
    return ChecksText.read(folder, pipeline, checks).checks().of(ORDERS).orElseThrow();
  }
}
