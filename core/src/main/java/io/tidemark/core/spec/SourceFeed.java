package io.tidemark.core.spec;

/** What only one kind of source has, and so which kind it is. */
public sealed interface SourceFeed permits KafkaFeed, FileFeed, JdbcFeed {
  /** The kind of source. */
  SourceType type();
}
