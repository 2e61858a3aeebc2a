package io.tidemark.quality.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
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
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.AlertsSpec;
import io.tidemark.core.spec.DatabaseSpec;
import io.tidemark.core.spec.FileFeed;
import io.tidemark.core.spec.MaskingSpec;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.ReportsSpec;
import io.tidemark.core.spec.Share;
import io.tidemark.core.spec.SourceFormat;
import io.tidemark.core.spec.SourceSpec;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.core.table.TableDefinition.Feature;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake whose tables have checks. */
final class CheckedLake {
  static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z"); // A Monday.

  final Lake lake;
  final List<Reading> readings = new ArrayList<>();
  private final Path folder;
  private final Map<TableRef, CheckedTable> declared = new LinkedHashMap<>();
  private DatabaseSpec database = DatabaseSpec.NONE;
  private Instant now = NOW;

  CheckedLake(Path folder) {
    this.folder = folder;
    this.lake = Lake.at(SharedSpark.session(), folder.toString());
  }

  static TableRef silver(String name) {
    return new TableRef(Layer.SILVER, name);
  }

  static TableRef gold(String name) {
    return new TableRef(Layer.GOLD, name);
  }

  CheckedLake at(Instant time) {
    now = time;
    return this;
  }

  CheckedLake reading(DatabaseSpec source) {
    database = source;
    return this;
  }

  CheckedLake declare(TableRef table, DatasetCheck... checks) {
    return declare(table, new RowRules(List.of(), OnQuarantine.KEEP_LAST_GOOD), checks);
  }

  CheckedLake declare(TableRef table, RowRules rules, DatasetCheck... checks) {
    declared.put(table, new CheckedTable(table, Optional.empty(), rules, List.of(checks)));
    return this;
  }

  /** Rows of a query, as one file. */
  Dataset<Row> rows(String sql) {
    return lake.spark().sql(sql).coalesce(1);
  }

  /** A table with the rows of a query. */
  LakeTable table(TableRef ref, String sql) {
    LakeTable table = empty(ref, sql);
    table.append(rows(sql), List.of());
    return table;
  }

  /** A table with the columns of a query. */
  LakeTable empty(TableRef ref, String sql) {
    LakeTable table = lake.table(ref);
    table.create(
        new TableDefinition(
            rows(sql).schema().asNullable(), List.of(), Map.of(), Feature.MERGE_TARGET));
    return table;
  }

  /** Only measures the rows of a table, without states and history. */
  TableMeasures measures(TableRef table) {
    TableMeasures measures =
        new TableMeasures(spec(), lake, table, lake.table(table).read(), Optional.empty(), now);
    measures.measure(declared.get(table));
    return measures;
  }

  TableVerdict run(TableRef table) {
    return job().run(List.of(table)).get(0);
  }

  Map<String, CheckResult> results(TableRef table) {
    return byName(run(table));
  }

  static Map<String, CheckResult> byName(TableVerdict verdict) {
    Map<String, CheckResult> results = new LinkedHashMap<>();
    verdict.results().forEach(result -> results.put(result.check(), result));
    return results;
  }

  ChecksJob job() {
    RunContext context =
        new RunContext(
            "run-1", "shop", Clock.fixed(now, ZoneOffset.UTC), new StopSignal(), step -> {});
    return new ChecksJob(spec(), lake, context, readings::add);
  }

  private PipelineSpec spec() {
    SourceSpec source =
        new SourceSpec(
            new FileFeed(folder + "/events", 1),
            SourceFormat.DEBEZIUM_JSON,
            Optional.empty(),
            UnavailableValue.DEFAULT_PLACEHOLDER,
            Duration.ofSeconds(1),
            Redaction.NONE);
    return new PipelineSpec(
        "shop",
        folder.toString(),
        source,
        Map.of(),
        Map.of(),
        Duration.ofSeconds(1),
        new Share(BigDecimal.ZERO),
        1,
        folder.resolve("shop.yml"),
        MaskingSpec.NONE,
        database,
        new ChecksSpec(Optional.of(folder.resolve("checks.yml")), declared),
        AlertsSpec.NONE,
        ReportsSpec.DEFAULT,
        Redaction.NONE);
  }

  /** A check of severity error that expects at least so much. */
  static DatasetCheck check(String name, Subject subject, double atLeast) {
    return check(name, subject, new Bounds(Optional.of(atLeast), Optional.empty(), 0));
  }

  static DatasetCheck check(String name, Subject subject, Bounds bounds) {
    return new DatasetCheck(
        name,
        subject,
        bounds,
        Optional.empty(),
        Optional.empty(),
        Severity.ERROR,
        Dimension.VALIDITY);
  }

  static DatasetCheck where(DatasetCheck check, String condition) {
    return new DatasetCheck(
        check.name(),
        check.subject(),
        check.bounds(),
        check.anomaly(),
        Optional.of(condition),
        check.severity(),
        check.dimension());
  }

  static DatasetCheck compared(String name, Subject subject, Anomaly anomaly) {
    return new DatasetCheck(
        name,
        subject,
        new Bounds(Optional.empty(), Optional.empty(), 0),
        Optional.of(anomaly),
        Optional.empty(),
        Severity.ERROR,
        Dimension.ACCURACY);
  }

  static RowRule rule(String name, String condition, RowRule.Action action) {
    return new RowRule(name, condition, action, Dimension.VALIDITY);
  }
}
