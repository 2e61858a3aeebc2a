package io.tidemark.merge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.AlertsSpec;
import io.tidemark.core.spec.DatabaseSpec;
import io.tidemark.core.spec.FileFeed;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.MaskingSpec;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.ReportsSpec;
import io.tidemark.core.spec.Share;
import io.tidemark.core.spec.SourceFormat;
import io.tidemark.core.spec.SourceSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.GoldJob;
import io.tidemark.merge.MergeJob;
import io.tidemark.merge.MergeOutcome;
import io.tidemark.merge.rebuild.TableRebuild;
import io.tidemark.merge.silver.SchemaReport;
import io.tidemark.merge.silver.TableMerge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake in a folder, fed by hand and merged by the jobs under test. */
public final class TestLake {
  public static final String PIPELINE = "shop";

  /** When everything is applied. */
  public static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");

  private final Path folder;
  private final Lake lake;
  private final BronzeLog log;
  private final Map<String, TableSpec> tables = new LinkedHashMap<>();

  /** A lake in a folder, new or not. */
  public TestLake(Path folder) {
    this.folder = folder;
    this.lake = Lake.at(SharedSpark.session(), folder.toString());
    this.log = new BronzeLog(lake, PIPELINE);
  }

  /** Says in the pipeline file what is special about a table, as lines of YAML. */
  public TestLake declare(String table, String... settings) {
    tables.put(table, TableText.read(table, settings));
    return this;
  }

  /** Says in the checks file what must be true of each row of a table: names and predicates. */
  public TestLake rules(String table, OnQuarantine shown, RowRule... rules) {
    tables.put(table, table(table).withRules(new RowRules(List.of(rules), shown)));
    return this;
  }

  /** Says in the checks file what corrects a table's columns, beside its rules. */
  public TestLake corrections(String table, Map<String, String> corrections) {
    RowRules known = table(table).rules();
    RowRules all = new RowRules(known.rules(), known.onQuarantine(), corrections);
    tables.put(table, table(table).withRules(all));
    return this;
  }

  public Lake lake() {
    return lake;
  }

  /** Lands changes in one bronze commit. */
  public TestLake land(String table, Change... changes) {
    log.land(table, Arrays.asList(changes));
    return this;
  }

  /** Lands changes in one bronze commit. */
  public TestLake land(String table, List<Change> changes) {
    log.land(table, changes);
    return this;
  }

  /** What all steps of a run share. */
  public static RunContext context() {
    return new RunContext(
        "run-1", PIPELINE, Clock.fixed(NOW, ZoneOffset.UTC), new StopSignal(), step -> {});
  }

  /** What the pipeline file says of a table. */
  public TableSpec table(String table) {
    return spec(List.of()).table(table);
  }

  /** One pass over one table, in a session of its own; empty if there was nothing to do. */
  public Optional<StepRecord> pass(String table) {
    return new TableMerge(
            lake.with(SparkSessions.forTable(lake.spark())),
            table(table),
            UnavailableValue.standard(),
            context())
        .run(TableMerge.Past.UNKNOWN);
  }

  /** Merges what has landed of one table, and checks that all its rows are accounted for. */
  public StepRecord merge(String table) {
    StepRecord step = pass(table).orElseThrow(() -> new AssertionError("nothing was merged"));
    assertThat(step.counts().unaccounted()).as("rows unaccounted for: %s", step).isZero();
    return step;
  }

  /** Merges all tables with the job that the command runs. */
  public MergeOutcome mergeAll() {
    return new MergeJob(spec(List.of()), lake, context(), runs()).run();
  }

  /** Merges all tables as a pipeline file with this section {@code tables} says. */
  public MergeOutcome mergeAs(String tables) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("tables.yml"),
              "pipeline: %s\nlake: %s\n".formatted(PIPELINE, folder)
                  + "source: {type: debezium, bootstrap-servers: '127.0.0.1:1', topics: 'shop.*'}\n"
                  + "tables:\n"
                  + tables.indent(2));
      return new MergeJob(PipelineFile.read(file, Map.of()), lake, context(), runs()).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds a table's layers anew from bronze, as the command does. */
  public List<StepRecord> rebuild(String table) {
    TableRebuild rebuild = rebuilding(table, context(), line -> {});
    List<StepRecord> steps = rebuild.run(rebuild.layers(), false);
    assertThat(steps).allSatisfy(step -> assertThat(step.counts().unaccounted()).isZero());
    return steps;
  }

  /** A rebuild of a table as its settings are now. */
  public TableRebuild rebuilding(String table, RunContext context, Consumer<String> progress) {
    return new TableRebuild(spec(List.of()), lake, table, context, progress);
  }

  /** Refreshes marts with the job that the command runs. */
  public MergeOutcome refresh(GoldSpec... marts) {
    return gold(context(), Gate.OPEN, ChecksSpec.NONE, marts).run(BadTables.NONE);
  }

  /** The job that the command runs, for marts with checks. */
  public GoldJob gold(RunContext context, Gate gate, ChecksSpec checks, GoldSpec... marts) {
    return new GoldJob(spec(List.of(marts), checks), lake, context, runs(), gate);
  }

  /** What the schema verb tells about a table. */
  public SchemaReport schemas(String table) {
    return SchemaReport.of(spec(List.of()), lake, table);
  }

  private RunLog runs() {
    return new RunLog(lake.spark(), lake.runs());
  }

  private PipelineSpec spec(List<GoldSpec> marts) {
    return spec(marts, ChecksSpec.NONE);
  }

  private PipelineSpec spec(List<GoldSpec> marts, ChecksSpec checks) {
    Map<String, GoldSpec> gold = new LinkedHashMap<>();
    marts.forEach(mart -> gold.put(mart.name(), mart));
    SourceSpec source =
        new SourceSpec(
            new FileFeed(folder + "/events", 1),
            SourceFormat.DEBEZIUM_JSON,
            Optional.empty(),
            UnavailableValue.DEFAULT_PLACEHOLDER,
            Duration.ofSeconds(1),
            Redaction.NONE);
    return new PipelineSpec(
        PIPELINE,
        folder.toString(),
        source,
        tables,
        gold,
        Duration.ofSeconds(1),
        new Share(BigDecimal.ZERO),
        3,
        folder.resolve("shop.yml"),
        MaskingSpec.NONE,
        DatabaseSpec.NONE,
        checks,
        AlertsSpec.NONE,
        ReportsSpec.DEFAULT,
        Redaction.NONE);
  }

  /** The business columns of a table's current rows, joined by bars, sorted as text. */
  public List<String> rows(String table) {
    return texts(
        lake.silver(table)
            .read()
            .drop(SilverColumns.ALL.toArray(String[]::new))
            .drop(SilverColumns.FILLED_FROM));
  }

  /** Rows joined by bars, sorted as text. */
  public static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString("|")).sorted().toList();
  }

  /** The bronze version that silver has applied. */
  public long applied(String table) {
    return lake.silver(table).token(TableMerge.tokenName(PIPELINE, lake.bronze(table)));
  }

  /** Reason and message of what a table's quarantine holds. */
  public List<String> quarantined(String table) {
    LakeTable quarantine = lake.quarantine(table);
    return quarantine.exists()
        ? texts(quarantine.read().select("reason", "message", "key", "after"))
        : List.of();
  }
}
