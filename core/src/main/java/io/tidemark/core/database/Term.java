package io.tidemark.core.database;

/**
 * A value of each row by which rows are put in order.
 *
 * @param sql a quoted column, or an expression
 * @param type its type
 */
public record Term(String sql, DatabaseType type) {}
