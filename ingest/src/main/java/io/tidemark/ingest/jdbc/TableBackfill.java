package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.spec.SourceType;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.bronze.PolledRound;
import io.tidemark.ingest.bronze.RecordColumns;
import io.tidemark.ingest.decode.RecordDecoder;
import io.tidemark.ingest.jdbc.Part.Mark;
import io.tidemark.ingest.jdbc.TablePoll.Landing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Reads rows of one table again from its database, round by round, and lands them as changes.
 *
 * <p>First the place in the log is taken, then rows are read in views that hold all up to there,
 * and put at that place: they beat all that led to it, and every change behind it beats them,
 * whether it has landed already or not. So a backfill may run beside the pipeline. Each round is
 * written down, read, and landed, in this order; what was cut off is read again from the same
 * bounds, and what has landed is not.
 */
public final class TableBackfill {
  private final Lake lake;
  private final String pipeline;
  private final TableSpec spec;
  private final SourceType type;
  private final ReadPace pace;
  private final BackfillLedger ledger;

  /**
   * Backfills of a table.
   *
   * @param type how its changes come
   */
  public TableBackfill(Lake lake, String pipeline, TableSpec spec, SourceType type, ReadPace pace) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.spec = spec;
    this.type = type;
    this.pace = pace;
    this.ledger = new BackfillLedger(lake, pipeline, spec.name());
  }

  /**
   * What a backfill would read.
   *
   * @param rows how many
   * @param bytes about how many, by the database's statistics; empty if it has none that we know
   * @param queries how many queries that takes
   */
  public record Estimate(long rows, OptionalLong bytes, long queries) {}

  /**
   * Counts what a backfill would read.
   *
   * @throws io.tidemark.core.error.TidemarkException as {@link #round}
   */
  public Estimate estimate(BackfillScope scope) {
    try (Snapshot snapshot = pace.snapshot()) {
      BackfillTable table = table(snapshot);
      long rows;
      if (scope instanceof BackfillScope.Keys keys) {
        rows = keys.keys().size();
      } else {
        rows = Long.parseLong(snapshot.rows(table.rows(scope).count()).get(0).get(0));
      }
      OptionalLong bytes = snapshot.rowBytes(table.table());
      long perQuery =
          scope instanceof BackfillScope.Keys ? BackfillPlan.KEYS_PER_QUERY : pace.chunkRows();
      return new Estimate(
          rows,
          bytes.isPresent() ? OptionalLong.of(rows * bytes.getAsLong()) : bytes,
          (rows + perQuery - 1) / perQuery);
    }
  }

  /**
   * The rows whose value of a column is in a range.
   *
   * @param by the column; empty for the table's watermark or, if it has none, its key
   * @param from the least value
   * @param to a value behind the greatest
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if no one column is meant
   */
  public BackfillScope range(Optional<String> by, Optional<String> from, Optional<String> to) {
    try (Snapshot snapshot = pace.snapshot()) {
      return table(snapshot).range(by, from, to);
    }
  }

  /** The scope of a backfill that was cut off, if there is one. */
  public Optional<BackfillScope> open() {
    return ledger.newest().filter(this::isOpen).map(BackfillRound::scope);
  }

  /** The columns that tell the table's rows apart. */
  public List<String> key() {
    try (Snapshot snapshot = pace.snapshot()) {
      return table(snapshot).key();
    }
  }

  /** About how many rows the table has. */
  public long approximateRows() {
    try (Snapshot snapshot = pace.snapshot()) {
      return snapshot.approximateRows(table(snapshot).table());
    }
  }

  /**
   * Plans the next round and lands it; a round that was planned and not landed comes first.
   *
   * @param begin where to begin when no backfill is open; one that is open goes on as it began
   * @param wait called while transactions of the database are waited for; false to give up
   * @return whether the backfill has come to its end
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table cannot be read
   *     again, 4 if the database does not answer
   */
  public boolean round(
      BackfillScope begin, int epoch, Instant now, BooleanSupplier wait, Landing landing) {
    Optional<BackfillRound> newest = ledger.newest();
    boolean open = newest.filter(this::isOpen).isPresent();
    if (open && newest.get().epoch() != epoch) {
      throw Errors.configuration(
          "Cannot go on with the backfill of table '%s': epoch %d was declared since it began"
              .formatted(spec.name(), epoch),
          "Begin it anew: add --restart");
    }
    LogPlace place = open ? newest.get().place() : place(wait);
    BackfillRound round;
    Dataset<Row> records;
    String topic;
    try (Snapshot snapshot = pace.snapshot()) {
      BackfillTable table = table(snapshot);
      BackfillPlan plan = new BackfillPlan(pace, table, snapshot);
      if (open && !hasLanded(newest.get(), table)) {
        round = newest.get();
      } else {
        long number = newest.map(BackfillRound::number).orElse(0L) + 1;
        round = open ? plan.next(newest.get()) : plan.first(number, begin, place, epoch);
        ledger.plan(round, now);
      }
      records = records(round, table, plan);
      topic = table.source().topic();
    }
    CrashPoint.AFTER_BACKFILL_PLAN.reach();
    landing.land(records, new PolledRound(topic, round.end(), Optional.empty(), Optional.empty()));
    return round.last();
  }

  /** Gives a backfill up that was cut off: the next one begins anew. */
  public void abandon(Instant now) {
    ledger
        .newest()
        .filter(this::isOpen)
        .ifPresent(
            round ->
                ledger.plan(
                    new BackfillRound(
                        round.number() + 1,
                        round.backfill(),
                        round.scope(),
                        List.of(),
                        true,
                        round.place(),
                        BackfillRound.ABANDONED),
                    now));
  }

  private BackfillTable table(Snapshot snapshot) {
    return type == SourceType.JDBC
        ? BackfillTable.ofPolled(spec, snapshot)
        : BackfillTable.ofLogged(spec, lake, snapshot);
  }

  private LogPlace place(BooleanSupplier wait) {
    if (type != SourceType.JDBC) {
      return LogPlace.now(pace.database(), wait);
    }
    try (Snapshot snapshot = pace.database().snapshot()) {
      return LogPlace.of(snapshot.moment());
    }
  }

  private boolean isOpen(BackfillRound round) {
    if (round.epoch() == BackfillRound.ABANDONED) {
      return false;
    }
    if (!round.last()) {
      return true;
    }
    if (isKnownToHaveLanded(round)) {
      return false;
    }
    try (Snapshot snapshot = pace.snapshot()) {
      return !hasLanded(round, table(snapshot));
    }
  }

  /** Mostly the lake alone can tell; only before its first row has a table no token. */
  private boolean isKnownToHaveLanded(BackfillRound round) {
    LakeTable bronze = lake.bronze(spec.name());
    String ofBackfills = BronzeTokens.prefix(pipeline) + RecordDecoder.READ_AGAIN;
    Map<String, Long> landed = lake.runs().tokens(ofBackfills);
    return bronze.exists()
        && bronze.tokens(ofBackfills).keySet().stream()
            .anyMatch(token -> landed.getOrDefault(token, CommitToken.NONE) >= round.end());
  }

  private boolean hasLanded(BackfillRound round, BackfillTable table) {
    String token = BronzeTokens.partition(pipeline, table.source().topic(), 0);
    return lake.runs().token(token) >= round.end();
  }

  private Dataset<Row> records(BackfillRound round, BackfillTable table, BackfillPlan plan) {
    List<Part> parts = plan.parts(round);
    if (!parts.isEmpty()) {
      return new PartReader(lake.spark(), pace, table.source()).read(parts, Optional.empty());
    }
    boolean none = round.isWhole() && round.isFirst();
    return lake.spark()
        .createDataFrame(none ? List.of(none(round, table)) : List.of(), RecordColumns.TYPE);
  }

  /** That a whole table has no rows, which no mark of a row can tell. */
  private Row none(BackfillRound round, BackfillTable table) {
    Instant now = pace.now();
    PolledRows.At at =
        new PolledRows.At(
            round.place(), round.place().micros(), Mark.INCREMENTAL.of(Mark.Row.LAST));
    return RowFactory.create(
        null,
        table.writer().truncate(at),
        null,
        table.source().topic(),
        0,
        round.offset(0),
        now,
        null,
        null);
  }
}
