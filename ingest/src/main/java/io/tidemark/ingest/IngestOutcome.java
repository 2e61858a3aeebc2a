package io.tidemark.ingest;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Counts;
import java.util.Map;

/**
 * What an ingest did until it ended.
 *
 * @param counts records of all its batches by what became of them
 * @param blocked parts of the source, such as topics, that it did not read, and tables that it did
 *     not land, each with what is wrong with it
 */
public record IngestOutcome(Counts counts, Map<String, TidemarkException> blocked) {}
