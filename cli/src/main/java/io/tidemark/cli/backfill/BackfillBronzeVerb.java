package io.tidemark.cli.backfill;

import io.tidemark.cli.run.PipelineRun;
import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.run.StepLine;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.TableSize;
import io.tidemark.merge.rebuild.RebuildPreview;
import io.tidemark.merge.rebuild.TableRebuild;
import io.tidemark.merge.rebuild.TableRebuild.Layer;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark backfill bronze}. */
@Command(
    name = "bronze",
    description =
        "Builds silver and history of a table anew from everything in bronze, with today's pipeline"
            + " file, beside the tables that are read; each takes its place in one commit. Ends with 5"
            + " if bronze has lost changes, or other processes merge the table all the time.",
    mixinStandardHelpOptions = true)
final class BackfillBronzeVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table of the lake")
  private String table;

  @Option(names = "--silver", description = "Only silver; without one of both, what the table has")
  private boolean silver;

  @Option(names = "--history", description = "Only history")
  private boolean history;

  @Option(
      names = "--accept-loss",
      description =
          "Go on where bronze has lost changes: rows that only they explain are gone then")
  private boolean acceptLoss;

  @Option(names = "--dry-run", description = "Only tell what would be read and replaced")
  private boolean dryRun;

  private final Environment environment;

  BackfillBronzeVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options.inLake(environment, this::rebuild);
  }

  private int rebuild(PipelineSpec spec, Lake lake) {
    RunContext context = PipelineRun.context(spec, Clock.systemUTC(), new StopSignal());
    TableRebuild rebuild =
        new TableRebuild(spec, lake, table, context, line -> System.err.println("... " + line));
    if (dryRun) {
      print(rebuild.preview());
    } else {
      print(run(rebuild, lake));
    }
    return ExitCode.DONE.code();
  }

  private List<StepRecord> run(TableRebuild rebuild, Lake lake) {
    List<StepRecord> steps = rebuild.run(layers(rebuild), acceptLoss);
    new RunLog(lake.spark(), lake.runs()).store(steps, List.of());
    return steps;
  }

  private Set<Layer> layers(TableRebuild rebuild) {
    if (!silver && !history) {
      return rebuild.layers();
    }
    Set<Layer> layers = EnumSet.noneOf(Layer.class);
    if (silver) {
      layers.add(Layer.SILVER);
    }
    if (history) {
      layers.add(Layer.HISTORY);
    }
    return layers;
  }

  private void print(List<StepRecord> steps) {
    for (StepRecord step : steps) {
      System.out.println(
          options.format() == PipelineOptions.Format.JSON
              ? RunReport.json(step)
              : StepLine.of(step));
    }
  }

  private void print(RebuildPreview preview) {
    if (options.format() == PipelineOptions.Format.JSON) {
      System.out.println(JsonLine.of(asMap(preview)));
      return;
    }
    TableSize bronze = preview.bronze();
    System.out.printf(
        "%s: would read %,d rows of bronze (%,d bytes in %,d files of %,d landing dates)%n",
        table, bronze.rows(), bronze.bytes(), bronze.files(), bronze.partitions());
    System.out.printf(
        "silver has %s rows now, history %s%n", text(preview.silver()), text(preview.history()));
  }

  private static String text(OptionalLong rows) {
    return rows.isPresent() ? "%,d".formatted(rows.getAsLong()) : "no";
  }

  private Map<String, Object> asMap(RebuildPreview preview) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table);
    map.put("dry_run", true);
    map.put("bronze_rows", preview.bronze().rows());
    map.put("bronze_bytes", preview.bronze().bytes());
    map.put("bronze_files", preview.bronze().files());
    map.put("landed_dates", preview.bronze().partitions());
    preview.silver().ifPresent(rows -> map.put("silver_rows", rows));
    preview.history().ifPresent(rows -> map.put("history_rows", rows));
    return map;
  }
}
