package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.ManualClock;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.run.VerdictDetail;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marts are judged before anybody sees them. */
class GoldGateTest {
  private static final GoldSpec REVENUE =
      mart("revenue", "select id, amount as `sum in %` from silver.orders", "id");
  private static final GoldSpec PEOPLE = mart("people", "select id, name from silver.users", "id");
  private static final TableRef REVENUE_TABLE = new TableRef(Layer.GOLD, "revenue");

  /** Wants no row of revenue to be above a limit; counts how often it is asked. */
  private static final class Limit implements Gate {
    private final int limit;
    private final Severity severity;
    private int asked;

    Limit(int limit, Severity severity) {
      this.limit = limit;
      this.severity = severity;
    }

    @Override
    public TableVerdict judge(TableRef table, Dataset<Row> candidate) {
      asked++;
      assertThat(table).isEqualTo(REVENUE_TABLE);
      int found = candidate.selectExpr("max(`sum in %`)").head().getInt(0);
      Verdict bad = severity == Severity.ERROR ? Verdict.FAIL : Verdict.WARN;
      CheckResult result =
          new CheckResult(
              table,
              "plausible",
              Dimension.VALIDITY,
              severity,
              found > limit ? bad : Verdict.PASS,
              OptionalDouble.of(found),
              "at most " + limit,
              "");
      return new TableVerdict(table, -1, candidate.count(), TestLake.NOW, List.of(result));
    }
  }

  private final ManualClock clock = new ManualClock(TestLake.NOW);
  private TestLake lake;

  @BeforeEach
  void openLake(@TempDir Path folder) {
    lake = new TestLake(folder);
    SparkSession spark = lake.lake().spark();
    for (String layer : List.of("bronze", "silver", "gold", "tidemark", "tombstones")) {
      spark.sql("DROP DATABASE IF EXISTS " + layer + " CASCADE");
    }
  }

  private static GoldSpec mart(String name, String sql, String... key) {
    return new GoldSpec(name, Path.of(name + ".sql"), sql, List.of(key), Redaction.NONE);
  }

  private static ChecksSpec checks(double limit) {
    DatasetCheck check =
        new DatasetCheck(
            "plausible",
            new Subject.Maximum("sum in %"),
            new Bounds(Optional.empty(), Optional.of(limit), 0),
            Optional.empty(),
            Optional.empty(),
            Severity.ERROR,
            Dimension.VALIDITY);
    return new ChecksSpec(
        Optional.empty(),
        Map.of(
            REVENUE_TABLE,
            new CheckedTable(REVENUE_TABLE, Optional.empty(), RowRules.NONE, List.of(check))));
  }

  private GoldJob job(Gate gate, ChecksSpec checks, GoldSpec... marts) {
    RunContext context =
        new RunContext("run-1", TestLake.PIPELINE, clock, new StopSignal(), step -> {});
    return lake.gold(context, gate, checks, marts);
  }

  /** Silver as a merge would leave it; rows are SQL. */
  private void silver(String name, String rows) {
    Dataset<Row> data = lake.lake().spark().sql("select * from values " + rows);
    LakeTable table = lake.lake().silver(name);
    table.create(TableDefinition.log(data.schema()));
    table.replace(data, List.of());
  }

  private void orders(String rows) {
    silver("orders", rows + " as t(id, amount)");
  }

  private List<String> revenue() {
    return TestLake.texts(lake.lake().gold("revenue").read());
  }

  private static StepRecord only(MergeOutcome outcome) {
    assertThat(outcome.steps()).hasSize(1);
    return outcome.steps().get(0);
  }

  private static MergeOutcome pass(GoldJob job) {
    return job.run(BadTables.NONE);
  }

  @Test
  void readersSeeTheLastGoodVersionUntilTheNextGoodOne() {
    Limit gate = new Limit(100, Severity.ERROR);
    GoldJob job = job(gate, checks(100), REVENUE);
    orders("(1, 500)");

    StepRecord first = only(pass(job));

    assertThat(first.outcome()).isEqualTo(ExitCode.QUALITY);
    assertThat(lake.lake().goldTables()).as("not even empty").isEmpty();

    orders("(1, 50)");
    assertThat(pass(job).failures()).isEmpty();
    assertThat(lake.lake().gold("revenue").version()).as("created with its rows").isZero();
    assertThat(revenue()).containsExactly("1|50");
    orders("(1, 50), (2, 170)");
    StepRecord rejected = only(pass(job));

    assertThat(rejected.error())
        .contains(
            "Cannot publish mart 'revenue': its checks fail: plausible: 170, expected at most 100");
    assertThat(rejected.detail())
        .contains("last good version")
        .contains("tidemark quality --layer gold --table revenue --pipeline ");
    assertThat(revenue()).containsExactly("1|50");
    assertThat(job.isBehind()).isTrue();

    int asked = gate.asked;
    assertThat(pass(job).steps()).as("nothing it reads has changed").isEmpty();
    assertThat(gate.asked).isEqualTo(asked);
    clock.advance(Duration.ofMinutes(10));
    assertThat(pass(job).failures()).as("tried again after a while").hasSize(1);
    assertThat(pass(job(gate, checks(100), REVENUE)).failures())
        .as("tried again by the next process")
        .hasSize(1);

    orders("(1, 50), (2, 70)");
    assertThat(pass(job).failures()).isEmpty();
    assertThat(revenue()).containsExactly("1|50", "2|70");
    assertThat(job.isBehind()).isFalse();
  }

  @Test
  void otherChecksJudgeAgainAndAWarningPublishes() {
    orders("(1, 170)");
    pass(job(new Limit(200, Severity.ERROR), checks(200), REVENUE));
    assertThat(revenue()).containsExactly("1|170");
    Limit strict = new Limit(100, Severity.ERROR);
    assertThat(only(pass(job(strict, checks(100), REVENUE))).outcome()).isEqualTo(ExitCode.QUALITY);
    assertThat(revenue()).as("what was good stays").containsExactly("1|170");

    StepRecord warned = only(pass(job(new Limit(99, Severity.WARN), checks(99), REVENUE)));

    assertThat(warned.outcome()).isEqualTo(ExitCode.DONE);
    VerdictDetail detail = VerdictDetail.parse(warned.detail()).orElseThrow();
    assertThat(detail.verdict()).contains(Verdict.WARN);
    assertThat(detail.warnings()).containsExactly("plausible: 170, expected at most 99");
    Limit lenient = new Limit(200, Severity.ERROR);
    assertThat(pass(job(lenient, checks(200), REVENUE)).steps()).as("came back").hasSize(1);
    assertThat(pass(job(lenient, checks(200), REVENUE)).steps()).isEmpty();
    assertThat(pass(job(Gate.OPEN, ChecksSpec.NONE, REVENUE)).steps())
        .as("another declaration, too")
        .hasSize(1);
    assertThat(pass(job(Gate.OPEN, ChecksSpec.NONE, REVENUE)).steps()).isEmpty();
  }

  @Test
  void aBadTableHoldsTheMartsThatReadItAndNoOther() {
    orders("(1, 50)");
    silver("users", "(1, 'Ada') as t(id, name)");
    GoldJob job = job(Gate.OPEN, ChecksSpec.NONE, REVENUE, PEOPLE);
    BadTables bad =
        new BadTables(
            Map.of(new TableRef(Layer.SILVER, "orders"), "rows: 1, expected at least 10"));

    MergeOutcome held = job.run(bad);

    assertThat(held.steps()).hasSize(2);
    assertThat(TestLake.texts(lake.lake().gold("people").read())).containsExactly("1|Ada");
    assertThat(lake.lake().gold("revenue").exists()).isFalse();
    StepRecord failure = held.failures().get(0);
    assertThat(failure.outcome()).isEqualTo(ExitCode.QUALITY);
    assertThat(failure.error())
        .contains(
            "Cannot refresh mart 'revenue': checks of silver.orders fail: rows: 1, expected at least 10");
    assertThat(failure.detail()).contains("tidemark quality --layer silver --table orders");
    assertThat(job.run(bad).steps()).as("told once").isEmpty();
    assertThat(pass(job).failures()).isEmpty();
    assertThat(revenue()).as("good again, without a change").containsExactly("1|50");
    assertThat(job.run(bad).steps()).as("what is published is not held").isEmpty();
  }
}
