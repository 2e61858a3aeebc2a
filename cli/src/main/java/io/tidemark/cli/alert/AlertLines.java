package io.tidemark.cli.alert;

import io.tidemark.quality.alert.Alert;
import io.tidemark.quality.alert.Delivery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alerts for people and for programs. */
final class AlertLines {
  private AlertLines() {}

  static String text(List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return "No alert is open\n";
    }
    StringBuilder text = new StringBuilder();
    for (Alert alert : alerts) {
      text.append(
          "%-8s %-12s %-24s since %s%n"
              .formatted(
                  alert.isOpen() ? alert.severity().word() : "over",
                  alert.key().kind().word(),
                  place(alert),
                  time(alert.since())));
      text.append("  %s%n".formatted(alert.message()));
      text.append("  -> %s%n".formatted(alert.remedy()));
      alert
          .deliveries()
          .forEach((name, delivery) -> text.append("  %s: %s%n".formatted(name, line(delivery))));
    }
    return text.toString();
  }

  private static String place(Alert alert) {
    String check = alert.key().check();
    return alert.key().table() + (check.isEmpty() ? "" : " (" + check + ")");
  }

  private static String line(Delivery delivery) {
    String told = delivery.at().map(at -> "told at " + time(at)).orElse("not told yet");
    String owed =
        delivery.owed().map(event -> ", '" + event.word() + "' is still to be told").orElse("");
    return told + owed + (delivery.error().isEmpty() ? "" : ": " + delivery.error());
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Map<String, Object> asMap(Alert alert) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", alert.key().kind().word());
    map.put("table", alert.key().table());
    map.put("check", alert.key().check());
    map.put("severity", alert.severity().word());
    map.put("open", alert.isOpen());
    map.put("since", alert.since().toString());
    map.put("until", alert.until().map(Instant::toString).orElse(null));
    map.put("message", alert.message());
    map.put("remedy", alert.remedy());
    Map<String, Object> channels = new LinkedHashMap<>();
    alert.deliveries().forEach((name, delivery) -> channels.put(name, asMap(delivery)));
    map.put("channels", channels);
    return map;
  }

  private static Map<String, Object> asMap(Delivery delivery) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("told", delivery.told().map(severity -> severity.word()).orElse(null));
    map.put("at", delivery.at().map(Instant::toString).orElse(null));
    map.put("owed", delivery.owed().map(event -> event.word()).orElse(null));
    map.put("error", delivery.error().isEmpty() ? null : delivery.error());
    return map;
  }
}
