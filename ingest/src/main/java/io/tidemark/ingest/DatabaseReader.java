package io.tidemark.ingest;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.jdbc.TablePoll;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the tables of a database, one after the other.
 *
 * <p>What was planned stands in the lake before it is read; each table's commit has the round that
 * it landed. A table that cannot be polled does not keep others from it.
 */
final class DatabaseReader implements SourceReader {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);
  private final JdbcFeed feed;
  private final RunContext context;
  private final RunLog runs;
  private final BatchLander lander;
  private final Map<String, TablePoll> polls = new LinkedHashMap<>();
  private final Map<String, TidemarkException> blocked = new TreeMap<>();

  DatabaseReader(
      PipelineSpec spec, Lake lake, RunContext context, RunLog runs, BatchLander lander) {
    this.feed = spec.source().jdbc();
    this.context = context;
    this.runs = runs;
    this.lander = lander;
    for (TableSpec table : spec.declaredTables().values()) {
      polls.put(table.name(), new TablePoll(feed, lake, spec.name(), table));
    }
  }

  @Override
  public Map<String, TidemarkException> blocked() {
    return blocked;
  }

  @Override
  public void read(IngestJob.Mode mode, Runnable worked) {
    do {
      blocked.clear();
      for (Map.Entry<String, TablePoll> poll : polls.entrySet()) {
        Instant started = context.clock().instant();
        try {
          poll(poll.getKey(), poll.getValue(), worked);
        } catch (TidemarkException e) {
          if (e.exitCode() == ExitCode.UNAVAILABLE) {
            throw e;
          }
          if (blocked.put(poll.getKey(), e) == null) {
            runs.store(List.of(context.failed(Step.INGEST, poll.getKey(), started, e)), List.of());
          }
          LOG.error("{}. {}", e.getMessage(), e.remedy());
        }
      }
    } while (mode == IngestJob.Mode.CONTINUOUS && !context.stop().await(feed.every()));
  }

  private void poll(String table, TablePoll poll, Runnable worked) {
    boolean done = false;
    while (!done && !context.stop().requested()) {
      done = poll.round(lander.epoch(table), context.clock().instant(), lander::landPolled);
      worked.run();
      if (!done && !feed.pause().isZero()) {
        context.stop().await(feed.pause());
      }
    }
  }
}
