package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.bronze.PolledRound;
import io.tidemark.ingest.bronze.PolledRound.Overlap;
import io.tidemark.ingest.bronze.RecordColumns;
import io.tidemark.ingest.jdbc.Part.Mark;
import io.tidemark.ingest.jdbc.Part.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One poll of one table, round by round. Each round is written down, read, and landed, in this
 * order; what was cut off is read again from the same bounds.
 */
public final class TablePoll {
  private final ReadPace pace;
  private final Lake lake;
  private final String pipeline;
  private final TableSpec spec;
  private final PollLedger ledger;

  /** Polls of a table. */
  public TablePoll(JdbcFeed feed, Lake lake, String pipeline, TableSpec spec) {
    this.pace = ReadPace.of(feed);
    this.lake = lake;
    this.pipeline = pipeline;
    this.spec = spec;
    PollLedger.create(lake);
    this.ledger = new PollLedger(lake, pipeline, spec.name());
  }

  /**
   * The place of the view from which all rows of a table have landed; lower than every place if
   * none has been polled to its end.
   *
   * @param source the source's table, as rows of its polls name it
   */
  public static long passed(Lake lake, String pipeline, String table, String source) {
    if (!lake.polls().exists()) {
      return -1;
    }
    String token = BronzeTokens.partition(pipeline, source, 0);
    long landed = lake.runs().token(token);
    return new PollLedger(lake, pipeline, table)
        .newestComplete()
        .filter(round -> round.chunks().isEmpty() || landed >= round.end())
        .map(round -> round.began().place())
        .orElse(-1L);
  }

  /** What a round has to land. */
  public interface Landing {
    /**
     * Lands records.
     *
     * @param records in {@link RecordColumns}
     */
    void land(Dataset<Row> records, PolledRound round);
  }

  /**
   * Plans the next round and lands it; a round that was planned and not landed comes first.
   *
   * @param epoch the table's newest epoch
   * @param now our own time, for the record
   * @return whether the poll has come to its end
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table cannot be polled
   *     as the pipeline file says, 4 if the database does not answer, 5 if it is not the one that
   *     was polled before
   */
  public boolean round(int epoch, Instant now, Landing landing) {
    Optional<Round> newest = ledger.newest();
    Round round;
    PolledTable table;
    try (Snapshot snapshot = pace.snapshot()) {
      table = PolledTable.of(spec, snapshot);
      PollPlan plan = new PollPlan(pace, ledger, table, snapshot);
      if (newest.isPresent() && !hasLanded(newest.get(), table)) {
        round = newest.get();
      } else {
        round =
            newest.isPresent() && !newest.get().last() && newest.get().epoch() == epoch
                ? plan.next(newest.get())
                : plan.first(newest, epoch);
        ledger.plan(round, now);
      }
    }
    CrashPoint.AFTER_POLL_PLAN.reach();
    List<Part> parts = parts(round, table);
    if (!parts.isEmpty()) {
      landing.land(
          records(parts, table),
          new PolledRound(
              source(table).topic(), round.end(), overlap(round, table), letters(round, table)));
    }
    return round.last();
  }

  private boolean hasLanded(Round round, PolledTable table) {
    String token = BronzeTokens.partition(pipeline, source(table).topic(), 0);
    return lake.runs().token(token) >= round.end()
        || round.chunks().isEmpty() && table.deleteLog().isEmpty();
  }

  /** What landed before the rows of a round changed is none of them, and is not looked at. */
  private Optional<Overlap> overlap(Round round, PolledTable table) {
    if (round.kind() == Round.Kind.LOAD) {
      return Optional.empty();
    }
    String backfill = BackfillTable.topic(source(table));
    Optional<Round> before = landedBefore(round, table);
    return Optional.of(
        new Overlap(
            before.map(Round::end).orElse(0L),
            backfill,
            before.map(Round::position).orElse(""),
            before.isPresent() ? Optional.empty() : changedSince(round, table)));
  }

  /** A load ends what it does not have, a letter of before included: from it on they are kept. */
  private Optional<Overlap> letters(Round round, PolledTable table) {
    if (round.kind() == Round.Kind.LOAD) {
      return Optional.empty();
    }
    Round load = ledger.lastLoad();
    return Optional.of(
        new Overlap(
            load.offset(0), BackfillTable.topic(source(table)), load.position(), Optional.empty()));
  }

  /** The last poll before all rows that the round reads. */
  private Optional<Round> landedBefore(Round round, PolledTable table) {
    if (round.low().isEmpty()) {
      return Optional.empty();
    }
    if (table.watermark().isPresent()) {
      return ledger.newestBelow(round.low().getAsLong());
    }
    Instant deletes = table.deleteLog().isEmpty() ? round.began().clock() : deletesFrom(round);
    return ledger.newestBefore(round.low().getAsLong(), deletes);
  }

  /** Rows of the future stand in bronze with the time at which they were read. */
  private Optional<Instant> changedSince(Round round, PolledTable table) {
    if (round.low().isEmpty() || table.watermark().isEmpty() || round.high().isEmpty()) {
      return Optional.empty();
    }
    Watermark watermark = table.watermark().get();
    boolean future = watermark.isFuture(round.high().getAsLong(), round.began().clock());
    Optional<Instant> rows = future ? Optional.empty() : watermark.instant(round.low().getAsLong());
    return table.deleteLog().isEmpty()
        ? rows
        : rows.map(time -> Collections.min(List.of(time, deletesFrom(round))));
  }

  private List<Part> parts(Round round, PolledTable table) {
    List<Part> parts = new ArrayList<>();
    KeysetSql sql = PollPlan.sql(table, round.kind(), round.low());
    int deleted = spec.poll().softDelete().map(c -> columnPlace(table, c)).orElse(Part.NO_COLUMN);
    for (Chunk chunk : round.chunks()) {
      parts.add(
          Part.of(
                  table.rows(sql, chunk),
                  table.table(),
                  table.key(),
                  round.offset(parts.size()),
                  standing(round, chunk))
              .deletedBy(deleted));
    }
    if (round.last() && round.kind() == Round.Kind.POLL && table.deleteLog().isPresent()) {
      parts.add(
          Part.of(
                  table.deleted(ChronoUnit.MICROS.between(Instant.EPOCH, deletesFrom(round))),
                  table.table(),
                  table.key(),
                  round.offset(parts.size()),
                  Standing.OWN_VIEW)
              .deletedBy(Part.ALL_DELETED));
    }
    return parts;
  }

  /**
   * Rows of a load stand where it began, as those of a connector's snapshot do: what a later poll
   * read is newer, and what the load does not have is gone.
   */
  private static Standing standing(Round round, Chunk chunk) {
    if (round.kind() != Round.Kind.LOAD) {
      return Standing.OWN_VIEW;
    }
    List<Chunk> chunks = round.chunks();
    boolean last = round.last() && chunk.equals(chunks.get(chunks.size() - 1));
    return new Standing(LogPlace.of(round.began()), Mark.of(chunk.after().isEmpty(), last));
  }

  private static int columnPlace(PolledTable table, String column) {
    table.table().type(column);
    return table.columns().indexOf(column);
  }

  /** As far back as rows are read, by the time of the poll that they are read from. */
  private Instant deletesFrom(Round round) {
    Duration lag = spec.poll().lag().isNumber() ? Duration.ofMinutes(10) : spec.poll().lag().time();
    Instant clock =
        ledger
            .lastBefore(round.number())
            .flatMap(before -> ledger.newestBefore(before.began().oldestOpen()))
            .map(safe -> safe.began().clock())
            .orElse(Instant.EPOCH);
    Instant from = clock.minus(lag);
    return from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from;
  }

  private RowSource source(PolledTable table) {
    return table.source(pace.database().url());
  }

  private Dataset<Row> records(List<Part> parts, PolledTable table) {
    return new PartReader(lake.spark(), pace, source(table)).read(parts, table.watermark());
  }
}
