package io.tidemark.ingest.signal;

import io.tidemark.core.error.Errors;
import io.tidemark.ingest.connect.Connector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a connector listens and answers, by its settings.
 *
 * @param connector the connector's name
 * @param key the key that its signals in Kafka must have: its {@code topic.prefix}
 * @param topic the topic it takes signals from; empty if it listens to none
 * @param table the table it takes signals from; empty if it listens to none
 * @param notifications the topic it writes its notifications to; empty if it writes none
 */
public record SignalChannel(
    String connector,
    String key,
    Optional<String> topic,
    Optional<String> table,
    Optional<String> notifications) {

  /**
   * Reads a connector's settings. The source channel alone is on by default; the table of signals
   * has no default. (Debezium documentation, {@code signal.enabled.channels}, {@code
   * signal.data.collection}, {@code signal.kafka.topic}, {@code notification.enabled.channels}.)
   */
  public static SignalChannel of(Connector connector) {
    Map<String, String> config = connector.config();
    String prefix = config.getOrDefault("topic.prefix", "");
    List<String> channels = list(config.getOrDefault("signal.enabled.channels", "source"));
    List<String> answers = list(config.getOrDefault("notification.enabled.channels", ""));
    return new SignalChannel(
        connector.name(),
        prefix,
        channels.contains("kafka")
            ? Optional.of(config.getOrDefault("signal.kafka.topic", prefix + "-signal"))
            : Optional.empty(),
        channels.contains("source")
            ? Optional.ofNullable(config.get("signal.data.collection"))
            : Optional.empty(),
        answers.contains("sink")
            ? Optional.ofNullable(config.get("notification.sink.topic.name"))
            : Optional.empty());
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  /**
   * The topic to send signals to.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the connector listens to
   *     none; says how to make it, or what to write into its signal table instead
   */
  public String requiredTopic(SnapshotSignal signal) {
    return topic.orElseThrow(
        () ->
            Errors.configuration(
                "Cannot signal connector '%s': it takes no signals from Kafka".formatted(connector),
                table
                    .map(name -> "Run in the source database: " + insert(name, signal))
                    .orElse(
                        "Set on the connector 'signal.enabled.channels: source,kafka' and"
                            + " 'signal.data.collection' (a table id, type, data that it may write"
                            + " to), then run this again")));
  }

  private static String insert(String table, SnapshotSignal signal) {
    return "INSERT INTO %s (id, type, data) VALUES ('%s', '%s', '%s')"
        .formatted(table, signal.id(), SnapshotSignal.TYPE, signal.data().replace("'", "''"));
  }
}
