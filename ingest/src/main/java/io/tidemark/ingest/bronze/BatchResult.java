package io.tidemark.ingest.bronze;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What landing one micro-batch did.
 *
 * @param counts records by what became of them
 * @param newest the newest source time among the changes
 * @param ends the next offset of every partition the batch had records of, by token name
 * @param tables the lake tables that got changes
 * @param ignored records that were no rows, by kind
 * @param held tables that may not land for now, each with the reason
 */
public record BatchResult(
    Counts counts,
    Optional<Instant> newest,
    Map<String, Long> ends,
    List<String> tables,
    Map<String, Long> ignored,
    Map<String, TidemarkException> held) {}
