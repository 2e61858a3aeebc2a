package io.tidemark.cli.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.ReportsSpec;
import io.tidemark.core.spec.checks.CheckType;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.core.table.TableDefinition.Feature;
import io.tidemark.quality.checks.ChecksJob;
import io.tidemark.quality.checks.ChecksValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/quality.md are run, and there is one of every check. */
class QualityPageTest {
  private static final Path PAGE = Path.of(System.getProperty("tidemark.home"), "docs/quality.md");
  private static final String SOURCE = "jdbc:h2:mem:quality;DB_CLOSE_DELAY=-1";
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final String ROWS =
      """
      SELECT cast(id AS bigint) AS id, cast(user AS bigint) AS user_id,
          cast(total AS decimal(10,2)) AS total, cast(total / 10 AS decimal(10,2)) AS tax,
          status, email, coupon, timestamp '2026-03-02 11:30:00' AS updated_at
        FROM VALUES (1, 1, 10, 'paid', 'a@example.com', 'C1'), (2, 1, 50, 'paid', 'a@example.com', 'C22'),
          (3, 2, 20, 'open', 'b@example.com', NULL), (4, 2, 5, 'open', 'b@example.com', 'C4')
          AS t(id, user, total, status, email, coupon)
      """;

  @TempDir private Path folder;

  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher yaml =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    while (yaml.find()) {
      examples.add(yaml.group(1));
    }
    return examples;
  }

  private PipelineSpec pipeline() throws IOException {
    Files.writeString(folder.resolve("checks.yml"), examples().get(0));
    Path file =
        Files.writeString(
            folder.resolve("shop.yml"),
            """
            pipeline: shop
            lake: %s
            source: {type: files, path: events}
            database: {url: '%s', user: sa, password: ''}
            tables: {orders: {source: PUBLIC.ORDERS}, users: {}}
            checks: checks.yml
            """
                .formatted(folder.resolve("lake"), SOURCE));
    return PipelineFile.read(file, Map.of());
  }

  @Test
  void everyCheckIsShownAndPassesOnTheRowsItIsMeantFor() throws IOException, SQLException {
    PipelineSpec spec = pipeline();
    assertThat(spec.checks().of(ORDERS).orElseThrow().checks())
        .extracting(DatasetCheck::subject)
        .extracting(CheckType::of)
        .contains(CheckType.values());
    Lake lake = Lake.at(SharedSpark.session(), spec.lake());
    table(lake, ORDERS, lake.spark().sql(ROWS).filter("id < 4"));
    table(
        lake,
        new TableRef(Layer.SILVER, "users"),
        lake.spark().sql("SELECT cast(id AS bigint) AS id FROM VALUES (1), (2) AS t(id)"));
    ChecksValidation.require(lake, spec.checks());
    try (Connection source = DriverManager.getConnection(SOURCE, "sa", "");
        Statement statement = source.createStatement()) {
      statement.execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
      statement.execute("INSERT INTO orders SELECT x FROM system_range(1, 4)");
      judge(spec, lake, "run-1", NOW.minus(Duration.ofDays(1)));
      lake.table(ORDERS).append(lake.spark().sql(ROWS).filter("id = 4").coalesce(1), List.of());
      TableVerdict verdict = judge(spec, lake, "run-2", NOW);
      assertThat(verdict.results())
          .filteredOn(result -> result.verdict() != Verdict.PASS)
          .extracting(CheckResult::check)
          .as("what needs a longer history")
          .containsExactlyInAnyOrder("revenue_by_weekday", "revenue_three_sigma");
      assertThat(verdict.verdict()).isEqualTo(Verdict.NOT_YET);
    }
  }

  private static TableVerdict judge(PipelineSpec spec, Lake lake, String run, Instant at) {
    RunContext context =
        new RunContext(
            run, spec.name(), Clock.fixed(at, ZoneOffset.UTC), new StopSignal(), step -> {});
    return new ChecksJob(spec, lake, context).run(List.of(ORDERS)).get(0);
  }

  private static void table(Lake lake, TableRef ref, Dataset<Row> rows) {
    LakeTable table = lake.table(ref);
    table.create(
        new TableDefinition(rows.schema().asNullable(), List.of(), Map.of(), Feature.MERGE_TARGET));
    table.append(rows.coalesce(1), List.of());
  }

  @Test
  void whatThePageDeclaresInAPipelineFileCanBeDeclared() throws IOException {
    Path secret = Files.writeString(folder.resolve("slack"), "https://hooks.example.com/T/B/X");
    Path file =
        Files.writeString(
            folder.resolve("alerts.yml"),
            "pipeline: shop\nlake: lake\nsource: {type: files, path: events}\n"
                + String.join("", examples().subList(1, 3))
                    .replace("/run/secrets/slack", secret.toString()));
    PipelineSpec spec = PipelineFile.read(file, Map.of());
    assertThat(spec.alerts().channels()).containsOnlyKeys("chat", "team", "pager", "log");
    assertThat(spec.reports()).isEqualTo(ReportsSpec.DEFAULT);
  }
}
