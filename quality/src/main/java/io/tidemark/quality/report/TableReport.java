package io.tidemark.quality.report;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.TableVerdict;
import io.tidemark.quality.metrics.MetricSeries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the page shows of one table.
 *
 * @param description what the checks file says of it
 * @param ages the checks that measure seconds
 * @param columns the columns that a check or rule looks at, by its name
 * @param trends what checks measured before and now, by their names
 * @param samples some of the rows that break what is declared
 * @param quarantine what waits in the table's quarantine, by rule
 */
record TableReport(
    TableVerdict verdict,
    Optional<String> description,
    Set<String> ages,
    Map<String, Set<String>> columns,
    Map<String, MetricSeries> trends,
    List<RowSample> samples,
    List<QuarantineCount> quarantine) {
  TableReport {
    requireNonNull(verdict, "verdict");
    requireNonNull(description, "description");
    ages = Set.copyOf(ages);
    columns = Map.copyOf(columns);
    trends = Map.copyOf(trends);
    samples = List.copyOf(samples);
    quarantine = List.copyOf(quarantine);
  }
}
