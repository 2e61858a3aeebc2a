package io.tidemark.proof;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells what happened to a key. */
final class Story {
  private Story() {}

  /** A row that is not what it must be. */
  static String of(
      TableDelivery delivery, Key key, Map<String, String> right, Map<String, String> found) {
    if (key == null) {
      return "a row of no key that ever was: " + found;
    }
    List<SourceEvent> log = delivery.logs().get(key.history());
    return "only this history: -Dtidemark.proof.history=%d, delivered %s%n"
            .formatted(key.history(), Delivery.of(delivery.life(), key.history()))
        + "key %s, differing: %s%n".formatted(key, differing(right, found))
        + "as the source has it:\n"
        + log.stream().filter(e -> concerns(e, key)).map(Story::line).collect(joining())
        + delivery.life().loggedTruncates().stream().map(Story::line).collect(joining())
        + "as it arrives:\n"
        + delivery.arrivals(key.history()).stream()
            .filter(a -> concerns(a.event(), key))
            .map(Story::line)
            .collect(joining())
        + delivery.truncates().stream().map(Story::line).collect(joining())
        + "expected: %s%nfound:    %s".formatted(right, found);
  }

  private static boolean concerns(SourceEvent event, Key key) {
    return event.key().equals(key);
  }

  private static Set<String> differing(Map<String, String> right, Map<String, String> found) {
    if (right == null || found == null) {
      return Set.of(right == null ? "must not be there" : "is missing");
    }
    Set<String> columns = new TreeSet<>(right.keySet());
    columns.addAll(found.keySet());
    columns.removeIf(
        column -> String.valueOf(right.get(column)).equals(String.valueOf(found.get(column))));
    return columns;
  }

  private static String line(Arrival arrival) {
    return "  portion %d, partition %d:%s"
        .formatted(arrival.portion(), arrival.partition(), line(arrival.event()));
  }

  private static String line(SourceEvent event) {
    return "  %d %s v%d%s %s%n"
        .formatted(
            event.position(),
            event.kind(),
            event.version(),
            event.moved().map(key -> " moved " + key.number()).orElse(""),
            event.after() == null
                ? ""
                : event.after().entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue().text())
                    .collect(joining(", ")));
  }
}
