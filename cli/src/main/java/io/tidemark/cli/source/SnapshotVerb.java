package io.tidemark.cli.source;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.Interrupts;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.ingest.connect.ConnectCredentials;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.signal.SnapshotNotice;
import io.tidemark.ingest.signal.SnapshotNotice.Kind;
import io.tidemark.ingest.signal.SnapshotRequest;
import io.tidemark.ingest.signal.SnapshotSignal;
import io.tidemark.ingest.signal.SnapshotTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark snapshot}. */
@Command(
    name = "snapshot",
    description = {
      "Has the connector read a table, or some of its rows, again while it streams",
      "(Debezium's incremental snapshot); the rows come through the topic as changes.",
      "Ends with exit code 4 if the connector does not react or gives up."
    },
    mixinStandardHelpOptions = true)
public final class SnapshotVerb implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(500);

  @Mixin private PipelineOptions options;

  @Option(names = "--table", required = true, paramLabel = "T", description = "The table")
  private String table;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only the rows for which this condition holds in the source database")
  private String where;

  @Option(
      names = "--connector",
      paramLabel = "NAME",
      description = "The connector, where several feed a table of this name")
  private String connector;

  @Option(names = "--no-wait", description = "Only send the signal")
  private boolean noWait;

  @Option(
      names = "--start-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the connector's first word; default ${DEFAULT-VALUE}")
  private long startTimeout;

  private final Environment environment;

  SnapshotVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    KafkaFeed feed = PipelineOptions.kafka(spec);
    URI address =
        feed.connectUrl()
            .orElseThrow(
                () ->
                    Errors.configuration(
                        "Cannot find the connector of table '%s': %s does not set"
                                .formatted(table, spec.file())
                            + " 'source.connect-url'",
                        "Set it to the REST address of Kafka Connect"));
    String sourceTable =
        Optional.ofNullable(spec.tables().get(table)).flatMap(TableSpec::source).orElse(table);
    SnapshotTarget target =
        SnapshotTarget.find(
            sourceTable,
            ConnectClient.at(address, ConnectCredentials.of(address)).connectors(),
            topics(feed),
            Optional.ofNullable(connector));
    SnapshotSignal signal =
        new SnapshotSignal(
            "tidemark-" + UUID.randomUUID(), target.collection(), Optional.ofNullable(where));
    StopSignal stop = new StopSignal();
    try (Interrupts interrupts = Interrupts.request(stop);
        SnapshotRequest request =
            new SnapshotRequest(
                feed.bootstrapServers(), feed.properties(), target.channel(), signal)) {
      request.send();
      SnapshotLines lines = new SnapshotLines(options.format(), table, target, signal);
      lines.sent();
      return follows(target, lines) ? follow(request, target, lines, stop) : 0;
    }
  }

  private static List<String> topics(KafkaFeed feed) {
    try (KafkaSource kafka = KafkaSource.of(feed)) {
      return kafka.topics(feed.topicPattern());
    }
  }

  private boolean follows(SnapshotTarget target, SnapshotLines lines) {
    if (noWait) {
      return false;
    }
    if (target.channel().notifications().isEmpty()) {
      lines.cannotFollow();
      return false;
    }
    return true;
  }

  private int follow(
      SnapshotRequest request, SnapshotTarget target, SnapshotLines lines, StopSignal stop) {
    Instant silentUntil = Instant.now().plusSeconds(startTimeout);
    boolean begun = false;
    while (!stop.requested()) {
      List<SnapshotNotice> notices = request.heard(POLL);
      for (SnapshotNotice notice : notices) {
        begun = true;
        lines.heard(notice);
        if (notice.failed()) {
          throw failed(target, notice);
        }
        if (notice.kind() == Kind.COMPLETED) {
          return ExitCode.DONE.code();
        }
      }
      if (!begun && Instant.now().isAfter(silentUntil)) {
        throw Errors.unavailable(
            "Cannot take a snapshot of %s: connector '%s' has not reacted for %d s"
                .formatted(target.collection(), target.channel().connector(), startTimeout),
            "Look at: tidemark connector status %s --pipeline %s; its signal topic must be %s"
                .formatted(
                    target.channel().connector(),
                    options.file(),
                    target.channel().topic().orElse("")),
            null);
      }
      if (notices.isEmpty()) {
        stop.await(POLL);
      }
    }
    lines.left();
    return ExitCode.DONE.code();
  }

  private static RuntimeException failed(SnapshotTarget target, SnapshotNotice notice) {
    return Errors.unavailable(
        "The snapshot of %s by connector '%s' ended without its rows: %s"
            .formatted(
                target.collection(),
                target.channel().connector(),
                notice.status().orElse(notice.kind().name())),
        "See the connector's log; check --where, and that its table.include.list has the table",
        null);
  }
}
