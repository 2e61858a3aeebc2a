package io.tidemark.ingest;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.letters.LetterBook;
import io.tidemark.ingest.letters.LetterDiscard;
import io.tidemark.ingest.letters.LetterFilter;
import io.tidemark.ingest.letters.LetterReplay;
import io.tidemark.ingest.mask.MaskSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Works on the dead letters of a pipeline with what its file says today. */
public final class DeadLetterJob {
  private final PipelineSpec spec;
  private final Lake lake;

  /** The letters of a pipeline in its lake. */
  public DeadLetterJob(PipelineSpec spec, Lake lake) {
    this.spec = spec;
    this.lake = lake;
  }

  /** Lists and shows them. */
  public LetterBook book() {
    return new LetterBook(lake, spec.name(), SourceSettings.masks(spec).keys());
  }

  /**
   * Tries the chosen letters that are open again, and stores a run record of it; what lands waits
   * for the next merge.
   *
   * @throws io.tidemark.core.error.TidemarkException as {@link LetterReplay#run}
   */
  public StepRecord replay(LetterFilter filter, RunContext context, RunLog runs) {
    Instant started = context.clock().instant();
    MaskSettings masks = SourceSettings.masks(spec);
    BronzeWriter writer =
        new BronzeWriter(
            spec.name(),
            lake,
            SourceSettings.decoding(spec),
            masks,
            spec.parallelTables(),
            context.clock());
    Counts counts = new LetterReplay(lake, context, writer, masks.keys()).run(filter);
    StepRecord record = context.done(Step.REPLAY, "*", started, counts, Optional.empty(), "");
    runs.store(List.of(record), List.of());
    return record;
  }

  /** Records that the chosen letters that are open will never be applied; returns how many. */
  public long discard(LetterFilter filter, String note, RunContext context) {
    return new LetterDiscard(lake, context).run(filter, note);
  }
}
