package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableFiles;
import io.tidemark.quality.deequ.Ask;
import io.tidemark.quality.metrics.MetricPoint;
import io.tidemark.quality.metrics.MetricsLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges tables by the pipeline's checks file, and keeps what it measured.
 *
 * <p>What is defined for the bare cases:
 *
 * <ul>
 *   <li>a table that does not exist: every check and rule is {@code NOT_YET};
 *   <li>no row, or none that the check's {@code where} lets through, or a column that is NULL in
 *       all of them: {@code NOT_YET}, but for a size (0) and a completeness of rows without values
 *       (0), which are judged;
 *   <li>an anomaly rule with too few earlier values, such as at the first run: {@code NOT_YET}; its
 *       value is kept and counts for later ones;
 *   <li>a measure that is no number, such as the correlation with a column of one value: broken;
 *   <li>a check or rule that throws: {@code FAIL} with the reason, whatever its severity; the
 *       others are judged nevertheless.
 * </ul>
 *
 * <p>Values are compared with earlier ones of the same check that passed, or that were too early to
 * judge. So a candidate that was refused does not make the next one look normal; a lasting change
 * is accepted by widening the rule until it has passed once.
 *
 * <p>Safe to share between threads.
 */
public final class ChecksJob implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger(ChecksJob.class);

  /** Of rows that are no version of their table yet. */
  private static final long NO_VERSION = -1;

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final MetricsLog metrics;
  private final Consumer<Reading> readings;

  /** A job for one run. */
  public ChecksJob(PipelineSpec spec, Lake lake, RunContext context) {
    this(spec, lake, context, reading -> LOG.info("{}", reading));
  }

  /**
   * A job for one run.
   *
   * @param readings is told how much of each table was read
   */
  public ChecksJob(PipelineSpec spec, Lake lake, RunContext context, Consumer<Reading> readings) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.metrics = new MetricsLog(lake, spec.name());
    this.readings = readings;
  }

  /**
   * Judges the newest version of each table, and stores what was measured in one commit.
   *
   * @return one verdict for each table, in order; a table without checks passes
   */
  public List<TableVerdict> run(List<TableRef> tables) {
    List<TableVerdict> verdicts = tables.stream().map(this::newest).toList();
    store(verdicts);
    return verdicts;
  }

  /** Judges rows that no reader sees yet, and stores what was measured: version -1. */
  @Override
  public TableVerdict judge(TableRef table, Dataset<Row> candidate) {
    Instant now = context.clock().instant();
    Optional<CheckedTable> declared = spec.checks().of(table);
    if (declared.isEmpty()) {
      return new TableVerdict(table, NO_VERSION, -1, now, List.of());
    }
    Dataset<Row> rows = LiveRows.of(table.layer(), candidate);
    TableMeasures measures = new TableMeasures(spec, lake, table, rows, Optional.empty(), now);
    measures.measure(declared.get());
    TableVerdict verdict = verdict(declared.get(), measures, NO_VERSION, now);
    store(List.of(verdict));
    return verdict;
  }

  private TableVerdict newest(TableRef ref) {
    Instant now = context.clock().instant();
    LakeTable table = lake.table(ref);
    Optional<CheckedTable> declared = spec.checks().of(ref);
    if (!table.exists()) {
      return notYet(ref, declared, now);
    }
    TableFiles files = table.files();
    Dataset<Row> rows = LiveRows.of(ref.layer(), table.readVersion(files.version()));
    if (declared.isEmpty()) {
      return new TableVerdict(ref, files.version(), rows.count(), now, List.of());
    }
    FileStates states = new FileStates(lake, ref, table, files);
    GroupStates groups = new GroupStates(lake, ref, table, files);
    TableMeasures measures =
        new TableMeasures(spec, lake, ref, rows, Optional.of(new KeptStates(states, groups)), now);
    measures.measure(declared.get());
    readings.accept(
        new Reading(ref, files.version(), files.files().size(), states.read(), measures.whole()));
    return verdict(declared.get(), measures, files.version(), now);
  }

  private TableVerdict verdict(
      CheckedTable declared, TableMeasures measures, long version, Instant now) {
    Judgement judgement = new Judgement(declared.table(), now);
    Set<String> compared =
        declared.checks().stream()
            .filter(check -> check.anomaly().isPresent())
            .map(DatasetCheck::name)
            .collect(Collectors.toSet());
    List<MetricPoint> measured =
        compared.isEmpty() ? List.of() : metrics.good(declared.table(), compared, now);
    List<CheckResult> results = new ArrayList<>();
    for (RowRule rule : declared.rules().rules()) {
      results.add(
          judgement.of(rule, declared.rules().onQuarantine(), measures.outcome(Ask.of(rule))));
    }
    for (DatasetCheck check : declared.checks()) {
      History history = History.of(measured, check.name(), version);
      results.add(judgement.of(check, measures.outcome(Ask.of(check)), history));
    }
    long rows = measures.outcome(Ask.ROWS) instanceof Outcome.Value size ? (long) size.value() : -1;
    return new TableVerdict(declared.table(), version, rows, now, results);
  }

  private static TableVerdict notYet(TableRef table, Optional<CheckedTable> declared, Instant now) {
    Outcome nothing = new Outcome.Nothing(table + " does not exist yet");
    Judgement judgement = new Judgement(table, now);
    List<CheckResult> results = new ArrayList<>();
    declared.ifPresent(
        its -> {
          its.rules()
              .rules()
              .forEach(
                  rule -> results.add(judgement.of(rule, its.rules().onQuarantine(), nothing)));
          its.checks().forEach(check -> results.add(judgement.of(check, nothing, History.NONE)));
        });
    return new TableVerdict(table, NO_VERSION, -1, now, results);
  }

  /** One at a time: marts may be judged side by side, and the first of them creates the table. */
  private synchronized void store(List<TableVerdict> verdicts) {
    metrics.store(context.runId(), verdicts);
  }
}
