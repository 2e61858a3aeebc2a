package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.event.Position;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.FileFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceFormat;
import io.tidemark.core.spec.SourceSpec;
import io.tidemark.core.spec.SourceType;
import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.bronze.BatchResult;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.bronze.OlderRecords;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FileBatch;
import io.tidemark.ingest.files.FileLedger;
import io.tidemark.ingest.files.FileRecords;
import io.tidemark.ingest.files.FileSource;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.order.OrderMaps;
import io.tidemark.ingest.order.OrderStore;
import io.tidemark.ingest.registry.RegistryFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Lands the changes of one table that are in files of events, beside the pipeline's own source and
 * while it runs. Where they stand among the others is told by their positions, at merge.
 *
 * <p>Batches of files are written down before anything of them is landed, and known to have landed
 * by the run records. A batch that was cut off comes again, and the table takes what it lacks by
 * origin. Tokens of the source, and how far its log has come, are not touched.
 */
public final class FileBackfill {
  private static final int MOST_FILES = 100;
  private static final long MOST_BYTES = 1L << 30;

  private final PipelineSpec spec;
  private final SourceSpec source;
  private final String table;
  private final Lake lake;
  private final RunContext context;
  private final FileSource files;

  /**
   * What is to be landed.
   *
   * @param taken files that an earlier backfill of the table has taken
   * @param files the others
   * @param bytes their length
   */
  public record Preview(int taken, int files, long bytes) {}

  /**
   * A backfill of one table.
   *
   * @param path a file, a folder or a glob
   * @param format how keys and values are written, where it is not as in the pipeline's source
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table was always
   *     polled, or the format needs a registry that the pipeline file does not name
   */
  public FileBackfill(
      PipelineSpec spec,
      Lake lake,
      String table,
      String path,
      Optional<SourceFormat> format,
      RunContext context) {
    requireKnownOrder(spec, lake, table);
    this.spec = spec;
    this.source = source(spec, format.orElse(spec.source().format()));
    this.table = table;
    this.lake = lake;
    this.context = context;
    this.files =
        FileSource.open(
            new FileFeed(path, MOST_FILES), lake.spark().sparkContext().hadoopConfiguration());
  }

  /** A poll knows when it read a row, an event where it stands in a log; only epochs order them. */
  private static void requireKnownOrder(PipelineSpec spec, Lake lake, String table) {
    boolean polls = spec.source().type() == SourceType.JDBC;
    OrderMaps order = new OrderStore(lake, spec.name()).read();
    if (polls && order.newestEpoch(table) == Position.FIRST_EPOCH) {
      throw Errors.configuration(
          "Cannot land events of files in table '%s': pipeline '%s' has always polled it, and nothing tells whether a poll read a row before or after an event"
              .formatted(table, spec.name()),
          "Read its rows again with 'tidemark backfill source'; to keep the events themselves, land"
              + " them with a pipeline of 'source.type: files' into another lake");
    }
  }

  private static SourceSpec source(PipelineSpec spec, SourceFormat format) {
    SourceSpec own = spec.source();
    if (format.needsRegistry() && own.registry().isEmpty()) {
      throw Errors.configuration(
          "Cannot read files of %s: pipeline '%s' names no registry"
              .formatted(format.word(), spec.name()),
          "Add 'source.registry' to " + spec.file());
    }
    return new SourceSpec(
        own.feed(),
        format,
        own.registry(),
        own.unavailableValue(),
        own.retryTimeout(),
        own.redaction());
  }

  /**
   * What it would take.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if the files cannot be
   *     listed, 5 if one that was taken has changed since
   */
  public Preview preview() {
    List<EventFile> listed = files.list();
    List<EventFile> untaken = FileLedger.readOlder(lake, spec.name(), table).untaken(listed);
    return new Preview(
        listed.size() - untaken.size(),
        untaken.size(),
        untaken.stream().mapToLong(EventFile::length).sum());
  }

  /**
   * Lands all files that were not taken yet, and what an earlier run was killed at; one record for
   * each batch, stored as it is done.
   *
   * @param progress is told of each record
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table is fed from
   *     another source, 4 if a file or the registry cannot be read, 5 if a file has changed, the
   *     place of a change cannot be told, or another backfill lands at the same time
   */
  public List<StepRecord> run(RunLog runs, Consumer<StepRecord> progress) {
    SparkSession.setActiveSession(lake.spark()); // Encoders take their settings from it.
    MaskSettings masks = SourceSettings.masks(spec);
    LakeOwner.claimMaskingKeys(lake, masks.keys().checks());
    FileLedger ledger = FileLedger.openOlder(lake, spec.name(), table);
    DecodeSettings settings = SourceSettings.decoding(spec).with(RegistryFormat.of(source));
    BronzeWriter writer =
        new BronzeWriter(
            spec.name(), lake, settings, masks, spec.parallelTables(), context.clock());
    List<StepRecord> steps = new ArrayList<>();
    String token = FileLedger.olderToken(spec.name(), table);
    long recorded = runs.table().token(token);
    for (FileBatch batch : ledger.cutOff(recorded)) {
      steps.add(land(batch, writer, runs, progress));
    }
    List<EventFile> untaken = ledger.untaken(files.list());
    while (!untaken.isEmpty() && !context.stop().requested()) {
      int size = batchSize(untaken);
      long highest = runs.table().token(token);
      FileBatch batch = ledger.plan(untaken.subList(0, size), highest, context.clock().instant());
      CrashPoint.AFTER_FILE_PLAN.reach();
      steps.add(land(batch, writer, runs, progress));
      untaken = untaken.subList(size, untaken.size());
    }
    return steps;
  }

  private static int batchSize(List<EventFile> files) {
    int size = 0;
    long bytes = 0;
    while (size < Math.min(MOST_FILES, files.size())
        && (size == 0 || bytes + files.get(size).length() <= MOST_BYTES)) {
      bytes += files.get(size).length();
      size++;
    }
    return size;
  }

  private StepRecord land(
      FileBatch batch, BronzeWriter writer, RunLog runs, Consumer<StepRecord> progress) {
    Instant started = context.clock().instant();
    files.requireUnchanged(batch.files());
    BatchResult result;
    try {
      // How far the source has come is asked for each batch: it goes on meanwhile.
      result =
          writer.landOlder(
              FileRecords.of(lake.spark(), batch.files()),
              OlderRecords.of(lake, spec.name(), table));
    } catch (RuntimeException e) {
      throw files.explain(e, batch.files());
    }
    CrashPoint.BEFORE_INGEST_RECORD.reach();
    StepRecord record =
        context.done(
            Step.BACKFILL,
            table,
            started,
            result.counts(),
            result.newest(),
            "{\"batch\":%d,\"files\":%d}".formatted(batch.number(), batch.files().size()));
    String token = FileLedger.olderToken(spec.name(), table);
    long before = runs.table().token(token);
    runs.store(
        List.of(record), List.of(new CommitToken(token, before, Math.max(before, batch.number()))));
    progress.accept(record);
    return record;
  }
}
