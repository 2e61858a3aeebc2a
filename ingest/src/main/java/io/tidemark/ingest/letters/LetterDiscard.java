package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;

/** Records that open letters will never be applied; their bytes stay. */
public final class LetterDiscard {
  private final Lake lake;
  private final RunContext context;

  /** A discard in one run. */
  public LetterDiscard(Lake lake, RunContext context) {
    this.lake = lake;
    this.context = context;
  }

  /**
   * Discards the chosen letters that are open.
   *
   * @param note why, for those who ask later
   * @return how many
   */
  public long run(LetterFilter filter, String note) {
    LetterDecisions decisions = new LetterDecisions(lake, context);
    return decisions.record(
        new Letters(lake, context.pipeline())
            .chosen(filter)
            .filter(Letters.isOpen())
            .select(
                col(DeadLetterColumns.ID),
                col(Letters.WRITTEN),
                lit(Decision.DISCARDED.name()).as(DeadLetterColumns.DECISION),
                col(DeadLetterColumns.REASON),
                col(DeadLetterColumns.MESSAGE),
                lit(note).as(DeadLetterColumns.NOTE)));
  }
}
