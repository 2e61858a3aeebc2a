package io.tidemark.ingest;

import io.tidemark.core.error.TidemarkException;
import java.util.Map;

/** Reads one kind of source into the lake. */
sealed interface SourceReader permits KafkaReader, FileReader, DatabaseReader {
  /**
   * Lands what there is, from where the lake says that it stopped, until the mode's end or a stop.
   *
   * @param worked called whenever the source has answered
   * @throws TidemarkException with exit code 4 if the source does not answer; reading again later
   *     goes on where this ended
   */
  void read(IngestJob.Mode mode, Runnable worked);

  /** The parts of the source that are not read, each with what is missing in it. */
  Map<String, TidemarkException> blocked();
}
