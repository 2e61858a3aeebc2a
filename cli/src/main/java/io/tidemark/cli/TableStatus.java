package io.tidemark.cli;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import io.tidemark.merge.silver.TableMerge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a table is.
 *
 * @param table its name with its layer
 * @param rows its rows; empty if it does not exist
 * @param freshness now minus the source time of the newest applied change
 * @param lag records of its topics that have not landed, plus bronze versions not merged
 * @param lastRun when a run last changed it or failed to
 * @param deadLetters records that could not be decoded and seem to belong to it
 * @param error why it is held at an older state
 */
record TableStatus(
    String table,
    Optional<Long> rows,
    Optional<Duration> freshness,
    Optional<Long> lag,
    Optional<Instant> lastRun,
    long deadLetters,
    Optional<String> error) {

  private static final String LINE = "%-26s %12s %10s %10s %20s %8s  %s%n";

  static String text(List<TableStatus> tables) {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted("TABLE", "ROWS", "FRESHNESS", "LAG", "LAST RUN (UTC)", "DEAD", "STATE"));
    for (TableStatus table : tables) {
      text.append(
          LINE.formatted(
              table.table,
              table.rows.map("%,d"::formatted).orElse("-"),
              table.freshness.map(StepLine::duration).orElse("-"),
              table.lag.map("%,d"::formatted).orElse("-"),
              table
                  .lastRun
                  .map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""))
                  .orElse("-"),
              table.deadLetters == 0 ? "-" : "%,d".formatted(table.deadLetters),
              table.error.map(e -> "HELD: " + e).orElse("ok")));
    }
    return text.toString();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table);
    map.put("rows", rows.orElse(null));
    map.put("freshness_seconds", freshness.map(Duration::toSeconds).orElse(null));
    map.put("lag", lag.orElse(null));
    map.put("last_run", lastRun.map(Instant::toString).orElse(null));
    map.put("dead_letters", deadLetters);
    map.put("error", error.orElse(null));
    return map;
  }

  /** What of the source has not reached silver yet. */
  static final class SourceLag {
    private final String pipeline;
    private final List<TopicPartitionRange> ranges;
    private final Lake lake;
    private final Map<String, Long> landed;

    SourceLag(String pipeline, List<TopicPartitionRange> ranges, Lake lake) {
      this.pipeline = pipeline;
      this.ranges = ranges;
      this.lake = lake;
      this.landed = lake.runs().tokens(BronzeWriter.tokenPrefix(pipeline));
    }

    static SourceLag unknown(String pipeline, Lake lake) {
      return new SourceLag(pipeline, List.of(), lake);
    }

    /** Offsets of the table's topics not landed; empty if its topics are unknown. */
    Optional<Long> of(String table) {
      Map<String, Long> own = lake.bronze(table).tokens(BronzeWriter.tokenPrefix(pipeline));
      List<TopicPartitionRange> feeding =
          ranges.stream().filter(range -> feeds(own, range)).toList();
      if (feeding.isEmpty()) {
        return Optional.empty();
      }
      long lag = 0;
      for (TopicPartitionRange range : feeding) {
        long next = landed.getOrDefault(token(range), CommitToken.NONE);
        lag += range.end() - Math.max(next, range.earliest());
      }
      return Optional.of(lag + notMerged(table));
    }

    private boolean feeds(Map<String, Long> own, TopicPartitionRange range) {
      String topicTokens = BronzeWriter.tokenPrefix(pipeline) + range.topic() + "/";
      return own.keySet().stream().anyMatch(name -> name.startsWith(topicTokens));
    }

    private String token(TopicPartitionRange range) {
      return BronzeWriter.token(pipeline, range.topic(), range.partition());
    }

    private long notMerged(String table) {
      LakeTable bronze = lake.bronze(table);
      long applied = lake.silver(table).token(TableMerge.tokenName(pipeline, bronze));
      return applied >= bronze.version()
          ? 0
          : lake.bronze(table).appendedBetween(applied, bronze.version()).count();
    }
  }
}
