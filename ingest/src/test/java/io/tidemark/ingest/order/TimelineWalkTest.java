package io.tidemark.ingest.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.order.TimelineWalk.Run;
import io.tidemark.ingest.order.TimelineWalk.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rule 2: the order of GTIDs across changes of primary is learnt from the order of offsets. */
class TimelineWalkTest {
  private static final Map<String, TreeMap<Long, Integer>> NOTHING = Map.of();

  private static Run run(String source, long first, long last) {
    return new Run(
        source,
        last,
        above ->
            LongStream.rangeClosed(first, last).filter(t -> t > above).findFirst().orElseThrow());
  }

  private static TreeMap<Long, Integer> starts(long... fromAndOrdinal) {
    TreeMap<Long, Integer> starts = new TreeMap<>();
    for (int i = 0; i < fromAndOrdinal.length; i += 2) {
      starts.put(fromAndOrdinal[i], (int) fromAndOrdinal[i + 1]);
    }
    return starts;
  }

  @Test
  void rule2AFailoverOpensATimelineAndAFailbackAnother() {
    TimelineWalk walk = new TimelineWalk(NOTHING);
    walk.partition(0, Map.of(), List.of(run("a", 1, 100), run("b", 1, 50), run("a", 101, 120)));

    assertThat(walk.learnt())
        .containsExactly(new Start("a", 0, 1), new Start("b", 0, 2), new Start("a", 101, 3));
  }

  @Test
  void rule2TransactionsThatAreSentAgainKeepTheirTimeline() {
    TimelineWalk walk = new TimelineWalk(Map.of("a", starts(0, 1), "b", starts(0, 2)));
    walk.partition(2, Map.of("a", 100L, "b", 50L), List.of(run("a", 90, 100), run("b", 1, 60)));

    assertThat(walk.learnt()).isEmpty();
  }

  @Test
  void sentAgainAndNewInOneRunBeginsWhereItIsNew() {
    TimelineWalk walk = new TimelineWalk(Map.of("a", starts(0, 1), "b", starts(0, 2)));
    walk.partition(2, Map.of("a", 100L, "b", 50L), List.of(run("a", 90, 130)));

    assertThat(walk.learnt()).containsExactly(new Start("a", 101, 3));
  }

  /** One partition has seen the new primary, another still sends the old one's changes. */
  @Test
  void rule2APartitionThatIsBehindFollows() {
    TimelineWalk walk = new TimelineWalk(Map.of("a", starts(0, 1), "b", starts(0, 2)));
    walk.partition(1, Map.of("a", 95L), List.of(run("a", 96, 100), run("b", 3, 7)));

    assertThat(walk.learnt()).as("a did not come back, it had not left here").isEmpty();
  }

  @Test
  void aPartitionThatSawTheFailbackEarlierInItsNumbersMovesItsBeginning() {
    TimelineWalk walk = new TimelineWalk(Map.of("a", starts(0, 1, 150, 3), "b", starts(0, 2)));
    walk.partition(1, Map.of("a", 98L), List.of(run("b", 5, 6), run("a", 140, 160)));

    assertThat(walk.learnt()).containsExactly(new Start("a", 140, 3));
  }

  @Test
  void rule5ASnapshotAmongGtidsIsATimelineAndTheFirstSnapshotIsNone() {
    TimelineWalk first = new TimelineWalk(NOTHING);
    first.partition(0, Map.of(), List.of(run("snapshot 3:4", 0, 0), run("a", 7, 9)));
    assertThat(first.learnt()).containsExactly(new Start("a", 0, 1));

    TimelineWalk again = new TimelineWalk(Map.of("a", starts(0, 1)));
    again.partition(1, Map.of("a", 9L), List.of(run("snapshot 5:6", 0, 0), run("a", 8, 12)));
    assertThat(again.learnt())
        .containsExactly(new Start("snapshot 5:6", 0, 2), new Start("a", 10, 3));
  }

  @Test
  void primariesThatTakeTurnsAreNoSuccession() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i <= TimelineWalk.MOST_CHANGES; i++) {
      runs.add(run(i % 2 == 0 ? "a" : "b", i, i));
    }
    TimelineWalk walk = new TimelineWalk(NOTHING);
    walk.partition(0, Map.of(), runs);

    assertThat(walk.isNoSuccession()).isTrue();
  }

  @Test
  void mostBatchesAreCalm() {
    Map<String, TreeMap<Long, Integer>> known = Map.of("a", starts(0, 1), "b", starts(0, 2));

    assertThat(TimelineWalk.isCalm(known, 2, "b")).isTrue();
    assertThat(TimelineWalk.isCalm(known, 0, "b")).as("a new partition").isTrue();
    assertThat(TimelineWalk.isCalm(known, 2, "a")).isFalse();
    assertThat(TimelineWalk.isCalm(known, 2, "c")).isFalse();
    assertThat(TimelineWalk.isCalm(NOTHING, 0, "a")).isFalse();
    assertThat(TimelineWalk.isCalm(NOTHING, 0, "snapshot 1:4")).isTrue();
  }
}
