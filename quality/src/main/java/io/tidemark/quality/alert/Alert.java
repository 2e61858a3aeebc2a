package io.tidemark.quality.alert;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.Severity;
import io.tidemark.quality.alert.channel.Notice;
import io.tidemark.quality.alert.rule.AlertKey;
import io.tidemark.quality.alert.rule.Condition;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that was not as it should be, and who knows of it.
 *
 * @param message what is wrong, as it was when this was last told
 * @param remedy the next step for the reader
 * @param since when it was first seen
 * @param until when it was seen to be over; empty while it lasts
 * @param deliveries by channel
 */
public record Alert(
    AlertKey key,
    Severity severity,
    String message,
    String remedy,
    Instant since,
    Optional<Instant> until,
    Map<String, Delivery> deliveries) {

  /** Copies the map. */
  public Alert {
    requireNonNull(key, "key");
    requireNonNull(severity, "severity");
    requireNonNull(message, "message");
    requireNonNull(remedy, "remedy");
    requireNonNull(since, "since");
    requireNonNull(until, "until");
    deliveries = Collections.unmodifiableMap(new TreeMap<>(deliveries));
  }

  static Alert begun(Condition condition, Map<String, Delivery> deliveries, Instant now) {
    return new Alert(
        condition.key(),
        condition.severity(),
        condition.message(),
        condition.remedy(),
        now,
        Optional.empty(),
        deliveries);
  }

  /** Whether it lasts. */
  public boolean isOpen() {
    return until.isEmpty();
  }

  /** Whether it is over and all channels that knew of it know that, too. */
  boolean isSettled() {
    return !isOpen() && deliveries.values().stream().allMatch(Delivery::isSettled);
  }

  Alert saying(Condition condition) {
    return new Alert(
        key,
        condition.severity(),
        condition.message(),
        condition.remedy(),
        since,
        until,
        deliveries);
  }

  Alert over(Instant now) {
    return new Alert(key, severity, message, remedy, since, Optional.of(now), deliveries);
  }

  Alert with(Map<String, Delivery> others) {
    return new Alert(key, severity, message, remedy, since, until, others);
  }

  Alert with(String channel, Delivery delivery) {
    Map<String, Delivery> changed = new TreeMap<>(deliveries);
    changed.put(channel, delivery);
    return with(changed);
  }

  /** What a channel is told. */
  Notice notice(String pipeline, Notice.Event event, Instant now) {
    return new Notice(
        event,
        pipeline,
        key.kind(),
        key.table(),
        key.check(),
        severity,
        message,
        remedy,
        since,
        event == Notice.Event.RESOLVED ? until.orElse(now) : now);
  }
}
