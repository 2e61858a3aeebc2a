package io.tidemark.ingest.jdbc;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.database.Moment;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rounds that the polls of one table have planned: rows of {@code bronze/_polls}.
 *
 * <p>Whether a round has landed stands in the bronze table's own commit, not here. Not safe for
 * several threads.
 */
public final class PollLedger {
  private static final int COMPACT_EVERY = 200;

  /**
   * So many rounds are looked back on. A transaction that was open for longer makes a poll read all
   * rows, which is slow, and loses none.
   */
  private static final int KEPT = 2_000;

  private static final StructType COLUMNS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("kind", DataTypes.StringType)
          .add("chunks", ChunkColumns.TYPE)
          .add("last", DataTypes.BooleanType)
          .add("low", DataTypes.LongType)
          .add("high", DataTypes.LongType)
          .add("began", DataTypes.TimestampType)
          .add("place", DataTypes.LongType)
          .add("oldest_open", DataTypes.LongType)
          .add("next", DataTypes.LongType)
          .add("epoch", DataTypes.IntegerType)
          .add("columns", DataTypes.createArrayType(DataTypes.StringType))
          .add("planned_at", DataTypes.TimestampType);

  private final SparkSession spark;
  private final LakeTable ledger;
  private final String pipeline;
  private final String table;
  private final String token;
  private final List<Round> known = new ArrayList<>();

  /** The rounds of a table. */
  PollLedger(Lake lake, String pipeline, String table) {
    this.spark = lake.spark();
    this.ledger = lake.polls();
    this.pipeline = pipeline;
    this.table = table;
    this.token = "poll/" + pipeline + "/" + table;
  }

  /** Makes the table of all ledgers where it is missing. */
  static void create(Lake lake) {
    lake.polls().create(TableDefinition.log(COLUMNS));
  }

  /** The last round that was planned. */
  Optional<Round> newest() {
    return newest(round -> true);
  }

  /**
   * The last round of the last poll that was planned to its end before any transaction from this
   * number on began.
   */
  Optional<Round> newestBefore(long oldestOpen) {
    return newest(round -> round.last() && round.began().next() <= oldestOpen);
  }

  /** The same of the polls that began by a moment, too. */
  Optional<Round> newestBefore(long oldestOpen, Instant began) {
    return newest(
        round ->
            round.last()
                && round.began().next() <= oldestOpen
                && !round.began().clock().isAfter(began));
  }

  /** The last round of the last poll that was planned to its end. */
  Optional<Round> newestComplete() {
    return newest(Round::last);
  }

  /** The last round of the last poll that was planned to its end before the round of a number. */
  Optional<Round> lastBefore(long number) {
    return newest(round -> round.last() && round.number() < number);
  }

  /** The first round of the last load, or the first that is known where it is longer ago. */
  Round lastLoad() {
    Moment load = newest(round -> round.kind() == Round.Kind.LOAD).map(Round::began).orElse(null);
    Round first = known.get(0);
    for (Round round : known) {
      if (load == null || round.began().equals(load)) {
        first = round;
      }
    }
    return first;
  }

  /**
   * The last round of the last poll that ended below this watermark: what it and those before it
   * read has none of the rows from there on. Where all that are known ended at it, the first of
   * them, so that a table that rests is not compared with all that ever landed; rows that this one
   * read itself may land once more, then, but not with each poll.
   */
  Optional<Round> newestBelow(long low) {
    return newest(round -> endedUpTo(round, low) && round.high().getAsLong() < low)
        .or(() -> known.stream().filter(round -> endedUpTo(round, low)).reduce((a, b) -> b));
  }

  private static boolean endedUpTo(Round round, long low) {
    return round.last() && round.high().isPresent() && round.high().getAsLong() <= low;
  }

  private Optional<Round> newest(Predicate<Round> wanted) {
    if (known.isEmpty()) {
      known.addAll(read());
    }
    return known.stream().filter(wanted).findFirst();
  }

  /** The last rounds, newest first; what is older is as if it had never been. */
  private List<Round> read() {
    return ledger
        .read()
        .filter(col("pipeline").equalTo(pipeline).and(col("table").equalTo(table)))
        .orderBy(col("number").desc())
        .limit(KEPT)
        .collectAsList()
        .stream()
        .map(PollLedger::round)
        .toList();
  }

  private static Round round(Row row) {
    return new Round(
        row.getLong(2),
        Round.Kind.valueOf(row.getString(3)),
        ChunkColumns.chunks(row, 4),
        row.getBoolean(5),
        number(row, 6),
        number(row, 7),
        new Moment(row.<Instant>getAs(8), row.getLong(9), row.getLong(10), row.getLong(11)),
        row.getInt(12),
        row.getList(13));
  }

  private static OptionalLong number(Row row, int place) {
    return row.isNullAt(place) ? OptionalLong.empty() : OptionalLong.of(row.getLong(place));
  }

  /**
   * Writes a round down.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if another process has
   *     planned one meanwhile
   */
  void plan(Round round, Instant now) {
    Moment began = round.began();
    Row row =
        RowFactory.create(
            pipeline,
            table,
            round.number(),
            round.kind().name(),
            ChunkColumns.of(round.chunks()),
            round.last(),
            round.low().isPresent() ? round.low().getAsLong() : null,
            round.high().isPresent() ? round.high().getAsLong() : null,
            began.clock(),
            began.place(),
            began.oldestOpen(),
            began.next(),
            round.epoch(),
            round.columns().toArray(),
            now);
    long before = round.number() == 1 ? CommitToken.NONE : round.number() - 1;
    ledger.append(
        spark.createDataFrame(List.of(row), COLUMNS).coalesce(1),
        List.of(new CommitToken(token, before, round.number())));
    known.add(0, round);
    if (known.size() > KEPT) {
      known.remove(KEPT);
    }
    if (round.number() % COMPACT_EVERY == 0) {
      ledger.compact();
    }
  }
}
