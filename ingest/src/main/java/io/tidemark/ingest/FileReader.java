package io.tidemark.ingest;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.spec.FileFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FileBatch;
import io.tidemark.ingest.files.FileLedger;
import io.tidemark.ingest.files.FileRecords;
import io.tidemark.ingest.files.FileSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads files.
 *
 * <p>Which files were taken, and in which batch, stands in the lake before anything of them is
 * landed; each table's commit has the number of the batch. So a batch that was cut off comes again
 * with the same files, and each table takes what it lacks.
 */
final class FileReader implements SourceReader {
  private final PipelineSpec spec;
  private final FileFeed feed;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final BatchLander lander;

  FileReader(PipelineSpec spec, Lake lake, RunContext context, RunLog runs, BatchLander lander) {
    this.spec = spec;
    this.feed = spec.source().files();
    this.lake = lake;
    this.context = context;
    this.runs = runs;
    this.lander = lander;
  }

  /** A file that cannot be read stops all: any table's changes may be in it. */
  @Override
  public Map<String, TidemarkException> blocked() {
    return Map.of();
  }

  @Override
  public void read(IngestJob.Mode mode, Runnable worked) {
    FileSource source = FileSource.open(feed, lake.spark().sparkContext().hadoopConfiguration());
    FileLedger ledger = FileLedger.open(lake, spec.name());
    for (FileBatch batch : ledger.cutOff(recorded())) {
      land(source, batch);
      worked.run();
    }
    long highest = highest(ledger);
    do {
      List<EventFile> files = ledger.untaken(source.list());
      worked.run();
      for (int from = 0; from < files.size() && !stopped(); from += feed.maxFilesPerBatch()) {
        int to = Math.min(files.size(), from + feed.maxFilesPerBatch());
        FileBatch batch = ledger.plan(files.subList(from, to), highest, context.clock().instant());
        CrashPoint.AFTER_FILE_PLAN.reach();
        land(source, batch);
        worked.run();
      }
    } while (mode == IngestJob.Mode.CONTINUOUS && !context.stop().await(spec.trigger()));
  }

  private boolean stopped() {
    return context.stop().requested();
  }

  /** The last batch that all tables have. */
  private long recorded() {
    return runs.table().token(BronzeTokens.planned(spec.name()));
  }

  /** The highest batch that any table has: more than planned where the ledger was lost. */
  private long highest(FileLedger ledger) {
    String token = BronzeTokens.planned(spec.name());
    LongStream found = LongStream.of(recorded());
    if (ledger.isNew()) {
      Stream<LakeTable> tables =
          Stream.concat(
              lake.bronzeTables().stream().map(lake::bronze), Stream.of(lake.deadLetters()));
      found = LongStream.concat(found, tables.mapToLong(table -> table.token(token)));
    }
    return found.max().orElse(CommitToken.NONE);
  }

  private void land(FileSource source, FileBatch batch) {
    source.requireUnchanged(batch.files());
    try {
      lander.landPlanned(FileRecords.of(lake.spark(), batch.files()), batch.number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.stop().request();
    } catch (RuntimeException e) {
      throw source.explain(e, batch.files());
    }
  }
}
