package io.tidemark.cli.check;

import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What names, settings and offsets of topics tell. Pure: Kafka was asked before. */
final class TopicRules {
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

  private TopicRules() {}

  /** Where the findings about a topic stand. */
  static String where(String topic) {
    return "topic " + topic;
  }

  /**
   * Which of the wanted topics are not there.
   *
   * @param globs the pipeline's {@code source.topics}
   * @param all the names of all topics
   */
  static List<Finding> missing(List<String> globs, List<String> all) {
    List<Finding> findings = new ArrayList<>();
    List<String> empty = globs.stream().filter(glob -> !matchesAny(glob, all)).toList();
    for (String glob : empty) {
      List<String> similar = SimilarTopics.of(glob, all);
      String what =
          "no topic matches '%s'%s"
              .formatted(glob, similar.isEmpty() ? "" : "; similar: " + String.join(", ", similar));
      String remedy =
          similar.isEmpty()
              ? "Start the connector; its topics are <topic.prefix>.<schema>.<table>, each made"
                  + " with its first record"
              : "Correct 'source.topics' if one of these is meant, else start the connector";
      findings.add(
          empty.size() == globs.size()
              ? Finding.error("source.topics", what, remedy)
              : Finding.warning("source.topics", what, remedy));
    }
    return findings;
  }

  private static boolean matchesAny(String glob, List<String> topics) {
    Pattern pattern = Pattern.compile(glob.replace(".", "\\.").replace("*", ".*"));
    return topics.stream().anyMatch(topic -> pattern.matcher(topic).matches());
  }

  /**
   * Declared tables that no topic seems to be of; Debezium ends a topic's name with the table's.
   */
  static List<Finding> tablesWithoutTopic(Collection<TableSpec> tables, List<String> topics) {
    List<Finding> findings = new ArrayList<>();
    for (TableSpec table : tables) {
      String source = table.source().orElse(table.name());
      if (table.outbox().isPresent()) {
        findings.addAll(outboxWithoutTopic(table, topics));
      } else if (!topics.isEmpty()
          && topics.stream().noneMatch(t -> t.equals(source) || t.endsWith("." + source))) {
        findings.add(
            Finding.warning(
                "table " + table.name(),
                "no topic is named after the source table '%s'".formatted(source),
                "Nothing to do if it has had no row yet; else add it to the connector's"
                    + " table.include.list, or correct 'tables.%s.source'"
                        .formatted(table.name())));
      }
    }
    return findings;
  }

  private static List<Finding> outboxWithoutTopic(TableSpec table, List<String> topics) {
    Pattern outbox = table.outboxPattern().orElseThrow();
    if (topics.isEmpty() || topics.stream().anyMatch(topic -> outbox.matcher(topic).matches())) {
      return List.of();
    }
    return List.of(
        Finding.warning(
            "table " + table.name(),
            "no topic of 'source.topics' matches its outbox '%s'"
                .formatted(table.outbox().orElseThrow()),
            "Nothing to do if it has had no event yet; else add the topic to 'source.topics'"));
  }

  /** Settings under which records vanish before they have landed. */
  static List<Finding> settings(String topic, Map<String, String> settings) {
    List<Finding> findings = new ArrayList<>();
    String policy = settings.getOrDefault("cleanup.policy", "delete");
    if (policy.contains("compact")) {
      findings.add(
          Finding.warning(
              where(topic),
              "cleanup.policy is '%s': compaction removes older changes, and with them deletes that have not landed yet; their tombstones vanish, too"
                  .formatted(policy),
              "Set cleanup.policy=delete on the topic"));
    }
    retention(topic, policy, settings).ifPresent(findings::add);
    return findings;
  }

  private static Optional<Finding> retention(
      String topic, String policy, Map<String, String> settings) {
    long millis = Long.parseLong(settings.getOrDefault("retention.ms", "-1"));
    if (!policy.contains("delete") || millis < 0 || millis >= SHORTEST_RETENTION.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warning(
            where(topic),
            "retention.ms is %d (%d minutes): if the pipeline stands still longer than that, changes are lost"
                .formatted(millis, Duration.ofMillis(millis).toMinutes()),
            "Set retention.ms to a day at least, better to a week (604800000)"));
  }

  /** Topics whose oldest records are gone. */
  static Optional<Finding> expired(String topic, List<TopicPartitionRange> ranges) {
    List<String> partitions =
        ranges.stream()
            .filter(range -> range.topic().equals(topic) && range.earliest() > 0)
            .map(range -> "partition %d from %d".formatted(range.partition(), range.earliest()))
            .toList();
    if (partitions.isEmpty()) {
      return Optional.empty();
    }
    String shown =
        String.join(", ", partitions.subList(0, Math.min(3, partitions.size())))
            + (partitions.size() > 3 ? ", ..." : "");
    return Optional.of(
        Finding.warning(
            where(topic),
            "its oldest records have expired (%s): rows changed only before that are missing unless a snapshot is still in the topic"
                .formatted(shown),
            "Nothing to do if the lake has landed them; else take a new snapshot with the"
                + " connector"));
  }
}
