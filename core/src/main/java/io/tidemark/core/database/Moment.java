package io.tidemark.core.database;

import java.time.Instant;

/**
 * When a transaction's view of a database was taken, by the database itself.
 *
 * @param clock the database's clock, not later than the view
 * @param place a number that rises from one view to the next: a view with a higher one sees all
 *     that one with a lower one saw, and what was committed since. PostgreSQL counts the
 *     transactions that were over; the others' clocks count microseconds since 1970
 * @param oldestOpen of the transactions that had begun by then and whose changes the view may lack:
 *     the number of the first
 * @param next a number behind those of all transactions that had begun by then, counted like {@code
 *     oldestOpen}: once that has come here, each of them is over
 */
public record Moment(Instant clock, long place, long oldestOpen, long next) {}
