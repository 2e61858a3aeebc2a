package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where changes come from.
 *
 * @param bootstrapServers {@code host:port} of the Kafka brokers, separated by commas
 * @param topics names of topics, in which {@code *} stands for any characters
 * @param maxOffsetsPerTrigger most records one micro-batch reads
 * @param unavailableValue what the connector writes in place of a large value that did not change
 * @param retryTimeout how long a lost Kafka is retried before the run ends with exit code 4
 * @param connectUrl the REST address of the Kafka Connect that feeds the topics, without a slash at
 *     its end
 * @param kafka further properties of the Kafka client, as they are; may hold secrets
 * @param format how keys and values are written
 * @param registry the REST address of the schema registry, without a slash at its end; there
 *     exactly if the format needs one; may hold user and password
 * @param redaction which values must not be printed
 */
public record SourceSpec(
    SourceType type,
    String bootstrapServers,
    List<String> topics,
    long maxOffsetsPerTrigger,
    String unavailableValue,
    Duration retryTimeout,
    Optional<URI> connectUrl,
    Map<String, String> kafka,
    SourceFormat format,
    Optional<URI> registry,
    Redaction redaction) {

  /** Copies the collections. */
  public SourceSpec {
    requireNonNull(type, "type");
    requireNonNull(bootstrapServers, "bootstrapServers");
    topics = List.copyOf(topics);
    requireNonNull(unavailableValue, "unavailableValue");
    requireNonNull(retryTimeout, "retryTimeout");
    requireNonNull(connectUrl, "connectUrl");
    kafka = Collections.unmodifiableMap(new LinkedHashMap<>(kafka));
    requireNonNull(format, "format");
    requireNonNull(registry, "registry");
    requireNonNull(redaction, "redaction");
  }

  /**
   * The topics as one regular expression that whole topic names match, for Java and for Spark's
   * {@code subscribePattern}.
   */
  public Pattern topicPattern() {
    return TopicGlob.pattern(topics);
  }

  /** The settings on one line; secrets are redacted. */
  @Override
  public String toString() {
    return Settings.SOURCE.describe(this);
  }
}
