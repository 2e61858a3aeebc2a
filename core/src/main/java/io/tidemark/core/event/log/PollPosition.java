package io.tidemark.core.event.log;

/**
 * When a poll read a row: the place of its view of the database among all views.
 *
 * <p>A later view holds all that an earlier one held and what was committed since, so of two
 * readings of one row the later one is right, whatever the row's watermark says: an application may
 * set that back. Rows of one view have one place; a row is read once in it.
 *
 * @param place rises from view to view, see {@link io.tidemark.core.database.Moment}
 */
public record PollPosition(long place) implements LogPosition {
  @Override
  public String text() {
    return FixedWidth.append(new StringBuilder(19), place, 19).toString();
  }

  /** The poll's own record of its rounds tells whether the database runs backwards. */
  @Override
  public long commitOrder() {
    return UNKNOWN;
  }
}
