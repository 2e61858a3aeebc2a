package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.SideBySide;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.order.OrderStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Lands micro-batches in bronze.
 *
 * <p>Each table's commit carries the proof of what it has landed, so that a batch that was cut off
 * can be landed again: records a table already has are left out. Not safe for several threads.
 */
public final class BronzeWriter {
  private final String pipeline;
  private final Lake lake;
  private final int parallelTables;
  private final Clock clock;
  private final SchemaStore schemas;
  private final OrderStore orders;
  private final Timelines timelines;
  private final Holds holds = new Holds();
  private DecodeSettings settings;
  private final RegistryStore registry;

  /**
   * A writer for one pipeline.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if a masking key is missing
   *     that the lake's tables need
   */
  public BronzeWriter(
      String pipeline,
      Lake lake,
      DecodeSettings settings,
      MaskSettings masks,
      int parallelTables,
      Clock clock) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.orders = new OrderStore(lake, pipeline);
    this.timelines = new Timelines(pipeline, lake, orders);
    this.settings = settings.with(orders.read());
    this.parallelTables = parallelTables;
    this.clock = clock;
    this.schemas = new SchemaStore(lake, masks);
    this.registry = new RegistryStore(lake, settings.format());
  }

  /**
   * Lands a batch that was planned before, and so comes again with the same records.
   *
   * @param records in {@link RecordColumns}
   * @param number the batch's number, higher than that of the batch before
   * @throws io.tidemark.core.error.TidemarkException as {@link #land(Dataset)}
   */
  public BatchResult landPlanned(Dataset<Row> records, long number) {
    return land(records, new ProgressByNumber(pipeline, number));
  }

  /**
   * Lands a round of a poll.
   *
   * @param records in {@link RecordColumns}; all of one table
   * @throws io.tidemark.core.error.TidemarkException as {@link #land(Dataset)}
   */
  public BatchResult landPolled(Dataset<Row> records, PolledRound round) {
    RepeatedLetters repeats =
        new RepeatedLetters(
            pipeline, round.topic(), settings.with(registry.format()), schemas.masks());
    return land(records, new ProgressByRound(pipeline, round, lake, repeats));
  }

  /** The newest epoch of a table. */
  public int epoch(String table) {
    return settings.order().newestEpoch(table);
  }

  /**
   * Lands one batch of records whose offsets run forward in each partition.
   *
   * @param records in {@link RecordColumns}
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if two source tables meet in
   *     one lake table; nothing of the batch has landed then
   */
  public BatchResult land(Dataset<Row> records) {
    return land(records, new ProgressByOffsets(pipeline));
  }

  private BatchResult land(Dataset<Row> records, BatchProgress progress) {
    Dataset<Row> decoded = decoded(records);
    try {
      BatchContent content = BatchContent.of(decoded);
      Instant now = clock.instant();
      if (timelines.learn(content, decoded, settings.order(), now)) {
        decoded.unpersist();
        settings = settings.with(orders.read());
        decoded = decoded(records);
        content = BatchContent.of(decoded);
      }
      Counts counts = landChanges(decoded, content, progress, now, lit(now));
      if (content.records(Outcome.DEAD_LETTER) > 0) {
        counts.addAll(landDeadLetters(decoded, content, progress, now));
      }
      return result(counts, content, progress);
    } finally {
      decoded.unpersist();
    }
  }

  /**
   * Lands records again that were dead letters, whatever their offsets: changes that a table has by
   * origin are left out. Those that are still bad are counted as dead-lettered, and not written.
   *
   * @param records in {@link RecordColumns}
   * @param decided is told, once all changes have landed, what became of each record: its origin
   *     and {@link ReplayedColumns}
   */
  public BatchResult replay(Dataset<Row> records, Consumer<Dataset<Row>> decided) {
    Dataset<Row> decoded = decoded(records);
    try {
      BatchContent content = BatchContent.of(decoded);
      BatchProgress progress = new ProgressByOrigin(pipeline);
      Instant now = clock.instant();
      Counts counts = landChanges(decoded, content, progress, now, lit(now));
      counts.add(Count.DEAD_LETTERED, content.records(Outcome.DEAD_LETTER));
      decided.accept(
          decoded
              .filter(
                  col(DecodedColumns.OUTCOME)
                      .notEqual(Outcome.SCHEMA.name())
                      .and(col(DecodedColumns.OUTCOME).notEqual(Outcome.WRITER_SCHEMA.name())))
              .withColumn(
                  ReplayedColumns.STILL_BAD,
                  col(DecodedColumns.OUTCOME).equalTo(Outcome.DEAD_LETTER.name())));
      return result(counts, content, progress);
    } finally {
      decoded.unpersist();
    }
  }

  /**
   * Lands changes of one table that are older than what its source sends now, whatever their
   * offsets: those that the table has by origin are left out, and the log's order is not watched.
   *
   * @param records in {@link RecordColumns}
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the place of one among the
   *     table's changes cannot be told; nothing has landed then
   */
  public BatchResult landOlder(Dataset<Row> records, OlderRecords older) {
    Dataset<Row> decoded = decoded(records);
    Dataset<Row> own = older.of(decoded).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      BatchContent all = BatchContent.of(decoded);
      older.requirePlaces(all, settings.order());
      BatchContent content = BatchContent.of(own);
      BatchProgress progress = new ProgressByOrigin(pipeline);
      Instant now = clock.instant();
      Column seen = least(col(BronzeColumns.RECORD_TIME), lit(now));
      Counts counts = landChanges(own, content, progress, now, seen);
      if (content.records(Outcome.DEAD_LETTER) > 0) {
        counts.addAll(landDeadLetters(own, content, progress, now));
      }
      return result(counts.addAll(older.leftOut(decoded, all, content)), content, progress);
    } finally {
      own.unpersist();
      decoded.unpersist();
    }
  }

  /**
   * Appends the bronze rows of a table's letters again, so that the merge sees them again.
   *
   * @param letters their origins, and how often each was written
   */
  public Counts offerAgain(String table, Dataset<Row> letters) {
    return new OfferAgain(table, lake.bronze(table), pipeline).run(letters, clock.instant());
  }

  private Dataset<Row> decoded(Dataset<Row> records) {
    // Encoders take their settings from the thread's session, and a merge leaves its own behind.
    SparkSession.setActiveSession(lake.spark());
    return RecordColumns.of(records)
        .mapPartitions(
            new DecodeRecords(settings.with(registry.format()), schemas.masks(), schemas.known()),
            Encoders.row(DecodedColumns.TYPE))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Takes note of what was declared meanwhile, and gives held tables another try. To be called
   * before records are read again from where the lake's tokens say.
   */
  public void begin() {
    settings = settings.with(orders.read());
    holds.clear();
  }

  /** The tables that may not land for now, each with the reason. */
  public Map<String, TidemarkException> held() {
    return holds.reasons();
  }

  private BatchResult result(Counts counts, BatchContent content, BatchProgress progress) {
    return new BatchResult(
        counts,
        content.newest(),
        progress.ends(content, holds),
        content.changedTables(),
        ignored(content),
        held());
  }

  private Counts landChanges(
      Dataset<Row> decoded,
      BatchContent content,
      BatchProgress progress,
      Instant now,
      Column firstSeen) {
    Map<String, String> sources = new SourceTables(pipeline, lake).of(content);
    if (content.sum(group -> group.outcome() == Outcome.WRITER_SCHEMA) > 0) {
      registry.add(decoded, now);
    }
    if (content.records(Outcome.SCHEMA) > 0) {
      schemas.add(decoded, firstSeen);
    }
    Counts counts = new Counts().add(Count.READ, content.records());
    counts.add(Count.IGNORED, content.records(Outcome.NOT_A_ROW));
    ChangeLanding.Batch batch =
        new ChangeLanding.Batch(decoded, content, progress, settings.order(), now);
    ChangeLanding landing = new ChangeLanding(pipeline, lake, holds, batch);
    SideBySide.each(
            parallelTables,
            content.changedTables(),
            table -> landing.land(table, sources.get(table)))
        .forEach(counts::addAll);
    return counts;
  }

  private static Map<String, Long> ignored(BatchContent content) {
    return content.groups().stream()
        .filter(group -> group.outcome() == Outcome.NOT_A_ROW)
        .collect(
            Collectors.groupingBy(
                group -> group.reason().orElseThrow(),
                TreeMap::new,
                Collectors.summingLong(Group::records)));
  }

  private Counts landDeadLetters(
      Dataset<Row> decoded, BatchContent content, BatchProgress progress, Instant now) {
    LakeTable letters = DeadLetterColumns.open(lake);
    Dataset<Row> rows =
        decoded.filter(col(DecodedColumns.OUTCOME).equalTo(Outcome.DEAD_LETTER.name()));
    return new BronzeAppend(progress, letters)
        .append(LetterBytes.rows(rows, pipeline, now), content.deadLetters(), Count.DEAD_LETTERED);
  }
}
