package io.tidemark.merge.history;

import java.time.Instant;
import java.util.BitSet;

/** What is known of a key at one position: a change that arrived, or what the lake remembers. */
sealed interface Element {
  /** Code of a delete. */
  String DELETE = "d";

  /** Code of a row that a snapshot read. */
  String READ = "r";

  /** The envelope's code. */
  String op();

  /** Sortable text of its position. */
  String position();

  /** Its source time; null if the source gives none. */
  Instant time();

  default boolean isDelete() {
    return op().equals(DELETE);
  }

  /**
   * A change of the batch.
   *
   * @param values one for each column of the table; of a delete only those of the key
   * @param unlogged columns whose values it did not log
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by SameValues only.
  record Change(String op, String position, Instant time, Object[] values, BitSet unlogged)
      implements Element {}

  /** An interval of the table. */
  record Stored(Interval interval) implements Element {
    @Override
    public String op() {
      return interval.op();
    }

    @Override
    public String position() {
      return interval.position();
    }

    @Override
    public Instant time() {
      return interval.validFrom();
    }
  }

  /**
   * A change that left no interval: a delete that closed none, or a row that was read again and had
   * not changed.
   *
   * @param remembered whether the memory has it; else it is the stored end of an interval
   */
  record Mark(String op, String position, Instant time, boolean remembered) implements Element {}
}
