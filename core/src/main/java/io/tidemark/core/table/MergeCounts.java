package io.tidemark.core.table;

/**
 * What one MERGE did to its target.
 *
 * @param source rows of the source as the MERGE itself counted them
 * @param inserted rows new in the target
 * @param updated rows of the target that changed
 * @param deleted rows gone from the target
 */
public record MergeCounts(long source, long inserted, long updated, long deleted) {}
