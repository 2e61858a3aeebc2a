package io.tidemark.quality.alert;

import io.tidemark.core.spec.AlertsSpec;
import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.quality.alert.channel.Notice.Event;
import io.tidemark.quality.alert.rule.AlertKey;
import io.tidemark.quality.alert.rule.Condition;
import io.tidemark.quality.alert.rule.Findings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How alerts go on from one look to the next, and what channels are owed then. */
final class AlertState {
  private AlertState() {}

  /**
   * The alerts after a look. One that goes on as it was is equal to what it was, whatever its
   * numbers are now.
   *
   * @param known those that last, and those that are over while somebody has yet to hear of it
   */
  static Map<AlertKey, Alert> next(
      AlertsSpec spec, Map<AlertKey, Alert> known, Findings findings, Instant now) {
    Map<AlertKey, Condition> conditions = new LinkedHashMap<>();
    for (Condition condition : findings.conditions()) {
      conditions.merge(
          condition.key(), condition, (a, b) -> b.severity().compareTo(a.severity()) > 0 ? b : a);
    }
    Map<AlertKey, Alert> next = new LinkedHashMap<>();
    known.forEach(
        (key, alert) -> {
          Alert changed = alert;
          if (!conditions.containsKey(key) && alert.isOpen() && findings.judged().test(key)) {
            changed = alert.over(now);
          }
          next.put(key, withDeliveries(spec, changed, Optional.empty(), now));
        });
    conditions.forEach(
        (key, condition) -> next.put(key, lasting(spec, known.get(key), condition, now)));
    return next;
  }

  private static Alert lasting(AlertsSpec spec, Alert known, Condition condition, Instant now) {
    Alert alert;
    if (known == null || !known.isOpen()) {
      alert = Alert.begun(condition, known == null ? Map.of() : known.deliveries(), now);
    } else {
      alert = known.severity() == condition.severity() ? known : known.saying(condition);
    }
    return withDeliveries(spec, alert, Optional.of(condition), now);
  }

  private static Alert withDeliveries(
      AlertsSpec spec, Alert alert, Optional<Condition> condition, Instant now) {
    Map<String, Delivery> deliveries = new TreeMap<>();
    boolean reminds = false;
    for (ChannelSpec channel : spec.channels().values()) {
      Delivery before = alert.deliveries().getOrDefault(channel.name(), Delivery.NOTHING);
      boolean active = alert.isOpen() && channel.wants(alert.key().kind(), alert.severity());
      Delivery after =
          active
              ? before.whileItLasts(alert.severity(), spec.repeat(), now)
              : before.onceItIsOver();
      reminds |= after.owed().equals(Optional.of(Event.REMINDER)) && !after.equals(before);
      if (!after.equals(Delivery.NOTHING)) {
        deliveries.put(channel.name(), after);
      }
    }
    Alert said = reminds && condition.isPresent() ? alert.saying(condition.get()) : alert;
    return said.with(deliveries);
  }
}
