package io.tidemark.cli.status;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FileBatch;
import io.tidemark.ingest.files.FileLedger;
import io.tidemark.ingest.files.FileSource;
import java.util.List;
import java.util.Optional;

/** Files that have not landed. */
final class FilesLag implements SourceLag {
  private final Lake lake;
  private final String pipeline;
  private final long landed;
  private final Optional<Long> waiting;
  private final Optional<String> error;

  private FilesLag(
      Lake lake, String pipeline, long landed, Optional<Long> waiting, Optional<String> error) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.landed = landed;
    this.waiting = waiting;
    this.error = error;
  }

  static FilesLag of(PipelineSpec spec, Lake lake) {
    List<EventFile> listed =
        FileSource.open(spec.source().files(), lake.spark().sparkContext().hadoopConfiguration())
            .list();
    FileLedger ledger = FileLedger.read(lake, spec.name());
    long recorded = lake.runs().token(BronzeTokens.planned(spec.name()));
    long cutOff =
        ledger.cutOff(recorded).stream().map(FileBatch::files).mapToLong(List::size).sum();
    long landed = ledger.size() - cutOff;
    try {
      long waiting = ledger.untaken(listed).size() + cutOff;
      return new FilesLag(lake, spec.name(), landed, Optional.of(waiting), Optional.empty());
    } catch (TidemarkException changed) {
      Optional<String> error = Optional.of(changed.getMessage() + " -> " + changed.remedy());
      return new FilesLag(lake, spec.name(), landed, Optional.empty(), error);
    }
  }

  /** What waits in files may be of any table, so only what waits in bronze counts. */
  @Override
  public Optional<Long> of(String table) {
    return lake.bronze(table).exists()
        ? Optional.of(SourceLag.notMerged(lake, pipeline, table))
        : Optional.empty();
  }

  /** The files that have landed in place of rows, and those that wait as the lag. */
  @Override
  public List<TableStatus> lines() {
    return List.of(
        TableStatus.line("(files)", Optional.of(landed), waiting, 0, error.map(Held::because)));
  }
}
