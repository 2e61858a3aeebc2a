package io.tidemark.core.table;

/**
 * One of the files that hold a version's rows. Two that are equal hold the same rows.
 *
 * @param name tells it from all others of its table, whatever the version
 * @param deletes tells which of its rows are deleted; empty for none
 * @param bytes its length
 */
public record DataFile(String name, String deletes, long bytes) {}
