package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a checks file must not say, and what its author is told. */
class ChecksFileProblemsTest {
  @TempDir Path folder;

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
        ChecksText.problems(
            folder,
            PipelineText.minimal().with("trigger", "soon").with("tables.orders.key", "id"),
            checks);
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
    assertThat(ChecksText.problems(folder, PipelineText.minimal(), ChecksText.orders(settings)))
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
            ChecksText.problems(
                folder,
                PipelineText.minimal().with("tables.orders.sources", "{eu: a.b}"),
                "tables: {" + table + ": {rules: {r: x > 0}}}"))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void rulesThatTheTableCannotFollowAreRefused() {
    List<String> problems =
        ChecksText.problems(
            folder,
            PipelineText.minimal()
                .with("trigger", "soon")
                .with("tables.clicks.append-only", "true")
                .with("tables.users.deletes", "soft")
                .with("tables.orders.sources", "{eu: a.b, us: c.d}")
                .with("tables.orders.conflicts", "source-time")
                .with("tables.items.sources", "{eu: a.e, us: c.f}")
                .with("tables.items.conflicts", "source-priority"),
            """
            tables:
              silver.clicks:
                rules: {r: x > 0}
              silver.users:
                on-quarantine: remove
                rules: {r: x > 0}
              silver.orders: {on-quarantine: remove, rules: {r: x > 0}}
              silver.items: {on-quarantine: remove, rules: {r: x > 0}}
              silver.others: {on-quarantine: remove, rules: {r: x > 0}}
            """);
    assertThat(problems)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("shop.yml:3:10: trigger: 'soon'"),
            line ->
                assertThat(line)
                    .startsWith("checks.yml:3:5: tables.silver.clicks.rules: the table is append")
                    .endsWith("(write a check of type compliance in the place of each rule)"),
            line ->
                assertThat(line)
                    .startsWith("checks.yml:5:5: tables.silver.users.on-quarantine: no row leaves")
                    .endsWith("(write keep-last-good or flag)"),
            line ->
                assertThat(line)
                    .startsWith("checks.yml:7:19: tables.silver.orders.on-quarantine: no row"));
  }

  @Test
  void correctionsThatCanNeverBeMadeAreRefused() {
    assertThat(
            ChecksText.problems(
                folder,
                PipelineText.minimal()
                    .with("tables.users.mask", "{mail: hash}")
                    .with("tables.users.rename", "{mail: email}")
                    .with("tables.clicks.append-only", "true")
                    .with("tables.orders.sources", "{eu: a.b, us: c.d}")
                    .with("masking.keys", "{k1: 0123456789abcdef0123456789abcdef}"),
                """
                tables:
                  silver.users: {corrections: {name: trim(name), Email: lower(email)}}
                  silver.clicks: {corrections: {url: lower(url)}}
                  silver.orders__eu: {corrections: {a: a + 1}}
                  bronze.users: {corrections: {name: trim(name)}}
                  silver.other: {corrections: {name: [x]}}
                  silver.another: {corrections: trim}
                """))
        .map(line -> line.replaceFirst("^checks.yml:", ""))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("2:50: tables.silver.users.corrections.Email: is masked"),
            line ->
                assertThat(line)
                    .startsWith("3:19: tables.silver.clicks.corrections: the table is append-only"),
            line ->
                assertThat(line)
                    .startsWith("4:23: tables.silver.orders__eu.corrections: orders__eu is one of")
                    .contains("write its corrections under silver.orders"),
            line ->
                assertThat(line)
                    .startsWith("5:18: tables.bronze.users.corrections: only rows of silver"),
            line -> assertThat(line).contains("silver.other.corrections.name: must be"),
            line -> assertThat(line).contains("silver.another.corrections: must be a map"));
  }

  @Test
  void whatToShowOfQuarantineNeedsARuleThatQuarantines() {
    assertThat(
            ChecksText.problems(
                folder,
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
}
