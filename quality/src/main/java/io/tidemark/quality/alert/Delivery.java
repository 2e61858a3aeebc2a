package io.tidemark.quality.alert;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.Severity;
import io.tidemark.quality.alert.channel.Notice.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one channel knows of an alert.
 *
 * @param told the greatest severity that it was told and that was not taken back since
 * @param at when it was last told something
 * @param owed what it is to be told next
 * @param error why that failed the last time; empty if it was not tried or did not fail
 */
public record Delivery(
    Optional<Severity> told, Optional<Instant> at, Optional<Event> owed, String error) {
  /** Of a channel that knows nothing. */
  static final Delivery NOTHING =
      new Delivery(Optional.empty(), Optional.empty(), Optional.empty(), "");

  public Delivery {
    requireNonNull(told, "told");
    requireNonNull(at, "at");
    requireNonNull(owed, "owed");
    requireNonNull(error, "error");
  }

  /** Whether the channel knows nothing that is not over, and is owed nothing. */
  boolean isSettled() {
    return told.isEmpty() && owed.isEmpty();
  }

  /** The same while the alert lasts, for a channel that wants it. */
  Delivery whileItLasts(Severity severity, Duration repeat, Instant now) {
    if (told.isEmpty()) {
      return owing(Event.RAISED);
    }
    if (told.get().compareTo(severity) < 0) {
      return owing(Event.ESCALATED);
    }
    boolean due =
        owed.equals(Optional.of(Event.REMINDER))
            || !repeat.isZero() && !at.orElse(now).plus(repeat).isAfter(now);
    return due ? owing(Event.REMINDER) : new Delivery(told, at, Optional.empty(), "");
  }

  /**
   * The same once the alert is over, or is too mild for the channel. What it was owed and never
   * told it is told now, as over.
   */
  Delivery onceItIsOver() {
    return isSettled() ? this : owing(Event.RESOLVED);
  }

  private Delivery owing(Event event) {
    return new Delivery(told, at, Optional.of(event), owed.equals(Optional.of(event)) ? error : "");
  }

  /** The same after the channel took what it was owed. */
  Delivery taken(Event event, Severity severity, Instant now) {
    return new Delivery(
        event == Event.RESOLVED ? Optional.empty() : Optional.of(severity),
        Optional.of(now),
        Optional.empty(),
        "");
  }

  /** The same after the channel did not take it. */
  Delivery failed(String why) {
    return new Delivery(told, at, owed, why);
  }
}
