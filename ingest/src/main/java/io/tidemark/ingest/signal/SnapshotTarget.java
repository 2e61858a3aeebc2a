package io.tidemark.ingest.signal;

import io.tidemark.core.error.Errors;
import io.tidemark.ingest.connect.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of a connector, found by what there is in Kafka.
 *
 * @param channel how its connector listens
 * @param collection the table as the connector names it
 */
public record SnapshotTarget(SignalChannel channel, String collection) {

  /**
   * Finds the one connector that feeds a table: a Debezium topic's name is the connector's {@code
   * topic.prefix}, then the table's name as the connector has it.
   *
   * @param table the source table, with or without schema and database
   * @param connectors all connectors of the Connect cluster
   * @param topics the topics of the pipeline
   * @param connector the connector's name, where several feed such a table
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is none, or more
   *     than one
   */
  public static SnapshotTarget find(
      String table, List<Connector> connectors, List<String> topics, Optional<String> connector) {
    List<SnapshotTarget> found = new ArrayList<>();
    for (Connector candidate : connectors) {
      if (connector.isEmpty() || connector.get().equals(candidate.name())) {
        SignalChannel channel = SignalChannel.of(candidate);
        collections(channel, topics).stream()
            .filter(c -> c.equals(table) || c.endsWith("." + table) || table.endsWith("." + c))
            .forEach(collection -> found.add(new SnapshotTarget(channel, collection)));
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty() ? none(table, connectors, topics) : several(table, found);
  }

  private static List<String> collections(SignalChannel channel, List<String> topics) {
    String prefix = channel.key() + ".";
    return topics.stream()
        .filter(topic -> channel.key().length() > 0 && topic.startsWith(prefix))
        .map(topic -> topic.substring(prefix.length()))
        .toList();
  }

  private static RuntimeException none(
      String table, List<Connector> connectors, List<String> topics) {
    return Errors.configuration(
        "Cannot find the connector of table '%s': no connector of %s has a topic for it among %s"
            .formatted(table, connectors.stream().map(Connector::name).toList(), topics),
        "Correct --table, --connector or 'source.topics'; connectors are listed by: tidemark"
            + " connector list");
  }

  private static RuntimeException several(String table, List<SnapshotTarget> found) {
    return Errors.configuration(
        "Cannot tell which table '%s' is meant: %s"
            .formatted(
                table,
                found.stream()
                    .map(t -> t.channel().connector() + " has " + t.collection())
                    .collect(Collectors.joining(", "))),
        "Pass --connector NAME, or declare the table's 'source' with its schema");
  }
}
