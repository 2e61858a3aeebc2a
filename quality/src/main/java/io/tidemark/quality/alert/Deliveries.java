package io.tidemark.quality.alert;

import io.tidemark.core.run.SideBySide;
import io.tidemark.core.spec.AlertsSpec;
import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.quality.alert.channel.Answer;
import io.tidemark.quality.alert.channel.Courier;
import io.tidemark.quality.alert.channel.Notice;
import io.tidemark.quality.alert.channel.Patience;
import io.tidemark.quality.alert.rule.AlertKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells channels what they are owed, side by side; one that does not answer holds no other up, and
 * is left alone for a while. For one thread.
 */
final class Deliveries {
  private static final Duration FIRST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(15);

  private final String pipeline;
  private final AlertsSpec spec;
  private final Clock clock;
  private final Map<String, Function<Notice, Answer>> couriers = new LinkedHashMap<>();
  private final Map<String, Rest> resting = new HashMap<>();

  Deliveries(String pipeline, AlertsSpec spec, Clock clock, Patience patience) {
    this(pipeline, spec, clock, channel -> new Courier(channel, patience)::deliver);
  }

  Deliveries(
      String pipeline,
      AlertsSpec spec,
      Clock clock,
      Function<ChannelSpec, Function<Notice, Answer>> courier) {
    this.pipeline = pipeline;
    this.spec = spec;
    this.clock = clock;
    spec.channels().forEach((name, channel) -> couriers.put(name, courier.apply(channel)));
  }

  /** A channel that did not answer is not asked again before a time. */
  private record Rest(Duration length, Instant end) {}

  /** What a channel answered to what it was told of an alert. */
  record Told(AlertKey alert, String channel, Notice notice, Answer answer) {
    /** The alert with what the channel knows of it now. */
    Alert appliedTo(Alert current, Instant now) {
      Delivery before = current.deliveries().getOrDefault(channel, Delivery.NOTHING);
      if (answer instanceof Answer.Taken) {
        return current.with(channel, before.taken(notice.event(), notice.severity(), now));
      }
      boolean owed = before.owed().equals(Optional.of(notice.event()));
      return owed ? current.with(channel, before.failed(answer.text())) : current;
    }

    boolean failed() {
      return !(answer instanceof Answer.Taken);
    }
  }

  /** One message of an alert. */
  private record Letter(AlertKey alert, Notice notice) {}

  /** Tells every channel what it is owed of these alerts. */
  List<Told> send(List<Alert> alerts) {
    List<ChannelSpec> awake =
        spec.channels().values().stream().filter(channel -> !isResting(channel.name())).toList();
    List<Told> told = new ArrayList<>();
    SideBySide.each(
            Math.max(1, awake.size()),
            awake,
            channel -> send(channel.name(), owed(channel, alerts)))
        .forEach(told::addAll);
    awake.forEach(channel -> rest(channel.name(), told));
    return told;
  }

  private List<Letter> owed(ChannelSpec channel, List<Alert> alerts) {
    List<Letter> letters = new ArrayList<>();
    for (Alert alert : alerts) {
      Delivery delivery = alert.deliveries().getOrDefault(channel.name(), Delivery.NOTHING);
      delivery
          .owed()
          .ifPresent(
              event ->
                  letters.add(
                      new Letter(alert.key(), alert.notice(pipeline, event, clock.instant()))));
    }
    return letters;
  }

  private List<Told> send(String channel, List<Letter> letters) {
    List<Told> told = new ArrayList<>();
    Answer dead = null;
    for (Letter letter : letters) {
      Answer answer = dead != null ? dead : deliver(channel, letter.notice());
      dead = answer instanceof Answer.Unreachable ? answer : null;
      told.add(new Told(letter.alert(), channel, letter.notice(), answer));
    }
    return told;
  }

  private Answer deliver(String channel, Notice notice) {
    try {
      return couriers.get(channel).apply(notice);
    } catch (RuntimeException e) {
      // Without its message, which nobody has seen and which may repeat a secret.
      return new Answer.Unreachable("failed unexpectedly: " + e.getClass().getName());
    }
  }

  private boolean isResting(String channel) {
    return resting.containsKey(channel) && clock.instant().isBefore(resting.get(channel).end());
  }

  private void rest(String channel, List<Told> told) {
    List<Told> own = told.stream().filter(one -> one.channel().equals(channel)).toList();
    if (own.stream().anyMatch(Told::failed)) {
      Rest last = resting.get(channel);
      Duration length = last == null ? FIRST_REST : last.length().multipliedBy(2);
      Duration bounded = length.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : length;
      resting.put(channel, new Rest(bounded, clock.instant().plus(bounded)));
    } else if (!own.isEmpty()) {
      resting.remove(channel);
    }
  }
}
