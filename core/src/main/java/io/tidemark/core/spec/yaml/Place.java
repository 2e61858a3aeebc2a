package io.tidemark.core.spec.yaml;

import static java.util.Comparator.comparingInt;

import java.util.Comparator;

/** A place in the file, for people: the first line and the first column are 1. */
public record Place(int line, int column) implements Comparable<Place> {
  /** The start of the file. */
  public static final Place START = new Place(1, 1);

  private static final Comparator<Place> ORDER =
      comparingInt(Place::line).thenComparingInt(Place::column);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** {@code line:column}, the form editors and terminals turn into a link. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
