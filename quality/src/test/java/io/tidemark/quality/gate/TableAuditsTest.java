package io.tidemark.quality.gate;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.ManualClock;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** When tables are judged, by this process and by the next one. */
@ExtendWith(SharedSpark.class)
class TableAuditsTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final TableRef ITEMS = new TableRef(Layer.SILVER, "items");
  private static final TableRef MISSING = new TableRef(Layer.SILVER, "missing");
  private static final Subject SIZE = new Subject.Size();

  private final ManualClock clock = new ManualClock();
  private final List<StepRecord> steps = new ArrayList<>();
  private final List<TableRef> judged = new ArrayList<>();
  private Lake lake;
  private Path folder;
  private Verdict says = Verdict.PASS;

  @BeforeEach
  void openLake(SparkSession spark, @TempDir Path folder) {
    this.folder = folder;
    this.lake = Lake.at(spark, folder.resolve("lake").toString());
    append("orders");
    append("items");
  }

  private void append(String name) {
    LakeTable table = lake.silver(name);
    table.create(TableDefinition.log(lake.spark().range(1).toDF().schema()));
    table.append(lake.spark().range(1).toDF(), List.of());
  }

  private static CheckedTable checked(TableRef table, Subject... subjects) {
    List<DatasetCheck> checks = new ArrayList<>();
    for (Subject subject : subjects) {
      checks.add(
          new DatasetCheck(
              subject.getClass().getSimpleName(),
              subject,
              new Bounds(Optional.of(1.0), Optional.empty(), 0),
              Optional.empty(),
              Optional.empty(),
              Severity.ERROR,
              Dimension.COMPLETENESS));
    }
    return new CheckedTable(table, Optional.empty(), RowRules.NONE, checks);
  }

  private static Subject references(TableRef other) {
    return new Subject.References(List.of("id"), other, List.of("id"));
  }

  private TableVerdict verdict(TableRef table) {
    judged.add(table);
    clock.advance(Duration.ofMillis(1));
    CheckResult result =
        new CheckResult(
            table,
            "Size",
            Dimension.COMPLETENESS,
            Severity.ERROR,
            says,
            OptionalDouble.of(0),
            "at least 1",
            "");
    return new TableVerdict(
        table, lake.table(table).version(), 1, clock.instant(), List.of(result));
  }

  /** What a process that starts now would judge with. */
  private TableAudits process(Judge judge, CheckedTable... tables) {
    Map<TableRef, CheckedTable> declared = new LinkedHashMap<>();
    for (CheckedTable table : tables) {
      declared.put(table.table(), table);
    }
    RunContext context = new RunContext("run-1", "shop", clock, new StopSignal(), steps::add);
    return new TableAudits(
        spec(new ChecksSpec(Optional.empty(), declared)),
        lake,
        context,
        new RunLog(lake.spark(), lake.runs()),
        judge);
  }

  private TableAudits process(CheckedTable... tables) {
    return process(wanted -> wanted.stream().map(this::verdict).toList(), tables);
  }

  private PipelineSpec spec(ChecksSpec checks) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("shop.yml"),
              "pipeline: shop\nlake: %s\nsource: {type: files, path: /events}\n".formatted(lake));
      return PipelineFile.read(file, Map.of()).withChecks(checks);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<TableRef> due(TableAudits audits) {
    judged.clear();
    audits.runDue();
    return List.copyOf(judged);
  }

  @Test
  void tablesAreJudgedWhenWhatTheyDependOnHasChanged() {
    CheckedTable orders = checked(ORDERS, SIZE);
    CheckedTable items = checked(ITEMS, references(ORDERS));
    TableAudits audits = process(orders, items, checked(MISSING, SIZE));
    assertThat(due(audits)).containsExactly(ORDERS, ITEMS);
    assertThat(due(audits)).isEmpty();
    assertThat(due(process(orders, items))).as("the lake remembers").isEmpty();

    append("items");
    assertThat(due(audits)).containsExactly(ITEMS);
    append("orders");
    assertThat(due(audits)).as("items refer to orders").containsExactly(ORDERS, ITEMS);
    assertThat(audits.areAgeing()).isFalse();
    assertThat(due(process(checked(ORDERS, SIZE, references(ITEMS)), items)))
        .as("declared anew")
        .containsExactly(ORDERS);
    CheckedTable fresh = checked(ORDERS, new Subject.Freshness("id"));
    TableAudits ageing = process(fresh);
    assertThat(due(ageing)).containsExactly(ORDERS);
    assertThat(ageing.areAgeing()).isTrue();
    assertThat(due(ageing)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(due(ageing)).as("time alone makes it bad").containsExactly(ORDERS);
  }

  @Test
  void aBadTableStaysBadUntilItIsSeenToBeGood() {
    CheckedTable orders = checked(ORDERS, SIZE);
    says = Verdict.FAIL;
    TableAudits first = process(orders);

    due(first);

    assertThat(steps.get(0).outcome()).isEqualTo(ExitCode.QUALITY);
    assertThat(steps.get(0).error()).contains("Size: 0, expected at least 1");
    assertThat(steps.get(0).table()).isEqualTo("silver.orders");
    assertThat(first.bad().reason(ORDERS)).contains("Size: 0, expected at least 1");
    assertThat(due(first)).as("not in each pass").isEmpty();
    TableAudits next = process(orders);
    assertThat(next.bad().reason(ORDERS)).as("although nobody looked yet").isPresent();
    says = Verdict.PASS;
    assertThat(due(next)).as("something else may have been corrected").containsExactly(ORDERS);
    assertThat(next.bad().reasons()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(due(first)).containsExactly(ORDERS);
    assertThat(first.bad().reasons()).isEmpty();
  }

  @Test
  void whatCouldNotBeJudgedIsNotGood() {
    TableAudits audits =
        process(
            tables -> {
              throw Errors.unavailable("no answer", "wait", null);
            },
            checked(ORDERS, SIZE));

    assertThat(audits.runDue()).isEmpty();

    assertThat(steps.get(0).outcome()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(audits.bad().reason(ORDERS))
        .contains("its checks could not be looked at: no answer");
    assertThat(due(process(checked(ORDERS, SIZE)))).containsExactly(ORDERS);
  }
}
