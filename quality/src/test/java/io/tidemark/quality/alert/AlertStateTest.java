package io.tidemark.quality.alert;

import static io.tidemark.quality.alert.Pipelines.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.AlertsSpec;
import io.tidemark.quality.alert.channel.Notice.Event;
import io.tidemark.quality.alert.rule.AlertKey;
import io.tidemark.quality.alert.rule.Condition;
import io.tidemark.quality.alert.rule.Findings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two channels, one of which wants errors only, are owed while an alert goes its way. */
class AlertStateTest {
  private static final AlertKey KEY = new AlertKey(AlertKind.CHECK, "silver.orders", "c");

  @TempDir Path folder;

  private AlertsSpec spec;
  private Map<AlertKey, Alert> known = Map.of();
  private Instant now = NOW;

  @BeforeEach
  void channels() {
    spec = read("repeat: 0s");
  }

  private AlertsSpec read(String settings) {
    return Pipelines.withAlerts(
            folder,
            settings
                + ", channels: {all: {type: file, path: x},"
                + " pager: {type: file, path: y, min-severity: error}}")
        .alerts();
  }

  private static Findings is(Severity severity) {
    return new Findings(List.of(new Condition(KEY, severity, "bad", "fix")), key -> true);
  }

  private static final Findings GOOD = new Findings(List.of(), key -> true);

  /** Looks, and returns what each channel is owed then. */
  private Map<String, Event> look(Findings findings) {
    now = now.plusSeconds(60);
    known = AlertState.next(spec, known, findings, now);
    Map<String, Event> owed = new TreeMap<>();
    known
        .values()
        .forEach(
            alert ->
                alert
                    .deliveries()
                    .forEach((name, one) -> one.owed().ifPresent(event -> owed.put(name, event))));
    return owed;
  }

  /** The channel takes what it is owed. */
  private void takes(String channel) {
    Alert alert = known.get(KEY);
    Delivery owed = alert.deliveries().get(channel);
    known =
        Map.of(
            KEY, alert.with(channel, owed.taken(owed.owed().orElseThrow(), alert.severity(), now)));
  }

  @Test
  void anAlertIsToldOnceWhenItBeginsWhenItGetsWorseAndWhenItIsOver() {
    assertThat(look(is(Severity.WARN))).isEqualTo(Map.of("all", Event.RAISED));
    takes("all");
    Alert told = known.get(KEY);
    assertThat(look(is(Severity.WARN))).isEmpty();
    assertThat(known.get(KEY)).as("nothing to store").isEqualTo(told);

    assertThat(look(is(Severity.ERROR)))
        .isEqualTo(Map.of("all", Event.ESCALATED, "pager", Event.RAISED));
    takes("all");
    takes("pager");
    assertThat(look(is(Severity.ERROR))).isEmpty();
    assertThat(look(is(Severity.WARN))).as("too mild").isEqualTo(Map.of("pager", Event.RESOLVED));
    takes("pager");
    assertThat(look(is(Severity.ERROR))).as("known").isEqualTo(Map.of("pager", Event.RAISED));
    takes("pager");

    assertThat(look(GOOD)).isEqualTo(Map.of("all", Event.RESOLVED, "pager", Event.RESOLVED));
    assertThat(known.get(KEY).since()).isEqualTo(NOW.plusSeconds(60));
    assertThat(known.get(KEY).until()).contains(now);
    takes("all");
    assertThat(known.get(KEY).isSettled()).isFalse();
    takes("pager");
    assertThat(known.get(KEY).isSettled()).isTrue();
  }

  @Test
  void whatAChannelMissedIsOwedUntilItTakesIt() {
    look(is(Severity.ERROR));
    takes("all");
    assertThat(look(is(Severity.ERROR))).isEqualTo(Map.of("pager", Event.RAISED));
    assertThat(look(GOOD))
        .as("even if all is well again")
        .isEqualTo(Map.of("all", Event.RESOLVED, "pager", Event.RESOLVED));
    assertThat(look(is(Severity.ERROR)))
        .as("who did not hear that it was over need not hear that it is back")
        .isEqualTo(Map.of("pager", Event.RAISED));
    assertThat(known.get(KEY).since()).isEqualTo(now);
  }

  @Test
  void aLookThatCannotTellChangesNothing() {
    look(is(Severity.WARN));
    takes("all");
    Map<AlertKey, Alert> before = known;
    assertThat(look(new Findings(List.of(), key -> false))).isEmpty();
    assertThat(known).isEqualTo(before);
  }

  @Test
  void aReminderComesWhenItIsDue() {
    spec = read("repeat: 2m");
    look(is(Severity.WARN));
    takes("all");
    assertThat(look(is(Severity.WARN))).isEmpty();
    assertThat(look(is(Severity.WARN))).isEqualTo(Map.of("all", Event.REMINDER));
    assertThat(look(is(Severity.WARN))).as("not lost").isEqualTo(Map.of("all", Event.REMINDER));
    takes("all");
    assertThat(look(is(Severity.WARN))).isEmpty();
    assertThat(look(GOOD)).isEqualTo(Map.of("all", Event.RESOLVED));
  }

  @Test
  void aNewChannelIsToldOfWhatLastsAndARemovedOneIsForgotten() {
    look(is(Severity.WARN));
    takes("all");
    spec = Pipelines.withAlerts(folder, "channels: {new: {type: file, path: z}}").alerts();
    assertThat(look(is(Severity.WARN))).isEqualTo(Map.of("new", Event.RAISED));
    assertThat(known.get(KEY).deliveries()).containsOnlyKeys("new");
  }

  @Test
  void ofTwoConditionsWithOneKeyTheWorseHolds() {
    Findings both =
        new Findings(
            List.of(
                new Condition(KEY, Severity.ERROR, "worse", "fix"),
                new Condition(KEY, Severity.WARN, "bad", "fix")),
            key -> true);
    look(both);
    assertThat(known.get(KEY).message()).isEqualTo("worse");
  }
}
