package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where changes come from.
 *
 * @param feed what only this kind of source has
 * @param format how keys and values are written
 * @param registry the REST address of the schema registry, without a slash at its end; there
 *     exactly if the format needs one; may hold user and password
 * @param unavailableValue what the connector writes in place of a large value that did not change
 * @param retryTimeout how long a lost source is retried before the run ends with exit code 4
 * @param redaction which values must not be printed
 */
public record SourceSpec(
    SourceFeed feed,
    SourceFormat format,
    Optional<URI> registry,
    String unavailableValue,
    Duration retryTimeout,
    Redaction redaction) {

  /** Refuses missing parts. */
  public SourceSpec {
    requireNonNull(feed, "feed");
    requireNonNull(format, "format");
    requireNonNull(unavailableValue, "unavailableValue");
    requireNonNull(retryTimeout, "retryTimeout");
    requireNonNull(registry, "registry");
    requireNonNull(redaction, "redaction");
  }

  /** The kind of source. */
  public SourceType type() {
    return feed.type();
  }

  /**
   * What only a source of type {@code debezium} has.
   *
   * @throws IllegalStateException if the source is another one
   */
  public KafkaFeed kafka() {
    if (feed instanceof KafkaFeed kafka) {
      return kafka;
    }
    throw new IllegalStateException("A source of type " + type() + " has no Kafka");
  }

  /**
   * What only a source of type {@code files} has.
   *
   * @throws IllegalStateException if the source is another one
   */
  public FileFeed files() {
    if (feed instanceof FileFeed files) {
      return files;
    }
    throw new IllegalStateException("A source of type " + type() + " has no files");
  }

  /**
   * What only a source of type {@code jdbc} has.
   *
   * @throws IllegalStateException if the source is another one
   */
  public JdbcFeed jdbc() {
    if (feed instanceof JdbcFeed jdbc) {
      return jdbc;
    }
    throw new IllegalStateException("A source of type " + type() + " has no database");
  }

  /** The settings on one line; secrets are redacted. */
  @Override
  public String toString() {
    return Settings.SOURCE.describe(this);
  }
}
