package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks file as the pipeline file's reader reads it. */
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
  void rulesReachTheTablesTheyHoldFor() {
    PipelineSpec spec =
        read(
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
  void allProblemsOfBothFilesAreReportedAtOnceWithTheirLines() {
    String checks =
        """
        tabels: {}
        tables:
          orders: {}
          silver.Orders:
            rules:
              bad name: "x"
          gold.revenu:
            rules: {r: x > 0}
          silver.users:
            on-quarantine: keep
            owner: me
            rules:
              r1: {rule: x > 0, action: qarantine}
              r2: {rulle: x > 0}
            checks:
              c1: {type: uniquness, columns: [a]}
              c2: {type: mean, column: a}
              c3: {type: size, column: a, at-least: 1}
              c4: {type: completeness, column: a, at-least: 95}
              c5: {type: freshness, column: a, at-most: 60}
              c6: {type: pattern, column: a, regex: "(" }
              c7: {type: correlation, columns: [a], at-least: 0.5}
              c8: {type: references, columns: [a], table: gold.revenu, their-columns: [b, c]}
              c9: {type: size, anomaly: {kind: relative-change}}
              r1: {type: source-count, where: x}
        """;
    List<String> problems =
        problems(
            PipelineText.minimal().with("trigger", "soon").with("tables.orders.key", "id"), checks);
    assertThat(problems.get(0)).startsWith("shop.yml:3:10: trigger: 'soon' is not a duration");
    assertThat(problems.subList(1, problems.size()))
        .map(line -> line.replaceFirst("^checks.yml:", ""))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("1:1: unknown key 'tabels' (did you mean 'tables'"),
            line -> assertThat(line).startsWith("3:3: tables: 'orders' is not a table with its"),
            line ->
                assertThat(line)
                    .startsWith("4:3: tables.silver.Orders: is spelled differently")
                    .contains("(write silver.orders)"),
            line -> assertThat(line).startsWith("6:7: tables.silver.Orders.rules: 'bad name' is"),
            line ->
                assertThat(line)
                    .startsWith("7:3: tables.gold.revenu: is not a mart of the pipeline")
                    .contains("did you mean 'revenue'?"),
            line ->
                assertThat(line)
                    .startsWith("8:5: tables.gold.revenu.rules: only silver tables have row rules"),
            line ->
                assertThat(line)
                    .startsWith("10:20: tables.silver.users.on-quarantine: 'keep' is not known"),
            line -> assertThat(line).startsWith("11:5: tables.silver.users: unknown key 'owner'"),
            line ->
                assertThat(line)
                    .startsWith("13:33: tables.silver.users.rules.r1.action: 'qarantine' is not")
                    .contains("did you mean 'quarantine'?"),
            line -> assertThat(line).startsWith("14:7: tables.silver.users.rules.r2: required key"),
            line ->
                assertThat(line)
                    .startsWith("14:12: tables.silver.users.rules.r2: unknown key 'rulle'"),
            line ->
                assertThat(line)
                    .startsWith("16:18: tables.silver.users.checks.c1.type: 'uniquness' is not")
                    .contains("did you mean 'uniqueness'?"),
            line ->
                assertThat(line)
                    .startsWith("17:7: tables.silver.users.checks.c2: does not say what")
                    .contains("(add at-least, at-most, equals or anomaly)"),
            line ->
                assertThat(line)
                    .startsWith("18:24: tables.silver.users.checks.c3.column: means something only")
                    .contains("(remove it, or change 'type')"),
            line ->
                assertThat(line)
                    .startsWith("19:53: tables.silver.users.checks.c4.at-least: is no limit of a")
                    .contains("(write a share from 0 to 1, or a percentage such as 95%)"),
            line ->
                assertThat(line)
                    .startsWith("20:49: tables.silver.users.checks.c5.at-most: is no limit of a")
                    .contains("(write a duration such as 1h)"),
            line ->
                assertThat(line)
                    .startsWith("21:45: tables.silver.users.checks.c6.regex: '(' is not a regular"),
            line ->
                assertThat(line)
                    .startsWith(
                        "22:40: tables.silver.users.checks.c7.columns: a correlation is of"),
            line -> assertThat(line).contains("c8.table: 'gold.revenu' is not a mart"),
            line -> assertThat(line).contains("c8.their-columns: has 2 columns, and 'columns' has"),
            line -> assertThat(line).contains("c9.anomaly: has neither max-decrease nor"),
            line ->
                assertThat(line).startsWith("25:7: ").contains("checks.r1: a rule of the table"),
            line ->
                assertThat(line).contains("checks.r1.type: the source's rows cannot be counted"),
            line -> assertThat(line).contains("checks.r1.where: has no meaning for"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: size, equals: 1, at-most: 2 | stands beside at-least or at-most",
        "type: size, at-least: 2, at-most: 1 | is more than at-most",
        "type: size, at-least: 5% | write a number",
        "type: size, at-least: 1, tolerance: -1 | is negative",
        "type: size, tolerance: 1, anomaly: {kind: weekday} | stands beside no bound",
        "type: size, at-least: many | 'many' is not a number",
        "type: size, at-least: 1e999 | is too large",
        "type: size, at-least: 1, where: '' | is empty",
        "type: completeness, column: a, at-least: 0 | holds whatever the data",
        "type: schema, types: {a: int}, at-least: 1 | has no meaning for 'type: schema'",
        "type: pattern, column: a | has no pattern",
        "type: pattern, column: a, regex: a, format: url | stand beside each other",
        "type: quantile, column: a, quantile: 95, at-most: 1 | is out of range",
        "type: size, anomaly: {kind: relative-change, max-decrease: 2} | is no limit of a check",
        "type: size, anomaly: {kind: absolute-change, max-increase: -2} | a change is negative",
        "type: size, anomaly: {kind: deviation, max-increase: 2} | means something only where",
        "type: size, anomaly: {kind: deviation, min-history: 1} | is out of range",
        "type: references, columns: [a], table: silver.orders, their-columns: [a] | themselves",
        "type: size, at-least: 1, where: '${file:secret.txt}' | where is a secret",
        "type: size, at-least: '${UNSET}' | the environment variable UNSET is not set",
      })
  void whatCannotBeMeantIsRefused(String settings, String problem) throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "a > 0");
    assertThat(problems(PipelineText.minimal(), orders(settings)))
        .singleElement()
        .asString()
        .startsWith("checks.yml:")
        .contains("tables.silver.orders.checks.c")
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "silver.orders__eu, one of the sources of orders",
    "bronze.orders, only silver tables have row rules",
  })
  void rulesStandOnlyWhereTheyAreApplied(String table, String problem) {
    assertThat(
            problems(
                PipelineText.minimal().with("tables.orders.sources", "{eu: a.b}"),
                "tables: {" + table + ": {rules: {r: x > 0}}}"))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void whatToShowOfQuarantineNeedsARuleThatQuarantines() {
    assertThat(
            problems(
                PipelineText.minimal(),
                "tables: {silver.orders: {on-quarantine: flag, rules: {r: {rule: x, action: warn}}}}"))
        .singleElement()
        .asString()
        .contains("no rule of the table has 'action: quarantine'");
  }

  @ParameterizedTest
  @CsvSource({"none.yml, no such file", "empty.yml, is an empty file"})
  void theFileMustBeThere(String name, String problem) throws IOException {
    Files.writeString(folder.resolve("empty.yml"), "\n");
    assertThat(PipelineText.problems(folder, PipelineText.minimal().with("checks", name).text()))
        .singleElement()
        .asString()
        .contains("checks: '" + name + "'", problem);
  }

  @Test
  void theErrorNamesTheFilesAndTheirPages() throws IOException {
    Files.writeString(folder.resolve("checks.yml"), "tables: [a]");
    Path file = PipelineText.minimal().with("checks", "checks.yml").in(folder);
    assertThat(PipelineText.failure(file))
        .hasMessageStartingWith(
            "Invalid checks file " + folder.resolve("checks.yml") + ": 1 problem\n")
        .hasFieldOrPropertyWithValue(
            "remedy",
            "Correct the lines named above; docs/checks-reference.md explains every key.");
  }

  @Test
  void placesOfKeysAreKept() {
    ChecksSpec checks = read(PipelineText.minimal(), orders("type: size, at-least: 1")).checks();
    assertThat(checks.file()).contains(folder.resolve("checks.yml"));
    assertThat(checks.place(ORDERS, "checks.c.at-least")).isEqualTo(new Place(4, 33));
    assertThat(checks.place(ORDERS, "checks.c.where")).isEqualTo(new Place(4, 7));
    assertThat(checks.place(ORDERS, "rules.none")).isEqualTo(new Place(2, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL, a.b+c@mail.example.org, a@b",
    "EMAIL, o'hara@x.io, a b@x.io",
    "URL, https://example.org/a?b=c, example.org",
    "URL, ftp://h, http://",
    "SSN, 123-45-6789, 000-12-3456",
    "CREDIT_CARD, 4111 1111 1111 1111, 4111-1111",
    "CREDIT_CARD, 378282246310005, 4111111111111111x",
  })
  void formatsTellTextsApart(TextFormat format, String right, String wrong) {
    assertThat(right).containsPattern(format.regex());
    assertThat(wrong).doesNotContainPattern(format.regex());
  }

  private static String orders(String settings) {
    return "tables:\n  silver.orders:\n    checks:\n      c: {" + settings + "}\n";
  }

  private DatasetCheck check(String settings) {
    return table(orders(settings.substring(1, settings.length() - 1))).checks().get(0);
  }

  private Anomaly anomaly(String settings) {
    return check(settings).anomaly().orElseThrow();
  }

  private CheckedTable table(String checks) {
    PipelineText pipeline =
        PipelineText.minimal()
            .with("database.url", "jdbc:postgresql://h/shop")
            .with("database.user", "u");
    return read(pipeline, checks).checks().of(ORDERS).orElseThrow();
  }

  private PipelineSpec read(PipelineText pipeline, String checks) {
    return PipelineFile.read(written(pipeline, checks), Map.of());
  }

  private Path written(PipelineText pipeline, String checks) {
    try {
      Files.writeString(folder.resolve("checks.yml"), checks);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return pipeline.with("checks", "checks.yml").in(folder);
  }

  private List<String> problems(PipelineText pipeline, String checks) {
    return PipelineText.failure(written(pipeline, checks))
        .getMessage()
        .lines()
        .skip(1)
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }
}
