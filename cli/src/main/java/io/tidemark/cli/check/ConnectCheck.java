package io.tidemark.cli.check;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceSpec;
import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.ingest.connect.ConnectCluster;
import io.tidemark.ingest.connect.ConnectCredentials;
import io.tidemark.ingest.connect.Connector;
import io.tidemark.ingest.connect.ConnectorStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the Debezium connectors that feed a pipeline. */
final class ConnectCheck {
  private static final String WHERE = "connect";

  private final PipelineSpec spec;
  private final List<Finding> findings = new ArrayList<>();

  private ConnectCheck(PipelineSpec spec) {
    this.spec = spec;
  }

  /**
   * Looks at the Connect of {@code source.connect-url}.
   *
   * @param kafka the identity of the pipeline's Kafka; empty if it did not answer
   */
  static List<Finding> run(PipelineSpec spec, Optional<String> kafka) {
    ConnectCheck check = new ConnectCheck(spec);
    Optional<URI> url = spec.source().kafka().connectUrl();
    if (url.isEmpty()) {
      return List.of(
          Finding.note(
              WHERE,
              "connectors were not looked at: 'source.connect-url' is not set",
              "Set it to Kafka Connect's address, such as http://connect:8083"));
    }
    String where = WHERE + " " + Secrets.withoutUserInfo(url.get().toString());
    try {
      ConnectClient client = ConnectClient.at(url.get(), ConnectCredentials.of(url.get()));
      check.cluster(where, client.cluster(), kafka);
      check.connectors(where, client.connectors());
    } catch (TidemarkException e) {
      check.findings.add(Finding.failure(where, e));
    }
    return check.findings;
  }

  private void cluster(String where, ConnectCluster cluster, Optional<String> kafka) {
    if (kafka.isPresent() && !kafka.get().endsWith(" " + cluster.kafkaClusterId())) {
      findings.add(
          Finding.error(
              where,
              "its connectors write to Kafka cluster %s, the pipeline reads %s"
                  .formatted(cluster.kafkaClusterId(), kafka.get()),
              "Correct 'source.connect-url' or 'source.bootstrap-servers'"));
    } else {
      findings.add(Finding.ok(where, "reachable, version " + cluster.version()));
    }
  }

  private void connectors(String where, List<Connector> all) {
    List<Connector> feeding = all.stream().filter(this::feeds).toList();
    if (feeding.isEmpty()) {
      List<String> others = all.stream().map(c -> c.name() + " (" + prefix(c) + ")").toList();
      findings.add(
          Finding.warning(
              where,
              "no Debezium connector has a topic.prefix that fits 'source.topics'%s"
                  .formatted(
                      others.isEmpty()
                          ? "; there are no connectors"
                          : "; the connectors and their prefixes: " + String.join(", ", others)),
              "Make one: tidemark connector create FILE.json --pipeline " + spec.file()));
    }
    feeding.forEach(this::connector);
  }

  private boolean feeds(Connector connector) {
    return connector.type().startsWith("io.debezium.")
        && mayFeed(prefix(connector), spec.source().kafka().topics());
  }

  private static String prefix(Connector connector) {
    String old = connector.config().getOrDefault("database.server.name", "");
    return connector.config().getOrDefault("topic.prefix", old);
  }

  /** Whether a name that starts with the prefix and a dot can match one of the patterns. */
  static boolean mayFeed(String prefix, List<String> globs) {
    if (prefix.isEmpty()) {
      return false;
    }
    String start = prefix + ".";
    for (String glob : globs) {
      int star = glob.indexOf('*');
      String literal = star < 0 ? glob : glob.substring(0, star);
      if (literal.startsWith(start) || (star >= 0 && start.startsWith(literal))) {
        return true;
      }
    }
    return false;
  }

  private void connector(Connector connector) {
    SourceSpec source = spec.source();
    List<Finding> found = new ArrayList<>();
    state(connector).ifPresent(found::add);
    found.addAll(
        ConnectorRules.judge(
            connector.name(), connector.config(), source.unavailableValue(), source.format()));
    boolean fine = found.stream().noneMatch(f -> f.severity().compareTo(Severity.WARNING) >= 0);
    if (fine) {
      findings.add(
          Finding.ok(
              "connector " + connector.name(), "running, topic.prefix " + prefix(connector)));
    }
    findings.addAll(found);
  }

  private Optional<Finding> state(Connector connector) {
    ConnectorStatus status = connector.status();
    String where = "connector " + connector.name();
    if (status.failed()) {
      return Optional.of(
          Finding.unavailable(
              where,
              "it has failed: " + status.firstError().orElse("Connect does not say why"),
              "Remove the cause, then: tidemark connector restart %s --pipeline %s"
                  .formatted(connector.name(), spec.file())));
    }
    if (status.running()) {
      return Optional.empty();
    }
    String tasks =
        status.tasks().isEmpty() ? "without tasks" : "with task " + status.tasks().get(0).state();
    return Optional.of(
        Finding.warning(
            where,
            "its state is %s, %s: no changes arrive".formatted(status.state(), tasks),
            "If it was not made or restarted a moment ago: tidemark connector resume %s --pipeline %s"
                .formatted(connector.name(), spec.file())));
  }
}
