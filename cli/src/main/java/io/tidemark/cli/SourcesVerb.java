package io.tidemark.cli;

import io.tidemark.core.database.DeleteLog;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.poll.PollPeek;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark sources}. */
@Command(
    name = "sources",
    description =
        "Prints the SQL of a table and triggers that keep the keys of deleted rows, for a table that"
            + " is polled (triggers). Run it in the database as the table's owner, and set"
            + " 'delete-log'.",
    mixinStandardHelpOptions = true)
final class SourcesVerb implements Callable<Integer> {
  /** What is printed. */
  enum What {
    TRIGGERS
  }

  @Mixin private PipelineOptions options;

  @Parameters(paramLabel = "triggers", description = "What to print")
  private What what;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table, by its name in the lake")
  private String table;

  private final Environment environment;

  SourcesVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    if (!(spec.source().feed() instanceof JdbcFeed feed)) {
      throw Errors.configuration(
          "Cannot print SQL for pipeline '%s': its source.type is %s, which sees deletes itself"
              .formatted(spec.name(), spec.source().type()),
          "Name a pipeline file with source.type: jdbc");
    }
    TableSpec wanted = spec.declaredTables().get(table);
    if (wanted == null) {
      throw Errors.configuration(
          "Cannot find the table '%s' in %s".formatted(table, spec.file()),
          "Name one of " + spec.declaredTables().keySet());
    }
    try (Snapshot snapshot = feed.database().snapshot(feed.statementTimeout())) {
      DeleteLog log = PollPeek.deleteLog(wanted, snapshot);
      System.out.print(log.sql());
      System.out.printf(
          "-- then, in the pipeline file: tables.%s.delete-log: %s.%s%n",
          table, log.table().schema(), log.name());
      return 0;
    }
  }
}
