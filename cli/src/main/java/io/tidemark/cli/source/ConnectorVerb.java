package io.tidemark.cli.source;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.ingest.connect.Applied;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.ingest.connect.Connector;
import io.tidemark.ingest.connect.ConnectorFile;
import io.tidemark.ingest.connect.ConnectorStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark connector}: one method for each of its verbs. */
@Command(
    name = "connector",
    description = "Makes and tends the connectors of a Kafka Connect.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class ConnectorVerb extends VerbGroup {
  private final Environment environment;

  ConnectorVerb(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "list",
      description = "Lists all connectors with state and class.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ConnectOptions options) {
    for (Connector connector : options.client(environment).connectors()) {
      print(options.json() ? ConnectorLines.listJson(connector) : ConnectorLines.list(connector));
    }
    return ExitCode.DONE.code();
  }

  @Command(
      name = "status",
      description = "Shows state, tasks, workers and errors; ends with exit code 4 if any failed.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin ConnectOptions options,
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one") String name) {
    ConnectClient client = options.client(environment);
    List<ConnectorStatus> all =
        name == null
            ? client.connectors().stream().map(Connector::status).toList()
            : List.of(client.status(name));
    if (options.json()) {
      all.forEach(status -> print(ConnectorLines.statusJson(status)));
    } else {
      print(ConnectorLines.statusHeading());
      all.forEach(status -> ConnectorLines.status(status).forEach(ConnectorVerb::print));
    }
    List<ConnectorStatus> failed = all.stream().filter(ConnectorStatus::failed).toList();
    for (ConnectorStatus status : failed) {
      System.err.printf(
          "Connector '%s' has failed%n-> Remove the cause, then: tidemark connector restart %s %s%n",
          status.name(), status.name(), options.repeated(client));
    }
    return (failed.isEmpty() ? ExitCode.DONE : ExitCode.UNAVAILABLE).code();
  }

  @Command(
      name = "create",
      description = "Makes a connector have the settings of a file, whether it exists or not.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin ConnectOptions options,
      @Parameters(
              paramLabel = "FILE.json",
              description = {
                "{\"name\": ..., \"config\": {...}}, or only the settings.",
                "$${NAME} is a variable of the environment; $${file:...} is left to Connect."
              })
          Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "The connector's name, in place of the file's")
          String name) {
    ConnectorFile wanted =
        ConnectorFile.read(file, Optional.ofNullable(name), environment.variables());
    ConnectClient client = options.client(environment);
    Applied applied = client.put(wanted.name(), wanted.config());
    String done = applied.kind().name().toLowerCase(Locale.ROOT);
    if (options.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("connector", wanted.name());
      line.put("done", done);
      line.put("changed", applied.changed());
      print(JsonLine.of(line));
    } else {
      print(done + " connector " + wanted.name() + explanation(applied));
      print(
          "-> tidemark connector status %s %s".formatted(wanted.name(), options.repeated(client)));
    }
    return ExitCode.DONE.code();
  }

  private static String explanation(Applied applied) {
    return switch (applied.kind()) {
      case CREATED -> "";
      case UPDATED -> ", which existed; changed: " + String.join(", ", applied.changed());
      case UNCHANGED -> ", which has these settings already";
    };
  }

  @Command(
      name = "pause",
      description = "Stops reading the source until resume; tasks stay where they are.",
      mixinStandardHelpOptions = true)
  int pause(@Mixin ConnectOptions options, @Parameters(paramLabel = "NAME") String name) {
    options.client(environment).pause(name);
    return done(options, name, "paused");
  }

  @Command(name = "resume", description = "Goes on after pause.", mixinStandardHelpOptions = true)
  int resume(@Mixin ConnectOptions options, @Parameters(paramLabel = "NAME") String name) {
    options.client(environment).resume(name);
    return done(options, name, "resumed");
  }

  @Command(
      name = "restart",
      description = "Restarts what has failed of a connector: itself, its tasks, no others.",
      mixinStandardHelpOptions = true)
  int restart(@Mixin ConnectOptions options, @Parameters(paramLabel = "NAME") String name) {
    ConnectClient client = options.client(environment);
    if (client.status(name).failed()) {
      client.restart(name);
      return done(options, name, "restarted");
    }
    print(
        options.json()
            ? ConnectorLines.done(name, "nothing")
            : "connector %s: nothing of it has failed, so nothing was restarted".formatted(name));
    return ExitCode.DONE.code();
  }

  @Command(
      name = "delete",
      description =
          "Removes a connector. Its topics stay, and so does its replication slot, which holds back"
              + " the database's log until it is dropped.",
      mixinStandardHelpOptions = true)
  int delete(@Mixin ConnectOptions options, @Parameters(paramLabel = "NAME") String name) {
    options.client(environment).delete(name);
    return done(options, name, "deleted");
  }

  private static int done(ConnectOptions options, String name, String done) {
    print(options.json() ? ConnectorLines.done(name, done) : done + " connector " + name);
    return ExitCode.DONE.code();
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
