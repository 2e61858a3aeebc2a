package io.tidemark.quality.report;

import java.time.Instant;

/**
 * How many rows wait in quarantine for one cause.
 *
 * @param rule the broken rule, or the reason in words where it is none; a row that breaks several
 *     counts for each
 * @param oldest since when the first of them waits
 */
record QuarantineCount(String rule, long rows, Instant oldest) {}
