package io.tidemark.core.table;

/**
 * How much the newest version of a table is.
 *
 * @param rows its rows
 * @param files its data files
 * @param bytes their length
 * @param partitions how many values of the partition columns they have; one without such columns
 */
public record TableSize(long rows, long files, long bytes, long partitions) {}
