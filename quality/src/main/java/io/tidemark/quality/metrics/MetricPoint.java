package io.tidemark.quality.metrics;

import io.tidemark.core.check.CheckResult;
import java.time.Instant;

/**
 * What a check measured at one time.
 *
 * @param runId the run that looked
 * @param at when it looked
 * @param version the table's version that was looked at; -1 of rows that were not a version yet
 * @param rows how many rows there were
 * @param result what the check said
 */
public record MetricPoint(String runId, Instant at, long version, long rows, CheckResult result) {}
