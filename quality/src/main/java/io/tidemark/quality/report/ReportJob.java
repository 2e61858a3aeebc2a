package io.tidemark.quality.report;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.SideBySide;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.metrics.MetricPoint;
import io.tidemark.quality.metrics.MetricSeries;
import io.tidemark.quality.metrics.MetricsLog;
import io.tidemark.quality.words.CheckWords;
import io.tidemark.quality.words.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Makes the page about a run: from its verdicts, the metrics before it, and the lake's rows. */
public final class ReportJob {
  private final PipelineSpec spec;
  private final Lake lake;
  private final Clock clock;

  /** The reports of a pipeline. */
  public ReportJob(PipelineSpec spec, Lake lake, Clock clock) {
    this.spec = spec;
    this.lake = lake;
    this.clock = clock;
  }

  /**
   * Writes a page about a run into the lake, and deletes those that are older than the pipeline
   * keeps them.
   *
   * @param name of the file, without its extension: the run's id, with a number if it is not the
   *     run's only page
   * @param verdicts as they were when the run judged; nothing is judged again
   * @return the file
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if it cannot be written
   */
  public Path write(String name, String runId, List<TableVerdict> verdicts) {
    StoredReports stored = new StoredReports(lake, spec.name());
    Path file = stored.store(name, page(runId, verdicts));
    stored.prune(clock.instant(), spec.reports().retention());
    return file;
  }

  /**
   * Writes the page about a run into a local file; folders that are missing are made.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it cannot be written
   */
  public void write(String runId, List<TableVerdict> verdicts, java.nio.file.Path file) {
    byte[] page = page(runId, verdicts);
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.write(file, page);
    } catch (IOException e) {
      throw Errors.configuration(
          "Cannot write the report to %s: %s".formatted(file, e),
          "Name a file that can be written, or none: the report then goes into the lake");
    }
  }

  private byte[] page(String runId, List<TableVerdict> verdicts) {
    List<TableRef> declared =
        spec.checks().tables().values().stream()
            .filter(table -> !table.isEmpty())
            .map(CheckedTable::table)
            .toList();
    List<TableVerdict> ordered =
        verdicts.stream()
            .sorted(Comparator.comparing(verdict -> declared.indexOf(verdict.table())))
            .toList();
    List<TableRef> judged = ordered.stream().map(TableVerdict::table).toList();
    Map<TableRef, List<MetricPoint>> measured =
        new MetricsLog(lake, spec.name()).newest(judged, Sparkline.MOST_POINTS, clock.instant());
    List<TableReport> tables =
        SideBySide.each(
            spec.parallelTables(),
            ordered,
            verdict -> of(runId, verdict, measured.getOrDefault(verdict.table(), List.of())));
    List<TableRef> others = declared.stream().filter(table -> !judged.contains(table)).toList();
    Report report = new Report(spec.name(), runId, clock.instant(), tables, others);
    return HtmlReport.of(report).getBytes(StandardCharsets.UTF_8);
  }

  private TableReport of(String runId, TableVerdict verdict, List<MetricPoint> measured) {
    TableRef table = verdict.table();
    CheckedTable declared =
        spec.checks()
            .of(table)
            .orElse(new CheckedTable(table, Optional.empty(), RowRules.NONE, List.of()));
    List<String> key = key(table);
    OffendingRows offending =
        new OffendingRows(table.layer(), lake.table(table), key, MaskedColumns.of(spec, table));
    List<RowSample> samples = new ArrayList<>(offending.of(declared, verdict));
    List<QuarantineCount> waiting = List.of();
    if (table.layer() == Layer.SILVER) {
      PayloadCells payload =
          new PayloadCells(spec.table(table.name()), key, UnavailableValue.standard());
      QuarantinedRows quarantine = new QuarantinedRows(lake, table.name(), payload);
      waiting = quarantine.counts();
      samples.addAll(waiting.isEmpty() ? List.of() : quarantine.samples(declared.rules()));
    }
    return new TableReport(
        verdict,
        declared.description(),
        ages(declared),
        columns(declared),
        trends(runId, verdict, measured),
        samples,
        waiting);
  }

  private List<String> key(TableRef table) {
    return switch (table.layer()) {
      case BRONZE -> List.of(BronzeColumns.TOPIC, BronzeColumns.PARTITION, BronzeColumns.OFFSET);
      case GOLD ->
          Optional.ofNullable(spec.gold().get(table.name())).map(GoldSpec::key).orElse(List.of());
      case SILVER -> silverKey(lake.silver(table.name()), table.name());
    };
  }

  private List<String> silverKey(LakeTable silver, String name) {
    boolean known = silver.exists() && silver.properties().containsKey(SilverColumns.KEY_PROPERTY);
    return known ? SilverColumns.key(silver.properties()) : spec.table(name).key();
  }

  private static Set<String> ages(CheckedTable declared) {
    return declared.checks().stream()
        .filter(check -> check.subject() instanceof Subject.Freshness)
        .map(DatasetCheck::name)
        .collect(Collectors.toSet());
  }

  private static Map<String, Set<String>> columns(CheckedTable declared) {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    for (RowRule rule : declared.rules().rules()) {
      columns.put(rule.name(), Condition.of(rule.condition()).columns());
    }
    declared
        .checks()
        .forEach(check -> columns.put(check.name(), CheckWords.columns(check.subject())));
    return columns;
  }

  /** What was measured before, and in this run also where that is not kept. */
  private static Map<String, MetricSeries> trends(
      String runId, TableVerdict verdict, List<MetricPoint> measured) {
    List<MetricPoint> points = new ArrayList<>();
    Instant at = verdict.at().truncatedTo(ChronoUnit.MICROS); // As precise as the lake keeps it.
    for (MetricPoint point : measured) {
      if (point.at().isBefore(at)) {
        points.add(point);
      }
    }
    verdict
        .results()
        .forEach(
            result ->
                points.add(
                    new MetricPoint(
                        runId, verdict.at(), verdict.version(), verdict.rows(), result)));
    return MetricSeries.of(points);
  }
}
