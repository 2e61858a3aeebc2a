package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.Moment;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.SchemaContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what the next round of a table reads. */
final class PollPlan {
  private static final Logger LOG = LoggerFactory.getLogger(PollPlan.class);
  private final ReadPace pace;
  private final PollLedger ledger;
  private final PolledTable table;
  private final Snapshot snapshot;

  PollPlan(ReadPace pace, PollLedger ledger, PolledTable table, Snapshot snapshot) {
    this.pace = pace;
    this.ledger = ledger;
    this.table = table;
    this.snapshot = snapshot;
  }

  /** The next round of a poll that has not come to its end. */
  Round next(Round before) {
    return round(
        before.number() + 1,
        before.kind(),
        before.reached(),
        pace.queries(before.chunks().size()),
        before.low(),
        before.high(),
        before.began(),
        before.epoch(),
        before.columns());
  }

  /**
   * The first round of a poll.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the database is not the
   *     one, or not in the state, that was polled before
   */
  Round first(Optional<Round> before, int epoch) {
    Moment now = snapshot.moment();
    long number = before.map(Round::number).orElse(0L) + 1;
    boolean load = before.isEmpty() || mustLoad(before.get(), epoch);
    if (before.isPresent() && before.get().epoch() == epoch) {
      requireForward(before.get(), now);
    }
    Round.Kind kind = load ? Round.Kind.LOAD : Round.Kind.POLL;
    OptionalLong high = high(load ? OptionalLong.empty() : before.get().high(), load);
    OptionalLong low = load ? OptionalLong.empty() : low(before.get());
    return round(number, kind, List.of(), pace.queries(0), low, high, now, epoch, table.columns());
  }

  /** Nothing rises when a column is added or an operator declares that the source is another. */
  private boolean mustLoad(Round before, int epoch) {
    List<String> added = new ArrayList<>(table.columns());
    added.removeAll(before.columns());
    boolean wanted =
        table.spec().schema().on(SchemaContract.Change.ADDED) != SchemaContract.Action.IGNORE;
    if (!added.isEmpty() && wanted) {
      LOG.info(
          "Table '{}' has new columns {}: all rows are read again, as no watermark tells which of"
              + " them have a value there",
          table.spec().name(),
          added);
    }
    return before.epoch() != epoch || !added.isEmpty() && wanted;
  }

  private void requireForward(Round before, Moment now) {
    if (now.place() < before.began().place()) {
      throw Errors.databaseRanBackwards(
          table.spec().name(), snapshot.database().toString(), now.place(), before.began().place());
    }
  }

  /**
   * A transaction that this poll sees and the poll before did not was open then, or began later. So
   * the poll begins at the highest watermark of a poll before all that were open then.
   */
  private OptionalLong low(Round before) {
    if (table.watermark().isEmpty()) {
      return OptionalLong.of(before.began().oldestOpen());
    }
    Optional<Round> safe = ledger.newestBefore(before.began().oldestOpen());
    if (safe.isEmpty()) {
      LOG.warn(
          "Transactions are open in the database since before table '{}' was first read: all rows"
              + " with a watermark are read again until those have ended",
          table.spec().name());
      return OptionalLong.empty();
    }
    if (safe.get().high().isEmpty()) {
      return OptionalLong.empty();
    }
    Watermark watermark = table.watermark().get();
    long known = watermark.known(safe.get().high().getAsLong(), safe.get().began().clock());
    return OptionalLong.of(watermark.from(table.spec().name(), known, table.spec().poll().lag()));
  }

  /** The highest watermark that counts, which falls only if it was one of the future. */
  private OptionalLong high(OptionalLong before, boolean load) {
    if (table.watermark().isEmpty()) {
      return OptionalLong.empty();
    }
    Watermark watermark = table.watermark().get();
    List<List<String>> found = snapshot.rows(table.highest());
    String text = found.isEmpty() ? null : found.get(0).get(0);
    if (load) {
      reportMissing();
    }
    if (text == null) {
      return before;
    }
    long highest = watermark.number(text);
    Instant clock = snapshot.moment().clock();
    long kept = watermark.kept(highest, clock);
    if (watermark.isFuture(kept, clock)) {
      LOG.warn(
          "Table '{}' has watermarks of the future, up to {}: such rows are read by every poll until"
              + " that time has come",
          table.spec().name(),
          text);
    }
    OptionalLong known =
        before.isPresent()
            ? OptionalLong.of(watermark.known(before.getAsLong(), clock))
            : OptionalLong.empty();
    if (known.isPresent() && highest < known.getAsLong()) {
      LOG.warn(
          "The highest watermark of table '{}' fell from {} to {}: the newest rows were deleted, or"
              + " watermarks were set back; a change with a watermark that fell is found by"
              + " comparing only",
          table.spec().name(),
          watermark.text(known.getAsLong()),
          text);
    }
    return OptionalLong.of(Math.max(known.orElse(Long.MIN_VALUE), kept));
  }

  private void reportMissing() {
    long missing = Long.parseLong(snapshot.rows(table.withoutWatermark()).get(0).get(0));
    if (missing > 0) {
      LOG.warn(
          "{} rows of table '{}' have no watermark: they are loaded now, and their later changes are"
              + " found by comparing only",
          missing,
          table.spec().name());
    }
  }

  private Round round(
      long number,
      Round.Kind kind,
      List<String> from,
      int queries,
      OptionalLong low,
      OptionalLong high,
      Moment began,
      int epoch,
      List<String> columns) {
    List<Chunk> chunks = new ArrayList<>();
    boolean last = chunks(sql(table, kind, low), from, queries, chunks);
    return new Round(number, kind, chunks, last, low, high, began, epoch, columns);
  }

  /** Adds the pieces behind a bound; whether there are no more behind them. */
  private boolean chunks(KeysetSql sql, List<String> from, int queries, List<Chunk> chunks) {
    if (sql.order().isEmpty()) {
      chunks.add(Chunk.ALL);
      return true;
    }
    return pace.chunks(snapshot, sql, from, queries, chunks);
  }

  /** What the pieces of a poll are pieces of. */
  static KeysetSql sql(PolledTable table, Round.Kind kind, OptionalLong low) {
    if (kind == Round.Kind.LOAD) {
      return table.byKey();
    }
    return table.watermark().isPresent()
        ? table.byWatermark(low)
        : table.byTransaction(low.orElseThrow());
  }
}
