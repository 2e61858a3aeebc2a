package io.tidemark.merge.history;

import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Element.Mark;
import io.tidemark.merge.history.Element.Stored;
import io.tidemark.merge.history.Truncates.Truncate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The history of one key, kept in memory as the lake keeps it. */
final class MemoryHistory {
  private static final Instant UNKNOWN = Instant.MIN;

  private final TreeMap<String, Interval> intervals = new TreeMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Truncate> truncates = new ArrayList<>();
  private int actions;

  /** Applies a batch of changes and truncates; returns what became of the changes. */
  Tally apply(List<Change> batch, List<Truncate> truncated) {
    Tally tally = new Tally();
    actions = 0;
    Reach reach = reach(batch, truncated);
    truncates.addAll(truncated);
    List<Action> done = new ArrayList<>();
    KeyHistory key = new KeyHistory(Truncates.of(truncates), reach.place(), done::add, tally);
    elements(batch, reach).sorted(Comparator.comparing(Element::position)).forEach(key::add);
    key.finish();
    done.forEach(this::apply);
    return tally;
  }

  private static Reach reach(List<Change> batch, List<Truncate> truncated) {
    Stream<Reach> changes = batch.stream().map(c -> reach(c.position(), c.time()));
    Stream<Reach> ends = truncated.stream().map(t -> reach(t.position(), t.time()));
    return Stream.concat(changes, ends).reduce(Reach::and).orElseThrow();
  }

  private static Reach reach(String position, Instant time) {
    return new Reach(LogPlace.of(position), time == null ? UNKNOWN : time);
  }

  private Stream<Element> elements(List<Change> batch, Reach reach) {
    Stream<Element> stored =
        intervals.values().stream()
            .filter(i -> i.isCurrent() || reach.contains(i.endPosition(), i.validTo()))
            .map(Stored::new);
    boolean isWithin = marks.stream().anyMatch(m -> reach.contains(m.position(), m.time()));
    Stream<Element> known = isWithin ? marks.stream().map(m -> m) : Stream.empty();
    return Stream.of(batch.stream(), stored, known).flatMap(s -> s);
  }

  private void apply(Action action) {
    if (action instanceof Action.Insert insert) {
      require(intervals.put(insert.interval().position(), insert.interval()) == null, action);
      actions++;
    } else if (action instanceof Action.Update update) {
      require(intervals.put(update.interval().position(), update.interval()) != null, action);
      actions++;
    } else if (action instanceof Action.Remove remove) {
      require(intervals.remove(remove.interval().position()) != null, action);
      actions++;
    } else if (action instanceof Action.Remember remember) {
      marks.add(remember.mark());
    }
  }

  private static void require(boolean holds, Action action) {
    if (!holds) {
      throw new AssertionError("no such interval, or one too many: " + action);
    }
  }

  /** How many intervals the last batch wrote. */
  int actions() {
    return actions;
  }

  /** How much is remembered of what left no interval. */
  int marks() {
    return marks.size();
  }

  /** The intervals in order, as text. */
  List<String> rows() {
    return intervals.values().stream().map(Timeline::text).toList();
  }

  /** The intervals in order. */
  List<Interval> intervals() {
    return List.copyOf(intervals.values());
  }
}
