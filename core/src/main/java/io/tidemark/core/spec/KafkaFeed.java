package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Topics of a Kafka cluster that Debezium connectors write.
 *
 * @param bootstrapServers {@code host:port} of the Kafka brokers, separated by commas
 * @param topics names of topics, in which {@code *} stands for any characters
 * @param maxOffsetsPerTrigger most records one micro-batch reads
 * @param connectUrl the REST address of the Kafka Connect that feeds the topics, without a slash at
 *     its end
 * @param properties further properties of the Kafka client, as they are; may hold secrets
 */
public record KafkaFeed(
    String bootstrapServers,
    List<String> topics,
    long maxOffsetsPerTrigger,
    Optional<URI> connectUrl,
    Map<String, String> properties)
    implements SourceFeed {

  /** Copies the collections. */
  public KafkaFeed {
    requireNonNull(bootstrapServers, "bootstrapServers");
    topics = List.copyOf(topics);
    requireNonNull(connectUrl, "connectUrl");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  @Override
  public SourceType type() {
    return SourceType.DEBEZIUM;
  }

  /**
   * The topics as one regular expression that whole topic names match, for Java and for Spark's
   * {@code subscribePattern}.
   */
  public Pattern topicPattern() {
    return TopicGlob.pattern(topics);
  }

  /** How many topics and which brokers; the properties may hold secrets. */
  @Override
  public String toString() {
    return "topics " + topics + " of Kafka at " + bootstrapServers;
  }
}
