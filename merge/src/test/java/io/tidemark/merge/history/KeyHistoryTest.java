package io.tidemark.merge.history;

import static io.tidemark.merge.history.Timeline.change;
import static io.tidemark.merge.history.Timeline.snapshot;
import static io.tidemark.merge.history.Timeline.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Truncates.Truncate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule 14: late events split, deletes close, re-inserts open, replays change nothing. */
class KeyHistoryTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SEED = Long.getLong("tidemark.seed", 1);

  private final MemoryHistory history = new MemoryHistory();
  private final List<Change> all = new ArrayList<>();
  private final List<Truncate> truncates = new ArrayList<>();
  private long offset;

  private Tally apply(Change... batch) {
    all.addAll(List.of(batch));
    Tally tally = history.apply(List.of(batch), List.of());
    assertThat(history.rows()).isEqualTo(Timeline.of(all, truncates));
    return tally;
  }

  private Change at(String op, long lsn, String name, String body) {
    return change(op, lsn, offset++, T0.plusSeconds(lsn), name, body);
  }

  private Change delete(long lsn) {
    return at("d", lsn, null, null);
  }

  private List<String> shown() {
    return history.intervals().stream()
        .map(
            i ->
                "%s/%s %d-%s"
                    .formatted(
                        i.values()[0],
                        i.values()[1],
                        i.validFrom().getEpochSecond() - T0.getEpochSecond(),
                        i.isCurrent() ? "" : i.validTo().getEpochSecond() - T0.getEpochSecond()))
        .toList();
  }

  @Test
  void rule14EachChangeIsAnIntervalUntilTheNext() {
    apply(at("c", 10, "a", "x"), at("u", 20, "b", "x"));
    Tally tally = apply(at("u", 30, "b", "x"), delete(40), at("c", 50, "c", "y"));

    assertThat(shown()).containsExactly("a/x 10-20", "b/x 20-30", "b/x 30-40", "c/y 50-");
    assertThat(tally.opened).isEqualTo(2);
    assertThat(tally.closed).isEqualTo(1);
    assertThat(history.actions()).as("one closed, two new").isEqualTo(3);
  }

  @Test
  void rule14ALateChangeSplitsTheIntervalItFallsInto() {
    apply(at("c", 10, "a", "x"), delete(40));
    apply(at("u", 30, "c", "x"));
    apply(at("u", 20, "b", "x"));

    assertThat(shown()).containsExactly("a/x 10-20", "b/x 20-30", "c/x 30-40");
    assertThat(history.actions()).isEqualTo(2);
  }

  @Test
  void rule14ADeleteThatCameFirstStillCloses() {
    apply(delete(20));
    assertThat(history.marks()).isEqualTo(1);
    apply(at("c", 30, "b", "y"));
    apply(at("c", 10, "a", "x"));

    assertThat(shown()).containsExactly("a/x 10-20", "b/y 30-");
  }

  @Test
  void rule14ADeleteBetweenLeavesTheLaterOneForWhatComesBetween() {
    apply(at("c", 10, "a", "x"), delete(30));
    apply(delete(20));
    apply(at("c", 25, "b", "y"));

    assertThat(shown()).containsExactly("a/x 10-20", "b/y 25-30");
  }

  @Test
  void rule14ReplaysChangeNothing() {
    Change[] log = {
      at("r", 5, "a", "x"), at("u", 10, "b", "?"), delete(20), at("c", 30, "c", "z"), delete(35)
    };
    apply(log);
    Change[] again = {
      at("r", 5, "a", "x"), at("u", 10, "b", "?"), delete(20), at("c", 30, "c", "z"), delete(35)
    };
    Tally tally = apply(again);

    assertThat(history.actions()).isZero();
    assertThat(history.marks()).isZero();
    assertThat(tally.known).isEqualTo(5);
  }

  @Test
  void rule3AValueThatWasNotLoggedFollowsTheOneBefore() {
    apply(at("c", 10, "a", "x"), at("u", 30, "b", "?"), at("u", 40, "c", "?"));
    assertThat(shown()).containsExactly("a/x 10-30", "b/x 30-40", "c/x 40-");

    apply(at("u", 20, "late", "y"));
    assertThat(shown()).containsExactly("a/x 10-20", "late/y 20-30", "b/y 30-40", "c/y 40-");

    apply(at("u", 50, "d", "?"));
    assertThat(history.actions()).as("only what is at the end").isEqualTo(2);
    assertThat(shown()).endsWith("c/y 40-50", "d/y 50-");
  }

  @Test
  void rule3AValueThatNobodyKnowsIsNamedAndComesLater() {
    apply(at("u", 30, "b", "?"));
    assertThat(history.intervals().get(0).unresolved().get(1)).isTrue();
    apply(at("c", 10, "a", "x"));
    assertThat(history.intervals()).allMatch(i -> i.unresolved().isEmpty());
    apply(delete(20));
    assertThat(history.intervals().get(1).unresolved().get(1)).isTrue();
  }

  @Test
  void rule5ARowReadAgainOpensAnIntervalOnlyIfItChanged() {
    apply(at("c", 10, "a", "x"));
    Tally same = apply(at("r", 20, "a", "x"));
    assertThat(same.known).isEqualTo(1);
    assertThat(history.actions()).isZero();

    apply(at("r", 30, "b", "x"));
    assertThat(shown()).containsExactly("a/x 10-30", "b/x 30-");

    // What came between was changed back before the row was read: the read tells so.
    apply(at("u", 15, "c", "x"));
    assertThat(shown()).containsExactly("a/x 10-15", "c/x 15-20", "a/x 20-30", "b/x 30-");
  }

  @Test
  void rule5ReadsThatBecomeUnchangedAreNoIntervals() {
    apply(at("r", 20, "a", "x"), at("u", 30, "b", "x"));
    apply(at("c", 10, "a", "x"));
    assertThat(shown()).containsExactly("a/x 10-30", "b/x 30-");
  }

  @Test
  void rule6ATruncateClosesWhatIsBeforeIt() {
    apply(at("c", 10, "a", "x"), at("c", 60, "c", "x"));
    truncates.add(truncate(50, offset++, T0.plusSeconds(50)));
    history.apply(List.of(), truncates);
    assertThat(shown()).containsExactly("a/x 10-50", "c/x 60-");

    apply(at("u", 40, "b", "?"), at("u", 70, "d", "?"));
    assertThat(shown()).containsExactly("a/x 10-40", "b/x 40-50", "c/x 60-70", "d/x 70-");
  }

  @Test
  void rule5ASnapshotEndsTheRowThatItDoesNotHave() {
    apply(at("c", 10, "a", "x"));
    truncates.add(snapshot(50, T0.plusSeconds(50)));
    history.apply(List.of(), truncates);
    assertThat(shown()).containsExactly("a/x 10-50");

    apply(at("u", 60, "b", "x"));
    assertThat(shown()).containsExactly("a/x 10-50", "b/x 60-");
    apply(at("r", 50, "a", "x"));
    assertThat(shown()).as("its row came late").containsExactly("a/x 10-60", "b/x 60-");
  }

  @Test
  void rule14TimesNeverRunBackwards() {
    apply(
        change("c", 10, offset++, T0.plusSeconds(100), "a", "x"),
        change("u", 20, offset++, T0.plusSeconds(90), "b", "x"),
        change("u", 30, offset++, null, "c", "x"),
        change("d", 40, offset++, T0.plusSeconds(95), null, null));
    apply(change("c", 50, offset++, T0.plusSeconds(99), "d", "x"));

    assertThat(shown()).containsExactly("a/x 100-100", "b/x 100-100", "c/x 100-100", "d/x 100-");
  }

  /** Whatever the log, the order, the batches and the copies: the same intervals. */
  @Test
  void rule14HistoryIsAFunctionOfTheSetOfChanges() {
    for (long seed = SEED; seed < SEED + 20_000; seed++) {
      Random random = new Random(seed);
      RandomLog log = RandomLog.of(random);
      MemoryHistory lake = new MemoryHistory();
      List<Change> changes = new ArrayList<>();
      List<Truncate> ends = new ArrayList<>();
      long accounted = 0;
      List<Object> deliveries = new ArrayList<>(log.deliveries());
      if (random.nextInt(4) > 0) {
        Collections.shuffle(deliveries, random);
      }
      while (!deliveries.isEmpty()) {
        int size = 1 + random.nextInt(deliveries.size());
        List<Object> batch = deliveries.subList(0, size);
        List<Change> own = only(batch, Change.class);
        List<Truncate> ended = only(batch, Truncate.class);
        Tally tally = lake.apply(own, ended);
        accounted = tally.opened + tally.closed + tally.idle + tally.known;
        assertThat(accounted).as("seed %d", seed).isEqualTo(own.size());
        changes.addAll(own);
        ends.addAll(ended);
        batch.clear();
        assertThat(lake.rows())
            .as("repeat with -Dtidemark.seed=%d", seed)
            .isEqualTo(Timeline.of(changes, ends));
      }
    }
  }

  private static <T> List<T> only(List<Object> batch, Class<T> kind) {
    return batch.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
