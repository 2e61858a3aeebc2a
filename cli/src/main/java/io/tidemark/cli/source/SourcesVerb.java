package io.tidemark.cli.source;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.database.DeleteLog;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.jdbc.PollPeek;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark sources}: one method for each of its verbs. */
@Command(
    name = "sources",
    description = "Prepares sources, and moves tables from one to another.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class SourcesVerb extends VerbGroup {
  private final Environment environment;

  SourcesVerb(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "triggers",
      description =
          "Prints the SQL of a table and triggers that keep the keys of deleted rows, for a table"
              + " that is polled. Run it in the database as the table's owner, and set"
              + " 'delete-log'.",
      mixinStandardHelpOptions = true)
  int triggers(
      @Mixin PipelineOptions options,
      @Option(
              names = "--table",
              required = true,
              paramLabel = "TABLE",
              description = "The table, by its name in the lake")
          String table) {
    PipelineSpec pipeline = options.read(environment);
    if (!(pipeline.source().feed() instanceof JdbcFeed feed)) {
      throw Errors.configuration(
          "Cannot print SQL for pipeline '%s': its source.type is %s, which sees deletes itself"
              .formatted(pipeline.name(), pipeline.source().type()),
          "Name a pipeline file with source.type: jdbc");
    }
    TableSpec wanted = pipeline.declaredTables().get(table);
    if (wanted == null) {
      throw Errors.configuration(
          "Cannot find the table '%s' in %s".formatted(table, pipeline.file()),
          "Name one of " + pipeline.declaredTables().keySet());
    }
    try (Snapshot snapshot = feed.database().snapshot(feed.statementTimeout())) {
      DeleteLog log = PollPeek.deleteLog(wanted, snapshot);
      System.out.print(log.sql());
      System.out.printf(
          "-- then, in the pipeline file: tables.%s.delete-log: %s.%s%n",
          table, log.table().schema(), log.name());
      return ExitCode.DONE.code();
    }
  }

  @Command(
      name = "adopt",
      description = {
        "Lets the source that the pipeline file names now feed the lake's tables, in the place of the",
        "one that fed them so far: changes that land from now on beat all that have. Read",
        "docs/operations.md first: nothing may have changed that neither of them brings."
      },
      mixinStandardHelpOptions = true)
  int adopt(
      @Mixin PipelineOptions options,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why; kept with the epochs of the tables")
          String reason) {
    return options.inLake(
        environment,
        (pipeline, lake) -> {
          String by = System.getProperty("user.name", "");
          List<String> tables = IngestJob.adopt(pipeline, lake, by, reason, Instant.now());
          System.out.printf(
              "%s feeds %s from now on%n", pipeline.source().type(), String.join(", ", tables));
          return ExitCode.DONE.code();
        });
  }
}
