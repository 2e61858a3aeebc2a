package io.tidemark.cli.quality;

import io.tidemark.cli.alert.AlertWatch;
import io.tidemark.cli.run.Checks;
import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.checks.ChecksValidation;
import io.tidemark.quality.report.ReportJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark quality}: by itself it runs the checks, below it are the verbs about them. */
@Command(
    name = "quality",
    description =
        "Runs the checks of tables as they are now and gives a verdict for each. Ends with 3 if one"
            + " fails; warnings end with 0.",
    mixinStandardHelpOptions = true,
    subcommands = {QualityHistoryVerb.class, QualityContractVerb.class, QualitySuggestVerb.class})
public final class QualityVerb implements Callable<Integer> {
  @Spec private CommandSpec command;

  // Not the mixin of other verbs: what it requires, it would require of the verbs below, too.
  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description = "The pipeline file, for example conf/pipelines/shop.yml")
  private Path pipeline;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "Output for people or for programs: ${COMPLETION-CANDIDATES}")
  private PipelineOptions.Format format;

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description = "Only tables of this layer: ${COMPLETION-CANDIDATES}")
  private Layer layer;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table, such as orders or silver.orders; several times for several")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write the report of the run, an HTML file; default: into the lake")
  private Path report;

  private final Environment environment;

  QualityVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (pipeline == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '--pipeline=FILE'");
    }
    PipelineSpec spec = PipelineFile.read(pipeline, environment.variables());
    List<TableRef> wanted = wanted(spec);
    Clock clock = Clock.systemUTC();
    String runId = RunIds.next(clock);
    AlertWatch watch = new AlertWatch(spec, "quality", Set.of("quality"), clock, runId);
    Lake lake = watch.open(() -> PipelineOptions.lake(spec));
    try {
      ChecksValidation.require(lake, spec.checks());
      RunContext context = new RunContext(runId, spec.name(), clock, new StopSignal(), watch::step);
      RunLog runs = new RunLog(lake.spark(), lake.runs());
      List<TableVerdict> verdicts = Checks.of(spec, lake, context, runs).audits().run(wanted);
      watch.checked(verdicts);
      print(runId, verdicts);
      writeReport(new ReportJob(spec, lake, clock), runId, verdicts);
      watch.ended();
      return exitCode(verdicts).code();
    } catch (Throwable e) { // Whatever it is, somebody is to know.
      watch.failed(e);
      throw e;
    } finally {
      lake.spark().stop();
    }
  }

  private void print(String runId, List<TableVerdict> verdicts) {
    for (TableVerdict verdict : verdicts) {
      VerdictLines lines = new VerdictLines(runId, verdict);
      if (format == PipelineOptions.Format.JSON) {
        System.out.println(JsonLine.of(lines.asMap()));
      } else {
        System.out.print(lines.text());
      }
    }
  }

  private void writeReport(ReportJob job, String runId, List<TableVerdict> verdicts) {
    String written;
    if (report == null) {
      written = job.write(runId, runId, verdicts).toString();
    } else {
      job.write(runId, verdicts, report);
      written = report.toString();
    }
    System.out.println(RunReport.page(format, written));
  }

  private static ExitCode exitCode(List<TableVerdict> verdicts) {
    return verdicts.stream().anyMatch(verdict -> verdict.verdict() == Verdict.FAIL)
        ? ExitCode.QUALITY
        : ExitCode.DONE;
  }

  /** The tables with checks that were asked for, in the order of the checks file. */
  private List<TableRef> wanted(PipelineSpec spec) {
    List<TableRef> checked =
        spec.checks().tables().values().stream()
            .filter(table -> !table.isEmpty())
            .map(CheckedTable::table)
            .toList();
    if (checked.isEmpty()) {
      throw Errors.configuration(
          "Cannot check pipeline '%s': it declares no checks".formatted(spec.name()),
          "Write a checks file and name it in %s: 'checks: conf/checks/%s.yml'"
              .formatted(spec.file(), spec.name()));
    }
    Set<TableRef> wanted = new LinkedHashSet<>();
    for (TableRef table : checked) {
      boolean named = tables.isEmpty() || tables.stream().anyMatch(table::isCalled);
      if (named && (layer == null || layer == table.layer())) {
        wanted.add(table);
      }
    }
    for (String table : tables) {
      if (wanted.stream().noneMatch(one -> one.isCalled(table))) {
        throw unchecked(spec, table, checked);
      }
    }
    if (wanted.isEmpty()) {
      throw unchecked(spec, layer.word() + ".*", checked);
    }
    return List.copyOf(wanted);
  }

  private static RuntimeException unchecked(
      PipelineSpec spec, String table, List<TableRef> checked) {
    return Errors.configuration(
        "Cannot check '%s' of pipeline '%s': no checks are declared of it"
            .formatted(table, spec.name()),
        "Name one of " + checked);
  }
}
