package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A measure of a whole table, and what it must be.
 *
 * @param name what it is called in reports, metrics and alerts; unique in its table
 * @param bounds what the measure must be, whatever it was before
 * @param anomaly what it must be given what it was before; empty for anything
 * @param where a Spark SQL predicate: only the rows for which it is true are measured
 * @param severity what it means if the check does not hold
 */
public record DatasetCheck(
    String name,
    Subject subject,
    Bounds bounds,
    Optional<Anomaly> anomaly,
    Optional<String> where,
    Severity severity,
    Dimension dimension) {

  public DatasetCheck {
    requireNonNull(name, "name");
    requireNonNull(subject, "subject");
    requireNonNull(bounds, "bounds");
    requireNonNull(anomaly, "anomaly");
    requireNonNull(where, "where");
    requireNonNull(severity, "severity");
    requireNonNull(dimension, "dimension");
  }
}
