package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.yaml.Redaction;
import java.util.List;

/**
 * Who is told of which alerts.
 *
 * @param minSeverity the least severity that is told
 * @param kinds the kinds that are told; empty for all
 * @param redaction which values must not be printed
 */
public record ChannelSpec(
    String name,
    ChannelTarget target,
    Severity minSeverity,
    List<AlertKind> kinds,
    Redaction redaction) {

  /** Copies the list. */
  public ChannelSpec {
    requireNonNull(name, "name");
    requireNonNull(target, "target");
    requireNonNull(minSeverity, "minSeverity");
    kinds = List.copyOf(kinds);
    requireNonNull(redaction, "redaction");
  }

  /** Whether an alert of this kind is told here while it is so severe. */
  public boolean wants(AlertKind kind, Severity severity) {
    return severity.compareTo(minSeverity) >= 0 && (kinds.isEmpty() || kinds.contains(kind));
  }

  /** The settings on one line; secrets are redacted. */
  @Override
  public String toString() {
    return AlertSettings.CHANNELS.describe(this);
  }
}
