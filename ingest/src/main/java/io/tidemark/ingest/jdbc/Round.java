package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.Moment;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.Position.Phase;
import io.tidemark.core.event.log.PollPosition;
import java.util.List;
import java.util.OptionalLong;

/**
 * Queries of one table that run side by side and land together; written down before they run, so
 * that after a crash the same pieces are read again, and only those.
 *
 * @param number counts the rounds of a table, from 1
 * @param kind what the rounds of this poll are for
 * @param chunks the pieces to read, in the poll's order
 * @param last whether the poll ends with it
 * @param low the watermark from which the poll reads; empty for all rows
 * @param high the highest watermark that was met by then, but none of the future
 * @param began when the poll began
 * @param epoch the table's epoch then
 * @param columns the table's columns then
 */
record Round(
    long number,
    Kind kind,
    List<Chunk> chunks,
    boolean last,
    OptionalLong low,
    OptionalLong high,
    Moment began,
    int epoch,
    List<String> columns) {
  /** What rounds are for. */
  enum Kind {
    /** All rows, by the key: the first time, and when rows may have changed without a watermark. */
    LOAD,
    /** Rows whose watermark has risen. */
    POLL
  }

  /** Copies the lists. */
  Round {
    chunks = List.copyOf(chunks);
    columns = List.copyOf(columns);
  }

  /** The offset of the first row of one of its pieces; no two rows of a table share one. */
  long offset(int chunk) {
    return RoundOffsets.first(number, chunk);
  }

  /** The offset behind all of its rows. */
  long end() {
    return RoundOffsets.end(number);
  }

  /** The least position of rows that are put where its poll began. */
  String position() {
    Position placed =
        Position.of(epoch, new PollPosition(began.place()), Phase.SNAPSHOT, new Origin("", 0, 0));
    return Position.beginning(placed.text());
  }

  /** The piece that the next round goes on behind. */
  List<String> reached() {
    return chunks.get(chunks.size() - 1).upTo();
  }
}
