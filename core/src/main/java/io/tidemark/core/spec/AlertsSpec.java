package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What raises an alert, and who is told.
 *
 * @param channels by name, in the order of the file; without any, nothing is looked at
 * @param freshness how old the newest applied change of a table may be; empty or zero for any age
 * @param tableFreshness the same for single tables
 * @param deadLetters the share of records that may be undecodable; empty for the pipeline's
 *     max-bad-share
 * @param quarantine the share of a table's changes that may be quarantined; empty for the same
 * @param window over which time shares are counted
 * @param repeat after which time an alert that lasts is told again; zero for never
 * @param redaction which values must not be printed
 */
public record AlertsSpec(
    Map<String, ChannelSpec> channels,
    Optional<Duration> freshness,
    Map<String, Duration> tableFreshness,
    Optional<Share> deadLetters,
    Optional<Share> quarantine,
    Duration window,
    Duration repeat,
    Redaction redaction) {

  /** No alerts. */
  public static final AlertsSpec NONE =
      new AlertsSpec(
          Map.of(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofHours(1),
          Duration.ZERO,
          Redaction.NONE);

  /** Copies the maps. */
  public AlertsSpec {
    channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    requireNonNull(freshness, "freshness");
    tableFreshness = Collections.unmodifiableMap(new LinkedHashMap<>(tableFreshness));
    requireNonNull(deadLetters, "deadLetters");
    requireNonNull(quarantine, "quarantine");
    requireNonNull(window, "window");
    requireNonNull(repeat, "repeat");
    requireNonNull(redaction, "redaction");
  }

  /** How old the newest applied change of a table may be; empty for any age. */
  public Optional<Duration> freshnessOf(String table) {
    return Optional.ofNullable(tableFreshness.get(table))
        .or(() -> freshness)
        .filter(limit -> !limit.isZero());
  }

  /** The settings on one line; secrets are redacted. */
  @Override
  public String toString() {
    return AlertSettings.ALERTS.describe(this) + " to " + channels.values();
  }
}
