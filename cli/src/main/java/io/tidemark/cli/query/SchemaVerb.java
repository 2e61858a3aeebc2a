package io.tidemark.cli.query;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.silver.SchemaReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark schema}. */
@Command(
    name = "schema",
    description =
        "Shows what a table's source sends and what the lake has (show), or what the next merge makes"
            + " of the difference (diff).",
    mixinStandardHelpOptions = true)
public final class SchemaVerb implements Callable<Integer> {
  /** What is shown. */
  enum What {
    SHOW,
    DIFF
  }

  @Mixin private PipelineOptions options;

  @Parameters(paramLabel = "show|diff", description = "What to show")
  private What what;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only this table of the lake")
  private String table;

  private final Environment environment;

  SchemaVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options.inLake(environment, this::show);
  }

  private int show(PipelineSpec spec, Lake lake) {
    for (String name : tables(lake)) {
      SchemaLines lines = new SchemaLines(SchemaReport.of(spec, lake, name));
      if (options.format() == PipelineOptions.Format.JSON) {
        System.out.println(JsonLine.of(lines.asMap()));
      } else {
        System.out.print(what == What.SHOW ? lines.show() : lines.diff());
      }
    }
    return ExitCode.DONE.code();
  }

  private List<String> tables(Lake lake) {
    List<String> tables = lake.bronzeTables();
    if (table == null) {
      return tables;
    }
    if (!tables.contains(table)) {
      throw Errors.configuration(
          "Cannot show the schema of table '%s': nothing of it has landed".formatted(table),
          "Name one of " + tables + ", or run 'tidemark ingest'");
    }
    return List.of(table);
  }
}
