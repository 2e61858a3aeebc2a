/**
 * Keeps a table of intervals, SCD type 2, equal to the changes of its source.
 *
 * <p>History is a function of the set of a table's changes, whatever the order in which they
 * arrive, in how many batches, and how often each:
 *
 * <ul>
 *   <li>A change is identified by its key, its place in the source's log (the position without the
 *       topic, partition and offset), whether it is a delete, and its content. One that arrives
 *       again is the same change; of all its positions the least counts. Where a source gives one
 *       place to several changes of a row, the greatest does, so that the last delivered is last.
 *   <li>Every upsert opens an interval, an update that changes nothing too: the source says that it
 *       happened. Only a row that is read again by a snapshot and still has the values of the
 *       interval before it opens none.
 *   <li>An interval ends where the next one of its key begins, at the key's delete, or at a
 *       truncate. It is never removed by them.
 *   <li>The time of an interval's beginning or end is the latest source time among the key's
 *       changes and the table's truncates up to that position.
 *   <li>A value that a change did not log is that of the interval before it, if that ends where
 *       this one begins; else it is null and named in {@code _unresolved} until a change that
 *       arrives later has it.
 * </ul>
 *
 * <p>Pure, but for the thin classes that run it in Spark.
 */
package io.tidemark.merge.history;
