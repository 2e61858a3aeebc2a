package io.tidemark.cli.letters;

import static io.tidemark.cli.fixture.EventLake.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.fixture.EventLake;
import io.tidemark.cli.fixture.EventLake.Event;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.letters.Letter;
import io.tidemark.ingest.letters.LetterFilter;
import io.tidemark.ingest.letters.LetterGroup;
import io.tidemark.ingest.letters.LetterStatus;
import io.tidemark.ingest.letters.Letters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rule 9: dead letters are kept, and come back after a fix as if they had come in time. */
@ExtendWith(SharedSpark.class)
class DeadLettersTest {
  private static final String STRICT = "tables: {orders: {columns: {id: int, total: int}}}";

  @TempDir private Path folder;

  private static Event order(long offset, long position, int id, String total) {
    String key = "{\"id\":" + id + "}";
    String row = "{\"id\":%d,\"total\":\"%s\"}".formatted(id, total);
    return change("orders", offset, position, "u", key, "null", row);
  }

  private static LetterFilter only(String... ids) {
    return new LetterFilter(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(ids));
  }

  private static void assertAccounted(Counts counts, Map<Count, Long> expected) {
    for (Count count : Count.values()) {
      assertThat(counts.of(count))
          .as("%s of %s", count, counts)
          .isEqualTo(expected.getOrDefault(count, 0L));
    }
    assertThat(counts.unaccounted()).isZero();
  }

  @Test
  void rule9WhatIsStillBadIsTriedAndCountedAndStaysOpen(SparkSession spark) {
    EventLake strict = new EventLake(spark, folder, STRICT);
    Event broken = new Event("shop.orders", 4, "k", "{broken");
    strict.land(
        order(0, 1, 1, "1"),
        order(1, 2, 1, "two"),
        order(2, 3, 1, "3"),
        order(3, 4, 2, "four"),
        broken);
    strict.merge();
    assertThat(new Letters(strict.lake(), "shop").openByTable())
        .containsExactlyInAnyOrderEntriesOf(Map.of("orders", 2L, "", 1L));

    assertAccounted(
        strict.replay(LetterFilter.ALL).counts(), Map.of(Count.READ, 3L, Count.DEAD_LETTERED, 3L));
    Letter tried = strict.letters().book().letter("shop.orders/0/3");
    assertThat(tried.attempts()).isEqualTo(2);
    assertThat(tried.lastAttempt()).isAfter(tried.firstSeen());
    assertThat(tried.status()).isEqualTo(LetterStatus.OPEN);
    assertThat(new String(tried.value(), StandardCharsets.UTF_8)).contains("\"four\"");
  }

  @Test
  void rule9AReplayThatWasCutOffLandsTheRestOnceAndObeysTheGuard(SparkSession spark) {
    String noKey = "tables: {orders: {columns: {id: int}, key: [number]}}";
    String withKey = "tables: {orders: {columns: {id: int}, key: [id]}}";
    EventLake wrong = new EventLake(spark, folder, noKey);
    wrong.land(
        order(0, 1, 1, "a"), order(1, 3, 2, "newer"), order(2, 2, 3, "c"), order(3, 9, 4, "d"));
    assertThat(wrong.letters().book().groups(LetterFilter.ALL))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.table()).contains("orders");
              assertThat(group.reason()).isEqualTo("BAD_KEY");
              assertThat(group.letters()).isEqualTo(4);
            });
    EventLake right = new EventLake(spark, folder, withKey);
    right.land(order(4, 10, 2, "newest"));
    right.merge();

    cutOff(right);
    assertThat(new Letters(right.lake(), "shop").openByTable()).containsEntry("orders", 4L);

    assertAccounted(
        right.replay(only("shop.orders/0/0", "shop.orders/0/1", "shop.orders/0/2")).counts(),
        Map.of(Count.READ, 3L, Count.LANDED, 1L, Count.REPLAYED, 2L));
    right.merge();
    assertThat(right.silver("orders"))
        .as("the newer change of row 2 is not overwritten")
        .containsExactly(
            "{\"id\":1,\"total\":\"a\"}",
            "{\"id\":2,\"total\":\"newest\"}",
            "{\"id\":3,\"total\":\"c\"}");
    assertThat(right.lake().bronze("orders").read().count()).isEqualTo(4);

    LetterFilter last =
        new LetterFilter(
            Optional.of("orders"),
            Optional.of("BAD_KEY"),
            Optional.of(Instant.EPOCH),
            Optional.of(Instant.now().plusSeconds(60)),
            List.of());
    assertThat(right.letters().discard(last, "a test row", right.context())).isEqualTo(1);
    assertThat(right.letters().discard(last, "again", right.context())).isZero();
    assertAccounted(right.replay(LetterFilter.ALL).counts(), Map.of());
    assertThat(right.letters().book().groups(LetterFilter.ALL))
        .extracting(LetterGroup::status, LetterGroup::letters)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(LetterStatus.REPLAYED, 3L),
            org.assertj.core.groups.Tuple.tuple(LetterStatus.DISCARDED, 1L));
    Letter discarded = right.letters().book().letter("shop.orders/0/3");
    assertThat(discarded.decision())
        .hasValueSatisfying(d -> assertThat(d).endsWith(": a test row"));
    assertThat(discarded.value()).as("discarding removes no byte").isNotEmpty();
    assertThat(new Letters(right.lake(), "shop").openByTable()).isEmpty();
    assertThatThrownBy(() -> right.letters().book().letter("shop.orders/0/99"))
        .hasMessageContaining("Cannot show the dead letter 'shop.orders/0/99'");
  }

  /** The process ends when two of the changes are in bronze and no decision is recorded. */
  private static void cutOff(EventLake lake) {
    assertThatThrownBy(
            () ->
                lake.writer()
                    .replay(
                        lake.lake()
                            .deadLetters()
                            .read()
                            .filter("offset < 2")
                            .withColumnRenamed("record_time", "timestamp"),
                        outcomes -> {
                          throw new IllegalStateException("cut off");
                        }))
        .hasMessage("cut off");
  }

  @Test
  void aLetterOfTheMergeIsOfferedToItAgainOnce(SparkSession spark) {
    EventLake lake = new EventLake(spark, folder, STRICT);
    lake.land(order(0, 1, 1, "1"), new Event("shop.orders", 1, "k", "{broken"));
    // As the merge writes it: the change is in bronze, silver could not take it.
    lake.lake()
        .deadLetters()
        .append(
            lake.lake()
                .deadLetters()
                .read()
                .selectExpr(
                    "'shop.orders/0/0' AS id",
                    "pipeline",
                    "'orders' AS table",
                    "'INCOMPATIBLE_SCHEMA' AS reason",
                    "message",
                    "topic",
                    "partition",
                    "0L AS offset",
                    "record_time",
                    "key",
                    "value",
                    "headers",
                    "first_seen",
                    "landed_date",
                    "sealed_with",
                    "'merge' AS stage"),
            List.of());

    assertAccounted(
        lake.replay(only("shop.orders/0/0")).counts(), Map.of(Count.READ, 1L, Count.LANDED, 1L));
    assertThat(lake.lake().bronze("orders").read().count()).isEqualTo(2);
    assertAccounted(lake.replay(only("shop.orders/0/0")).counts(), Map.of());
    lake.merge();
    assertThat(lake.silver("orders")).containsExactly("{\"id\":1,\"total\":1}");
  }

  @Test
  void timesAreTakenAsPeopleSayThem() {
    Instant now = Instant.parse("2026-11-21T03:00:00Z");
    assertThat(LetterOptions.time("--since", "90m", now)).isEqualTo("2026-11-21T01:30:00Z");
    assertThat(LetterOptions.time("--since", "7d", now)).isEqualTo("2026-11-14T03:00:00Z");
    assertThat(LetterOptions.time("--since", "2026-11-20", now)).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(LetterOptions.time("--since", "2026-11-20T01:00:00Z", now))
        .isEqualTo("2026-11-20T01:00:00Z");
    assertThatThrownBy(() -> LetterOptions.time("--until", "yesterday", now))
        .hasMessage("Invalid --until: 'yesterday'");
  }
}
