package io.tidemark.merge.history;

import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.Position.Phase;
import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Truncates.Truncate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What history must be: all changes of a key at once, each once, put in order and followed one by
 * one. Shares no code with what it judges but the changes themselves.
 */
final class Timeline {
  private static final int BODY = 1;

  private Timeline() {}

  /** A change at a place of the log, delivered at an offset. */
  static Change change(String op, long lsn, long offset, Instant time, String name, String body) {
    BitSet unlogged = new BitSet(0);
    unlogged.set(BODY, "?".equals(body));
    Object[] values = {name, "?".equals(body) ? null : body};
    return new Change(op, position(op, lsn, offset), time, values, unlogged);
  }

  static Truncate truncate(long lsn, long offset, Instant time) {
    return new Truncate(position("t", lsn, offset), time, false);
  }

  /** A snapshot at a place of the log, complete: a row that was not read there is gone. */
  static Truncate snapshot(long lsn, Instant time) {
    return Truncate.ofSnapshot(place(position("r", lsn, 0)), time);
  }

  private static String position(String op, long lsn, long offset) {
    Phase phase = op.equals("r") ? Phase.SNAPSHOT : Phase.STREAM;
    return Position.ofPostgres(lsn, phase, new Origin("a.b", 0, offset)).text();
  }

  /** The place of a position: what stands before the topic. */
  private static String place(String position) {
    return position.substring(0, position.indexOf(".a.b."));
  }

  private record Step(String op, String position, Instant time, String name, String body) {
    String identity() {
      String content = "dts".contains(op) ? op : name + "/" + body;
      return (op.equals("s") ? position : place(position)) + " " + content;
    }

    boolean isReadBy(Step snapshot) {
      return op.equals("r") && position.startsWith(snapshot.position);
    }

    Object body(Step before, Object bodyBefore) {
      return Objects.equals(body, "?") ? (before == null ? null : bodyBefore) : body;
    }
  }

  /** The intervals of a key, as text. */
  static List<String> of(List<Change> changes, List<Truncate> truncates) {
    Map<String, Step> steps = new LinkedHashMap<>();
    changes.stream()
        .map(
            c ->
                new Step(
                    c.op(),
                    c.position(),
                    c.time(),
                    (String) c.values()[0],
                    c.unlogged().get(BODY) ? "?" : (String) c.values()[1]))
        .forEach(step -> steps.merge(step.identity(), step, Timeline::first));
    truncates.stream()
        .map(t -> new Step(t.isSnapshot() ? "s" : "t", t.position(), t.time(), null, null))
        .forEach(step -> steps.merge(step.identity(), step, Timeline::first));
    List<Step> order = new ArrayList<>(steps.values());
    order.sort(Comparator.comparing(Step::position));
    return follow(order);
  }

  private static Step first(Step a, Step b) {
    return a.position().compareTo(b.position()) <= 0 ? a : b;
  }

  private static List<String> follow(List<Step> order) {
    List<String> rows = new ArrayList<>();
    Instant now = null;
    Step open = null;
    Object body = null;
    boolean unresolved = false;
    Instant since = null;
    for (Step step : order) {
      boolean isRead = order.stream().anyMatch(s -> s.isReadBy(step));
      now = now == null || (step.time() != null && step.time().isAfter(now)) ? step.time() : now;
      boolean ends = "dts".contains(step.op());
      if (step.op().equals("s") && isRead) {
        continue;
      }
      Object filled = ends ? null : step.body(open, body);
      boolean unknown = "?".equals(step.body()) && (open == null || unresolved);
      if (step.op().equals("r")
          && open != null
          && !unresolved
          && !unknown
          && Objects.equals(open.name(), step.name())
          && Objects.equals(body, filled)) {
        continue;
      }
      if (open != null) {
        rows.add(row(open, body, unresolved, since, now, step.position()));
      }
      open = ends ? null : step;
      body = filled;
      unresolved = unknown;
      since = now;
    }
    if (open != null) {
      rows.add(row(open, body, unresolved, since, null, null));
    }
    return rows;
  }

  private static String row(
      Step step, Object body, boolean unresolved, Instant from, Instant to, String end) {
    return "%s %s [%s, %s) %s/%s%s%s at %s until %s"
        .formatted(
            step.op(),
            step.time(),
            from,
            to,
            step.name(),
            body,
            "?".equals(step.body()) ? " unlogged" : "",
            unresolved ? " unresolved" : "",
            step.position(),
            end);
  }

  /** An interval in the words of this class. */
  static String text(Interval i) {
    return "%s %s [%s, %s) %s/%s%s%s at %s until %s"
        .formatted(
            i.op(),
            i.sourceTime(),
            i.validFrom(),
            i.validTo(),
            i.values()[0],
            i.values()[1],
            i.unlogged().get(BODY) ? " unlogged" : "",
            i.unresolved().get(BODY) ? " unresolved" : "",
            i.position(),
            i.endPosition());
  }
}
