package io.tidemark.merge.history;

import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Element.Mark;
import io.tidemark.merge.history.Element.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One change of a key, with all that is known of it: how often it was delivered, what it left. */
final class Occurrence {
  private final Element first;
  private String position;
  private String last;
  private Change change;
  private Interval stored;
  private Mark mark;
  private int delivered;

  private Occurrence(Element first) {
    this.first = first;
    this.position = first.position();
    add(first);
  }

  /** Brings together what is the same change among the elements of one place of the log. */
  static List<Occurrence> distinct(List<Element> samePlace) {
    if (samePlace.size() == 1) {
      return List.of(new Occurrence(samePlace.get(0)));
    }
    List<Occurrence> distinct = new ArrayList<>();
    samePlace.stream()
        .sorted(Comparator.comparing(Element::position))
        .forEach(
            element ->
                distinct.stream()
                    .filter(known -> known.isSame(element))
                    .findFirst()
                    .ifPresentOrElse(
                        known -> known.add(element), () -> distinct.add(new Occurrence(element))));
    if (distinct.size() > 1) {
      distinct.forEach(Occurrence::takeLastPosition);
      distinct.sort(Comparator.comparing(Occurrence::position));
    }
    return distinct;
  }

  /** Of several changes at one place, the one that was delivered last is the last. */
  private void takeLastPosition() {
    position = last;
  }

  private void add(Element element) {
    last = element.position(); // They come in order.
    if (element instanceof Change delivery) {
      change = change == null ? delivery : change;
      delivered++;
    } else if (element instanceof Stored row) {
      stored = row.interval();
    } else if (element instanceof Mark memory) {
      mark = mark == null || memory.remembered() ? memory : mark;
    }
  }

  private boolean isSame(Element element) {
    if (isDelete() || element.isDelete()) {
      return isDelete() && element.isDelete();
    }
    if (mark != null || element instanceof Mark) {
      return first.op().equals(element.op());
    }
    return !(stored != null && element instanceof Stored) && hasContentOf(element);
  }

  /** What an event did not log is no content of it, though its interval may have a value there. */
  private boolean hasContentOf(Element element) {
    Content mine = content();
    Content other = Content.of(element);
    return mine.unlogged().equals(other.unlogged())
        && SameValues.except(mine.unlogged(), mine.values(), other.values());
  }

  private Content content() {
    return change != null ? Content.of(change) : Content.of(new Stored(stored));
  }

  boolean isDelete() {
    return first.isDelete();
  }

  String op() {
    return first.op();
  }

  /** The least of its positions; the greatest, where its place has several changes. */
  String position() {
    return position;
  }

  /** Whether the lake knew it before the batch. */
  boolean isKnown() {
    return stored != null || mark != null;
  }

  /** Whether the memory has it at its least position. */
  boolean isRemembered() {
    return mark != null && mark.remembered() && mark.position().equals(position());
  }

  /** The interval that it has in the table, or null. */
  Interval stored() {
    return stored;
  }

  /** It as the batch brought it, or null. */
  Change change() {
    return change;
  }

  /** How often the batch brought it. */
  int delivered() {
    return delivered;
  }

  /** Its source time, or a later one of a change before it. */
  Instant time() {
    return stored != null ? stored.validFrom() : first.time();
  }

  /** Its own source time, as far as it is known. */
  Instant sourceTime() {
    if (change != null) {
      return change.time();
    }
    return stored != null ? stored.sourceTime() : first.time();
  }
}
