package io.tidemark.cli.demo;

import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.SandboxException;
import io.tidemark.sandbox.SandboxPart;
import io.tidemark.sandbox.SandboxStatus;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark sandbox}. */
@Command(
    name = "sandbox",
    description = "A PostgreSQL, Kafka and Kafka Connect with Debezium, to try things on.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB")
public final class SandboxVerb extends VerbGroup {
  @Command(
      name = "start",
      description = "Starts it, or says that it runs.",
      mixinStandardHelpOptions = true)
  int start(
      @Option(
              names = "--state",
              defaultValue = ".tidemark/sandbox",
              description = "Its folder, default ${DEFAULT-VALUE}")
          Path state,
      @Option(names = "--mariadb", description = "MariaDB too; also adds it to a running sandbox")
          boolean mariadb,
      @Option(
              names = "--registry",
              description = "A schema registry too; also adds it to a running sandbox")
          boolean registry,
      @Option(names = "--format", defaultValue = "text") PipelineOptions.Format format) {
    boolean json = format == PipelineOptions.Format.JSON;
    SandboxAddresses addresses =
        known(
            () ->
                Sandbox.start(
                    state,
                    line -> {
                      if (!json) {
                        System.out.println(line);
                      }
                    },
                    Sandbox.Lifetime.DETACHED,
                    parts(mariadb, registry)));
    System.out.println(json ? JsonLine.of(asMap(addresses)) : text(addresses, state));
    return 0;
  }

  private static Set<SandboxPart> parts(boolean mariadb, boolean registry) {
    Set<SandboxPart> parts = EnumSet.noneOf(SandboxPart.class);
    if (mariadb) {
      parts.add(SandboxPart.MARIADB);
    }
    if (registry) {
      parts.add(SandboxPart.REGISTRY);
    }
    return parts;
  }

  @Command(
      name = "stop",
      description = "Stops it; its data stays.",
      mixinStandardHelpOptions = true)
  int stop(
      @Option(
              names = "--state",
              defaultValue = ".tidemark/sandbox",
              description = "Its folder, default ${DEFAULT-VALUE}")
          Path state,
      @Option(names = "--format", defaultValue = "text") PipelineOptions.Format format) {
    Sandbox.Stop stopped = known(() -> Sandbox.stop(state));
    if (format == PipelineOptions.Format.JSON) {
      System.out.println(JsonLine.of(Map.of("stopped", stopped.name().toLowerCase(Locale.ROOT))));
      return 0;
    }
    System.out.println(
        switch (stopped) {
          case NOTHING_RUNNING -> "no sandbox runs in " + state;
          case ORDERLY -> "stopped";
          case FORCED -> "did not stop in time and was killed; its next start recovers the data";
        });
    return 0;
  }

  @Command(
      name = "status",
      description = "Tells whether it runs, and where.",
      mixinStandardHelpOptions = true)
  int status(
      @Option(
              names = "--state",
              defaultValue = ".tidemark/sandbox",
              description = "Its folder, default ${DEFAULT-VALUE}")
          Path state,
      @Option(names = "--format", defaultValue = "text") PipelineOptions.Format format) {
    Optional<SandboxStatus> status = known(() -> Sandbox.status(state));
    if (status.isEmpty()) {
      System.out.println(
          format == PipelineOptions.Format.JSON
              ? "{\"running\":false}"
              : "no sandbox runs in " + state);
      return ExitCode.UNAVAILABLE.code();
    }
    Map<String, Object> map = asMap(status.get().addresses());
    status
        .get()
        .components()
        .forEach((part, health) -> map.put(part.name().toLowerCase(Locale.ROOT), health));
    if (format == PipelineOptions.Format.JSON) {
      System.out.println(JsonLine.of(map));
    } else {
      map.forEach((name, value) -> System.out.printf("%-18s %s%n", name, value));
    }
    boolean up =
        status.get().components().values().stream().allMatch(h -> h == SandboxStatus.Health.UP);
    return up ? 0 : ExitCode.UNAVAILABLE.code();
  }

  private static <T> T known(Supplier<T> action) {
    try {
      return action.get();
    } catch (SandboxException e) {
      throw Errors.unavailable(e.getMessage(), e.remedy(), e);
    }
  }

  private static Map<String, Object> asMap(SandboxAddresses addresses) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("running", true);
    map.put("jdbc_url", addresses.jdbcUrl());
    map.put("user", addresses.user());
    map.put("bootstrap_servers", addresses.bootstrapServers());
    map.put("connect_url", addresses.connectUrl());
    map.put("pid", addresses.pid());
    addresses.parts().forEach((part, address) -> map.put(part.key() + "_url", address));
    return map;
  }

  private static String text(SandboxAddresses addresses, Path state) {
    StringBuilder parts = new StringBuilder();
    addresses
        .parts()
        .forEach((part, address) -> parts.append("%-11s %s%n".formatted(part.key(), address)));
    return """
        PostgreSQL  psql '%s'
        %sKafka       %s
        Connect     %s
        For pipeline files: export KAFKA=%s CONNECT=%s
        Stop it with: ./tidemark sandbox stop --state %s"""
        .formatted(
            addresses.psqlUrl(),
            parts,
            addresses.bootstrapServers(),
            addresses.connectUrl(),
            addresses.bootstrapServers(),
            addresses.connectUrl(),
            state);
  }
}
