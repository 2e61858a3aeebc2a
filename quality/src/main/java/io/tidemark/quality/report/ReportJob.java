package io.tidemark.quality.report;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * Writes the page of a run into the lake.
   *
   * @return the file
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if it cannot be written
   */
  public Path write(String runId, List<TableVerdict> verdicts) {
    Path file = new Path(lake.reports(), runId + ".html");
    byte[] page = page(runId, verdicts);
    try (OutputStream out = lake.files().create(file, true)) {
      out.write(page);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(file.toString(), e);
    }
    return file;
  }

  /**
   * Writes the page of a run into a local file; folders that are missing are made.
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
    List<TableReport> tables = verdicts.stream().map(verdict -> of(runId, verdict)).toList();
    Report report = new Report(spec.name(), runId, clock.instant(), tables);
    return HtmlReport.of(report).getBytes(StandardCharsets.UTF_8);
  }

  private TableReport of(String runId, TableVerdict verdict) {
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
        columns(declared),
        trends(runId, verdict),
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
  private Map<String, MetricSeries> trends(String runId, TableVerdict verdict) {
    List<MetricPoint> points = new ArrayList<>();
    for (MetricPoint point : new MetricsLog(lake, spec.name()).of(verdict.table())) {
      if (!point.runId().equals(runId)) {
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
