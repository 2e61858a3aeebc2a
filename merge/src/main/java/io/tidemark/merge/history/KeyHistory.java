package io.tidemark.merge.history;

import io.tidemark.merge.history.Action.Insert;
import io.tidemark.merge.history.Action.Remember;
import io.tidemark.merge.history.Action.Remove;
import io.tidemark.merge.history.Action.Update;
import io.tidemark.merge.history.Element.Mark;
import io.tidemark.merge.history.Element.Stored;
import io.tidemark.merge.history.Tally.Outcome;
import io.tidemark.merge.history.Truncates.Truncate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Rebuilds the intervals of one key from the first one that a batch can change, in one pass.
 *
 * <p>Takes the batch's changes, the stored intervals that end behind the first of them, and what
 * the memory has of the key, all in the order of their positions; hands out what has to be written.
 * Holds one interval, however many the key has.
 */
final class KeyHistory {
  private final Truncates truncates;
  private final String reach;
  private final Consumer<Action> actions;
  private final Tally tally;
  private final List<Element> samePlace = new ArrayList<>();
  private String place = "";

  /** The first truncate that has not been reached; -1 before the first element. */
  private int nextTruncate = -1;

  /** The latest source time so far. */
  private Instant latest;

  private Open open;

  /** The end of the last stored interval, as long as it lies ahead. */
  private Mark storedEnd;

  /** The last stored interval as it is stored, whose values a read that changed nothing had. */
  private Interval cover;

  /** Whether the interval before the next change is known, if there is one. */
  private boolean chained;

  /** An interval whose end has not been reached, and the one that it is in the table. */
  private record Open(Interval interval, Interval stored) {}

  /**
   * The history of one key.
   *
   * @param reach the first place of the log whose changes count; what snapshots before it ended is
   *     ended in the table, and what they read is not at hand
   */
  KeyHistory(Truncates truncates, String reach, Consumer<Action> actions, Tally tally) {
    this.truncates = truncates;
    this.reach = reach;
    this.actions = actions;
    this.tally = tally;
  }

  /** Takes the next element of the key. */
  void add(Element element) {
    if (!element.position().startsWith(place) || place.isEmpty()) {
      endPlace();
      place = LogPlace.of(element.position());
    }
    samePlace.add(element);
  }

  /** Tells that there are no more. */
  void finish() {
    if (samePlace.isEmpty()) {
      return;
    }
    endPlace();
    advance(null);
    if (open != null) {
      emit(null, null);
      open = null;
    }
  }

  private void endPlace() {
    if (samePlace.isEmpty()) {
      return;
    }
    if (nextTruncate < 0) {
      nextTruncate = truncates.firstAfter(samePlace.get(0).position());
      latest = truncates.latestBefore(nextTruncate);
    }
    meetStoredEnd();
    for (Occurrence occurrence : Occurrence.distinct(samePlace)) {
      advance(occurrence);
      latest = Times.later(latest, occurrence.time());
      if (occurrence.isDelete()) {
        delete(occurrence);
      } else {
        upsert(occurrence);
      }
    }
    samePlace.clear();
  }

  /** A delete that comes again must find the one that closed a stored interval. */
  private void meetStoredEnd() {
    if (storedEnd == null || !storedEnd.position().startsWith(place)) {
      return;
    }
    String end = storedEnd.position();
    if (samePlace.stream().noneMatch(e -> e instanceof Stored && e.position().equals(end))) {
      samePlace.add(storedEnd);
      storedEnd = null;
    }
  }

  /** Reaches the ends of intervals and the truncates before a change; all, if that is null. */
  private void advance(Occurrence next) {
    String position = next == null ? null : next.position();
    while (true) {
      String end = storedEnd == null ? null : storedEnd.position();
      String truncate =
          nextTruncate < truncates.size() ? truncates.get(nextTruncate).position() : null;
      boolean endFirst = end != null && (truncate == null || end.compareTo(truncate) <= 0);
      String first = endFirst ? end : truncate;
      if (first == null || (position != null && first.compareTo(position) >= 0)) {
        return;
      }
      if (endFirst) {
        Mark reached = storedEnd;
        storedEnd = null;
        latest = Times.later(latest, reached.time());
        closeOrRemember(reached.position(), reached.time(), false);
      } else {
        reach(truncates.get(nextTruncate++), next);
      }
    }
  }

  private void reach(Truncate truncate, Occurrence next) {
    latest = Times.later(latest, truncate.time());
    boolean counts = !truncate.isSnapshot() || truncate.position().compareTo(reach) >= 0;
    if (counts && !truncate.spares(next)) {
      close(truncate.position());
    }
  }

  private void delete(Occurrence delete) {
    chained |= delete.change() != null;
    boolean closed = closeOrRemember(delete.position(), delete.sourceTime(), delete.isRemembered());
    tally.add(delete.delivered(), delete.isKnown(), closed ? Outcome.CLOSED : Outcome.IDLE);
  }

  /** Closes the open interval; remembers a delete that closes none, for one that comes later. */
  private boolean closeOrRemember(String position, Instant time, boolean remembered) {
    if (open != null) {
      close(position);
      return true;
    }
    if (!remembered && !truncates.isAt(LogPlace.of(position))) {
      actions.accept(new Remember(new Mark(Element.DELETE, position, time, true)));
    }
    return false;
  }

  private void upsert(Occurrence upsert) {
    Content content = content(upsert);
    Interval stored = upsert.stored();
    if (stored != null) {
      cover = stored;
      storedEnd =
          stored.isCurrent() || truncates.isSnapshotSince(reach, stored.endPosition())
              ? null // The snapshot ends it again, unless a row of it comes late.
              : new Mark(Element.DELETE, stored.endPosition(), stored.validTo(), false);
    }
    if (content == null) {
      return;
    }
    Interval filled = filled(upsert, content);
    chained = true;
    if (upsert.op().equals(Element.READ) && isUnchanged(filled)) {
      absorb(upsert);
      tally.add(upsert.delivered(), upsert.isKnown(), Outcome.UNCHANGED);
      return;
    }
    close(upsert.position());
    open = new Open(filled, stored);
    tally.add(upsert.delivered(), upsert.isKnown(), Outcome.OPENED);
  }

  /**
   * What the upsert says. A read that is only remembered had the values of the interval that it was
   * in; where there is none, it was before all that the batch can change.
   */
  private Content content(Occurrence upsert) {
    if (upsert.stored() != null) {
      return Content.of(new Stored(upsert.stored()));
    }
    if (upsert.change() != null) {
      return Content.of(upsert.change());
    }
    boolean covered =
        cover != null
            && (cover.isCurrent() || cover.endPosition().compareTo(upsert.position()) > 0);
    return covered ? new Content(cover.values(), new BitSet(0)) : null;
  }

  /** The interval that an upsert opens, with the values it did not log. */
  private Interval filled(Occurrence upsert, Content content) {
    Object[] values = content.values();
    BitSet unresolved = new BitSet(0);
    if (upsert.stored() != null && !chained) {
      unresolved = upsert.stored().unresolved(); // What it was filled from cannot have changed.
    } else if (!content.unlogged().isEmpty()) {
      values = values.clone();
      BitSet unlogged = content.unlogged();
      for (int c = unlogged.nextSetBit(0); c >= 0; c = unlogged.nextSetBit(c + 1)) {
        boolean known = open != null && !open.interval().unresolved().get(c);
        values[c] = known ? open.interval().values()[c] : null;
        unresolved.set(c, !known);
      }
    }
    return new Interval(
        upsert.op(),
        upsert.position(),
        upsert.sourceTime(),
        values,
        content.unlogged(),
        unresolved,
        latest,
        null,
        null);
  }

  private boolean isUnchanged(Interval read) {
    return open != null
        && read.unresolved().isEmpty()
        && open.interval().unresolved().isEmpty()
        && SameValues.all(open.interval().values(), read.values());
  }

  /** A row read again that had not changed is part of the interval before it. */
  private void absorb(Occurrence read) {
    if (read.stored() != null) {
      actions.accept(new Remove(read.stored()));
    }
    if (!read.isRemembered()) {
      actions.accept(
          new Remember(new Mark(Element.READ, read.position(), read.sourceTime(), true)));
    }
  }

  private void close(String position) {
    if (open != null) {
      emit(latest, position);
      open = null;
    }
  }

  private void emit(Instant validTo, String endPosition) {
    Interval i = open.interval();
    Interval now =
        new Interval(
            i.op(),
            i.position(),
            i.sourceTime(),
            i.values(),
            i.unlogged(),
            i.unresolved(),
            i.validFrom(),
            validTo,
            endPosition);
    Interval stored = open.stored();
    if (stored == null) {
      actions.accept(new Insert(now));
    } else if (!stored.position().equals(now.position())) {
      actions.accept(new Remove(stored));
      actions.accept(new Insert(now));
    } else if (!isSame(stored, now)) {
      actions.accept(new Update(now));
    }
  }

  private static boolean isSame(Interval a, Interval b) {
    return Objects.equals(a.endPosition(), b.endPosition())
        && Objects.equals(a.validTo(), b.validTo())
        && Objects.equals(a.validFrom(), b.validFrom())
        && a.unresolved().equals(b.unresolved())
        && SameValues.all(a.values(), b.values());
  }
}
