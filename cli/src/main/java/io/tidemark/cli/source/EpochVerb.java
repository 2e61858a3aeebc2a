package io.tidemark.cli.source;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.ingest.Epochs;
import io.tidemark.ingest.order.OrderStore.Declared;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark epoch}: one method for each of its verbs. */
@Command(
    name = "epoch",
    description = {
      "Declares that a table's source began its log anew (restored, failed over, created anew):",
      "changes that have not landed yet then beat all that have, whatever their position."
    },
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class EpochVerb extends VerbGroup {
  private static final String LINE = "%-24s %6s %-36s %14s %20s %-12s %s%n";

  private final Environment environment;

  EpochVerb(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "advance",
      description = "Declares the next epoch of a table.",
      mixinStandardHelpOptions = true)
  int advance(
      @Mixin PipelineOptions options,
      @Option(names = "--table", required = true, paramLabel = "T", description = "The table")
          String table,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "What happened to the source; kept with the epoch")
          String reason) {
    return options.inLake(
        environment,
        (pipeline, lake) -> {
          String by = System.getProperty("user.name", "");
          Epochs epochs = new Epochs(pipeline.name(), lake);
          print(options, epochs.advance(table, by, reason, Instant.now()));
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "show",
      description = "Shows the epochs that were declared, and where they begin.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin PipelineOptions options,
      @Option(names = "--table", paramLabel = "T", description = "Only this table") String table) {
    return options.inLake(
        environment,
        (pipeline, lake) -> {
          print(
              options,
              new Epochs(pipeline.name(), lake)
                  .declared().stream()
                      .filter(epoch -> table == null || epoch.table().equals(table))
                      .toList());
          return ExitCode.DONE.code();
        });
  }

  private static void print(PipelineOptions options, List<Declared> epochs) {
    if (options.format() == PipelineOptions.Format.JSON) {
      for (Declared epoch : epochs) {
        System.out.println(JsonLine.of(map(epoch)));
      }
      return;
    }
    System.out.printf(
        LINE, "TABLE", "EPOCH", "PARTITION", "FIRST OFFSET", "DECLARED (UTC)", "BY", "REASON");
    for (Declared epoch : epochs) {
      System.out.printf(
          LINE,
          epoch.table(),
          epoch.epoch(),
          partition(epoch),
          epoch.firstOffset(),
          epoch.at().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""),
          epoch.by(),
          epoch.reason());
    }
  }

  private static String partition(Declared epoch) {
    return epoch.topic() == null ? "all" : epoch.topic() + "/" + epoch.partition();
  }

  private static Map<String, Object> map(Declared epoch) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", epoch.table());
    map.put("epoch", epoch.epoch());
    map.put("partition", partition(epoch));
    map.put("first_offset", epoch.firstOffset());
    map.put("declared_at", epoch.at().toString());
    map.put("declared_by", epoch.by());
    map.put("reason", epoch.reason());
    return map;
  }
}
