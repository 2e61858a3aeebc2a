package io.tidemark.cli.status;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark status}. */
@Command(
    name = "status",
    description =
        "Shows rows, freshness, lag, last run, dead letters, quarantine and verdict of every table,"
            + " and since when and why it stands at an older version.",
    mixinStandardHelpOptions = true)
public final class StatusVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  private final Environment environment;

  StatusVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options.inLake(environment, this::show);
  }

  private int show(PipelineSpec spec, Lake lake) {
    List<String> notes = new ArrayList<>();
    List<TableStatus> tables =
        new StatusReader(spec, lake, Clock.systemUTC()).tables(lag(spec, lake, notes));
    if (options.format() == PipelineOptions.Format.JSON) {
      tables.forEach(table -> System.out.println(JsonLine.of(table.asMap())));
    } else {
      System.out.print(TableStatus.text(tables));
    }
    notes.forEach(System.err::println);
    return ExitCode.DONE.code();
  }

  /**
   * Without the source everything but the lag is still true, so its loss is a note and no failure.
   */
  private static SourceLag lag(PipelineSpec spec, Lake lake, List<String> notes) {
    try {
      return SourceLag.of(spec, lake);
    } catch (TidemarkException e) {
      notes.add("lag is unknown: " + e.getMessage() + "\n-> " + e.remedy());
      return new SourceLag.Unknown();
    }
  }
}
