package io.tidemark.quality.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.core.table.TableDefinition.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks files beside a lake with a few tables. */
@ExtendWith(SharedSpark.class)
class ChecksValidationTest {
  @TempDir static Path folder;

  private static Lake lake;

  @BeforeAll
  static void tables(SparkSession spark) {
    lake = Lake.at(spark, folder.resolve("lake").toString());
    StructType orders =
        StructType.fromDDL(
            "order_id BIGINT, user_id BIGINT, status STRING, email STRING,"
                + " total_amount DECIMAL(12,2), paid BOOLEAN, updated_at TIMESTAMP,"
                + " tags MAP<STRING,STRING>, "
                + SilverColumns.POSITION
                + " STRING, "
                + SilverColumns.APPLIED_AT
                + " TIMESTAMP");
    lake.silver("orders")
        .create(
            new TableDefinition(
                orders,
                List.of(),
                Map.of(SilverColumns.KEY_PROPERTY, SilverColumns.keyProperty(List.of("order_id"))),
                Feature.MERGE_TARGET));
    StructType users = StructType.fromDDL("id INT, name STRING");
    lake.silver("users")
        .create(new TableDefinition(users, List.of(), Map.of(), Feature.MERGE_TARGET));
    StructType revenue = StructType.fromDDL("day DATE, revenue DOUBLE");
    lake.gold("revenue")
        .create(new TableDefinition(revenue, List.of(), Map.of(), Feature.REPLACED));
  }

  @Test
  void whatFitsIsNotTouched() throws IOException {
    PipelineSpec spec =
        spec(
            """
            tables:
              silver.orders:
                rules:
                  positive: total_amount > 0
                  known: "status IN ('pending', 'completed')"
                  tagged: exists(map_keys(tags), k -> k = 'web') OR Status = "new"
                  shown: coalesce(updated_at > timestamp '2020-01-01', true)
                corrections: {email: lower(trim(email)), total_amount: "coalesce(total_amount, 0)"}
                checks:
                  id: {type: uniqueness, columns: [order_id]}
                  mail: {type: pattern, column: email, format: email, where: status <> 'guest'}
                  today: {type: size, at-least: 1, where: updated_at >= current_date}
                  applied: {type: freshness, column: _applied_at, at-most: 1h}
                  users: {type: references, columns: user_id, table: silver.users, their-columns: id}
                  mean: {type: mean, column: TOTAL_AMOUNT, at-least: 0}
                  paid: {type: contained-in, column: paid, values: ["true"]}
                  half: {type: compliance, rule: total_amount > 100, at-least: 0.5}
                  types: {type: schema, types: {gone: bigint, total_amount: "decimal(12,2)"}}
              gold.revenue:
                checks:
                  daily: {type: freshness, column: day, at-most: 2d}
            """);
    assertThat(ChecksValidation.findings(lake, spec)).isEmpty();
    assertThatCode(() -> ChecksValidation.require(lake, spec.checks())).doesNotThrowAnyException();
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsPlace() throws IOException {
    PipelineSpec spec =
        spec(
            """
            tables:
              silver.orders:
                rules:
                  a: totl_amount > 0 AND statsu = 'x'
                  b: upperr(status) = 'X'
                  c: total_amount >
                  d: sum(total_amount) > 0
                  e: order_id IN (SELECT id FROM users)
                  f: rand() > 0.5
                  g: updated_at <= now()
                  h: status
                  i: _position > ''
                  j: row_number() OVER (ORDER BY order_id) > 1
                  k: 1 = 1
                  l: "paid -- as they say"
                  m: total_amount > DATE '2020-01-01'
                checks:
                  n: {type: mean, column: status, at-least: 0}
                  o: {type: completeness, column: emial}
                  p: {type: freshness, column: status, at-most: 1h}
                  q: {type: size, at-least: 1, where: stats = 'a'}
                  r: {type: references, columns: status, table: silver.users, their-columns: id}
                  s: {type: references, columns: user_id, table: silver.users, their-columns: uid}
                  t: {type: contained-in, column: order_id, values: [1, one]}
                  u: {type: schema, types: {order_id: bigitn}}
                  v: {type: uniqueness, columns: [order_id, tags]}
                  w: {type: compliance, rule: length(status)}
              gold.revenue:
                checks:
                  x: {type: sum, column: revenu, at-least: 0}
            """);
    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class, () -> ChecksValidation.require(lake, spec.checks()));
    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error.remedy()).contains("docs/checks-reference.md");
    List<String> lines = error.getMessage().lines().toList();
    Path file = folder.resolve("checks.yml");
    assertThat(lines.get(0)).isEqualTo("Invalid checks file " + file + ": 25 problems");
    String rules = "tables.silver.orders.rules.";
    String checks = "tables.silver.orders.checks.";
    assertThat(lines.subList(1, lines.size()))
        .map(line -> line.replace(file + ":", ""))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("4:10: " + rules + "a.rule: 'totl_amount' is not a column")
                    .contains("did you mean 'total_amount'? there are: order_id, user_id,")
                    .doesNotContain(SilverColumns.POSITION),
            line ->
                assertThat(line)
                    .startsWith("4:10: " + rules + "a.rule: 'statsu' is not")
                    .contains("did you mean 'status'?"),
            line ->
                assertThat(line)
                    .startsWith("5:10: " + rules + "b.rule: there is no function 'upperr'")
                    .contains("did you mean 'upper'?"),
            line ->
                assertThat(line)
                    .startsWith("6:10: ")
                    .contains("Syntax error at or near end of input (line 1,"),
            line -> assertThat(line).startsWith("7:10: ").contains("more than one row: 'sum'"),
            line -> assertThat(line).startsWith("8:10: ").contains("looks at other tables"),
            line -> assertThat(line).startsWith("9:10: ").contains("the same of a row each time"),
            line -> assertThat(line).startsWith("10:10: ").contains("the same of a row each time"),
            line ->
                assertThat(line)
                    .startsWith("11:10: ")
                    .contains("h.rule: 'status': it is a value of type STRING, not a predicate")
                    .contains("(correct it"),
            line -> assertThat(line).startsWith("12:10: ").contains("'_position' is not a column"),
            line -> assertThat(line).startsWith("13:10: ").contains("'row_number'"),
            line -> assertThat(line).startsWith("14:10: ").contains("names no column"),
            line -> assertThat(line).startsWith("15:10: ").contains("holds a comment"),
            line -> assertThat(line).startsWith("16:10: ").contains("DATE"),
            line ->
                assertThat(line)
                    .startsWith("18:31: " + checks + "n.column: 'status' is STRING, and mean is")
                    .contains("of a numeric column"),
            line -> assertThat(line).startsWith("19:39: ").contains("did you mean 'email'?"),
            line -> assertThat(line).contains("p.column: 'status' is STRING, and freshness"),
            line -> assertThat(line).contains("q.where: 'stats' is not a column"),
            line -> assertThat(line).contains("r.their-columns: 'status' is STRING, and 'id' of"),
            line -> assertThat(line).contains("s.their-columns: 'uid' is not a column"),
            line -> assertThat(line).contains("t.values: 'one' is no value that 'order_id' can"),
            line -> assertThat(line).startsWith("25:43: ").contains("u.types.order_id: 'bigitn'"),
            line -> assertThat(line).contains("v.columns: 'tags' is MAP<STRING, STRING>"),
            line -> assertThat(line).contains("w.rule: 'length(status)': ", "is not a boolean"),
            line -> assertThat(line).contains("gold.revenue.checks.x.column: 'revenu' is not"));
  }

  @Test
  void everyProblemOfCorrectionsIsReportedAtOnceWithItsPlace() throws IOException {
    PipelineSpec spec =
        spec(
            """
            tables:
              silver.orders:
                corrections:
                  emial: lower(email)
                  order_id: abs(order_id)
                  tags: map('a', 'b')
                  status: upperr(status)
                  email: concat(email, now())
                  total_amount: date '2020-01-01' + total_amount
                  paid: max(paid)
                  updated_at: "true"
                  user_id: paid OR updated_at
              silver.later:
                corrections: {a: abs(, b: upper(a)}
            """);
    assertThat(ChecksValidation.findings(lake, spec.checks()))
        .filteredOn(finding -> finding.kind() == ChecksFinding.Kind.PROBLEM)
        .map(finding -> finding.at() + " " + finding.what() + " (" + finding.remedy())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("4:14 tables.silver.orders.corrections.emial: 'emial' is not a")
                    .contains("did you mean 'email'?"),
            line -> assertThat(line).startsWith("5:17 ").contains("part of the key"),
            line -> assertThat(line).startsWith("6:13 ").contains("no text keeps such a value"),
            line -> assertThat(line).startsWith("7:15 ").contains("did you mean 'upper'?"),
            line -> assertThat(line).startsWith("8:14 ").contains("the same of a row each time"),
            line -> assertThat(line).startsWith("9:21 ").contains("DECIMAL(12,2)"),
            line -> assertThat(line).startsWith("10:13 ").contains("more than one row: 'max'"),
            line -> assertThat(line).startsWith("11:19 ").contains("BOOLEAN"),
            line -> assertThat(line).startsWith("12:16 "),
            line -> assertThat(line).startsWith("14:22 ").contains("Syntax error"));
  }

  @Test
  void ofTablesThatDoNotExistTheGrammarIsChecked() throws IOException {
    PipelineSpec spec =
        spec(
            """
            tables:
              silver.later:
                rules:
                  fine: anything > 0
                  broken: anything >
                  unknown: uper(a) = 'A'
                  whole: max(a) > 1
                checks:
                  c: {type: mean, column: anything, at-least: 0}
                  d: {type: references, columns: a, table: silver.other, their-columns: b}
              silver.user: {}
            """);
    assertThat(ChecksValidation.findings(lake, spec.checks()))
        .map(finding -> finding.kind() + " " + finding.at() + " " + finding.what())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("NOT_YET 2:3 tables.silver.later: silver.later does not exist yet"),
            line -> assertThat(line).startsWith("PROBLEM 5:15 tables.silver.later.rules.broken"),
            line -> assertThat(line).startsWith("PROBLEM 6:16 ").contains("no function 'uper'"),
            line -> assertThat(line).startsWith("PROBLEM 7:14 ").contains("more than one row"),
            line ->
                assertThat(line)
                    .startsWith("NOT_YET 10:48 ")
                    .endsWith("checks.d.table: silver.other does not exist yet"),
            line -> assertThat(line).startsWith("WARNING 11:3 tables.silver.user: "));
  }

  @Test
  void rulesThatSeeMasksAreTold() throws IOException {
    PipelineSpec spec =
        spec(
            """
            tables:
              silver.orders:
                rules: {mail: email LIKE '%@%'}
                corrections: {status: "concat(status, email)"}
                checks:
                  there: {type: completeness, column: email}
                  form: {type: pattern, column: email, format: email}
            """);
    assertThat(ChecksValidation.findings(lake, spec))
        .map(finding -> finding.kind() + " " + finding.at() + " " + finding.what())
        .containsExactly(
            "WARNING 3:19 tables.silver.orders.rules.mail: 'email' is masked with hash",
            "WARNING 4:27 tables.silver.orders.corrections.status: 'email' is masked with hash",
            "WARNING 7:7 tables.silver.orders.checks.form: 'email' is masked with hash");
  }

  private static PipelineSpec spec(String checks) throws IOException {
    Files.writeString(folder.resolve("checks.yml"), checks);
    Files.writeString(folder.resolve("revenue.sql"), "SELECT 1 AS day");
    String mask = checks.contains("there:") ? "{mask: {mail: hash}, rename: {mail: email}}" : "{}";
    Path pipeline =
        Files.writeString(
            folder.resolve("shop.yml"),
            """
            pipeline: shop
            lake: /lake
            source: {type: files, path: /events}
            masking: {keys: {k1: 0123456789abcdef0123456789abcdef}}
            tables: {orders: %s}
            gold: {revenue: {sql: revenue.sql, key: day}}
            checks: checks.yml
            """
                .formatted(mask));
    return PipelineFile.read(pipeline, Map.of());
  }
}
