package io.tidemark.merge.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Histories must contain what they are meant to try; else the property below proves little. */
class HistoryTest {
  @Test
  void historiesHaveEveryKindOfEvent() {
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < 10; seed++) {
      Set<String> deleted = new HashSet<>();
      for (SourceEvent event : History.of(new Random(seed), 200)) {
        seen.add(event.op());
        seen.add(event.extended() ? "extended" : "narrow");
        if (event.op().equals("d")) {
          deleted.add(event.key());
        } else if (event.row() != null && event.row().containsValue(SourceEvent.UNLOGGED)) {
          seen.add("unlogged");
        } else if (event.op().equals("c") && deleted.contains(event.key())) {
          seen.add("inserted again");
        }
      }
    }

    assertThat(seen)
        .containsExactly(
            "c", "d", "extended", "inserted again", "narrow", "r", "t", "u", "unlogged");
  }

  @Test
  void theOracleFillsUnloggedValuesAndForgetsDeletedRows() {
    SourceEvent create = event(1, "c", Map.of("id", "a", "body", "long"));
    SourceEvent update = event(2, "u", Map.of("id", "a", "body", SourceEvent.UNLOGGED));
    SourceEvent delete = new SourceEvent(3, "d", "a", null, false);
    SourceEvent truncate = new SourceEvent(3, "t", null, null, false);

    assertThat(Oracle.fold(List.of(create, update)))
        .isEqualTo(Map.of("a", new Oracle.Current(create.row(), 2)));
    assertThat(Oracle.fold(List.of(create, update, delete))).isEmpty();
    assertThat(Oracle.fold(List.of(create, update, truncate))).isEmpty();
  }

  @Test
  void deliveriesRepeatAndLoseNothing() {
    List<SourceEvent> log = History.of(new Random(1), 60);
    List<SourceEvent> arrived = Delivery.of(log, new Random(1));

    assertThat(arrived).hasSizeGreaterThan(log.size()).containsAll(log);
    assertThat(new HashSet<>(arrived)).hasSameElementsAs(new HashSet<>(log));
    assertThat(Delivery.cut(arrived, 5, new Random(1)).stream().flatMap(List::stream))
        .containsExactlyElementsOf(arrived);
  }

  private static SourceEvent event(long lsn, String op, Map<String, Object> row) {
    return new SourceEvent(lsn, op, "a", row, false);
  }
}
