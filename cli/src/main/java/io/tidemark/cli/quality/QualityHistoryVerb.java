package io.tidemark.cli.quality;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.metrics.HistoryText;
import io.tidemark.quality.metrics.MetricPoint;
import io.tidemark.quality.metrics.MetricSeries;
import io.tidemark.quality.metrics.MetricsLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark quality history}. */
@Command(
    name = "history",
    description =
        "Shows what the checks of a table measured, run by run: of one check as a chart and a table,"
            + " of all as one line each.",
    mixinStandardHelpOptions = true)
final class QualityHistoryVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table, such as orders or silver.orders")
  private String table;

  @Option(
      names = {"--check", "--metric"},
      paramLabel = "NAME",
      description = "Only this check or row rule, with a chart")
  private String check;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many measures of each check to show: ${DEFAULT-VALUE}")
  private int last;

  private final Environment environment;

  QualityHistoryVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (last < 1) {
      throw Errors.configuration(
          "Cannot show the last %d measures".formatted(last), "Give --last a number above 0");
    }
    PipelineSpec spec = options.read(environment);
    TableRef wanted = CheckedTables.named(spec, table);
    Lake lake = PipelineOptions.lake(spec);
    try {
      Map<String, MetricSeries> all =
          MetricSeries.of(
              new MetricsLog(lake, spec.name())
                  .newest(List.of(wanted), last, Clock.systemUTC().instant())
                  .getOrDefault(wanted, List.of()));
      print(wanted, chosen(spec, wanted, all));
      return 0;
    } finally {
      lake.spark().stop();
    }
  }

  private List<MetricSeries> chosen(
      PipelineSpec spec, TableRef wanted, Map<String, MetricSeries> all) {
    if (all.isEmpty()) {
      throw Errors.configuration(
          "Cannot show the history of %s: nothing of it was measured yet".formatted(wanted),
          "Run 'tidemark quality --pipeline %s --table %s' first".formatted(spec.file(), wanted));
    }
    if (check == null) {
      return List.copyOf(all.values());
    }
    if (!all.containsKey(check)) {
      throw Errors.configuration(
          "Cannot show the history of check '%s': nothing of %s was measured by it"
              .formatted(check, wanted),
          "Name one of " + String.join(", ", all.keySet()));
    }
    return List.of(all.get(check));
  }

  private void print(TableRef wanted, List<MetricSeries> chosen) {
    if (options.format() == PipelineOptions.Format.JSON) {
      for (MetricSeries series : chosen) {
        for (MetricPoint point : series.points()) {
          System.out.println(JsonLine.of(HistoryText.asMap(point)));
        }
      }
      return;
    }
    List<String> lines =
        check == null
            ? HistoryText.overview(wanted, chosen)
            : HistoryText.of(wanted, chosen.get(0));
    lines.forEach(System.out::println);
  }
}
