package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.bronze.BatchResult;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.bronze.PolledRound;
import io.tidemark.ingest.registry.RegistryUnreachableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lands one micro-batch after the other and records each with the tokens it ends at. */
final class BatchLander {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLander.class);

  private final BronzeWriter writer;
  private final RunLog runs;
  private final RunContext context;
  private final Step step;
  private final Consumer<Counts> landed;
  private final ReentrantLock busy = new ReentrantLock();
  private volatile boolean stalled;
  private final Set<String> told = new HashSet<>();

  BatchLander(
      BronzeWriter writer, RunLog runs, RunContext context, Step step, Consumer<Counts> landed) {
    this.writer = writer;
    this.runs = runs;
    this.context = context;
    this.step = step;
    this.landed = landed;
  }

  /** Reads what was declared meanwhile; held tables get another try. */
  void begin() {
    writer.begin();
    told.clear();
  }

  /** The tables that did not land, each with the reason. */
  Map<String, TidemarkException> held() {
    return writer.held();
  }

  /** Lands a batch; whoever holds {@link #betweenBatches} waits until it is done. */
  void land(Dataset<Row> batch) throws InterruptedException {
    land(() -> writer.land(batch));
  }

  /** Lands a batch that was planned before under a number. */
  void landPlanned(Dataset<Row> batch, long number) throws InterruptedException {
    land(() -> writer.landPlanned(batch, number));
  }

  /** Lands a round of queries; an interruption asks the run to end. */
  void landPolled(Dataset<Row> round, PolledRound what) {
    try {
      land(() -> writer.landPolled(round, what));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.stop().request();
    } catch (RuntimeException e) {
      // A database that is lost in a task comes out of Spark as Spark's own failure.
      throw TidemarkException.in(e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  /** The newest epoch of a table. */
  int epoch(String table) {
    return writer.epoch(table);
  }

  private void land(Supplier<BatchResult> landing) throws InterruptedException {
    busy.lockInterruptibly();
    try {
      Instant started = context.clock().instant();
      BatchResult result = landed(landing);
      stalled = false;
      if (result.ends().isEmpty()) {
        return; // Kafka had nothing; a planned batch is recorded even if its files are empty.
      }
      CrashPoint.BEFORE_INGEST_RECORD.reach();
      StepRecord record =
          context.done(step, "*", started, result.counts(), result.newest(), detail(result));
      List<StepRecord> records = new ArrayList<>(List.of(record));
      records.addAll(newlyHeld(result, started));
      runs.store(records, tokens(result));
      CrashPoint.AFTER_INGEST_RECORD.reach();
      records.forEach(context.listener());
      landed.accept(result.counts());
    } finally {
      busy.unlock();
    }
  }

  private BatchResult landed(Supplier<BatchResult> landing) {
    try {
      return landing.get();
    } catch (Exception e) { // Spark's are checked, and thrown where none is declared.
      Optional<String> registry = RegistryUnreachableException.in(e);
      if (registry.isPresent()) {
        stalled = true;
        throw Errors.registryUnreachable(registry.get(), e);
      }
      throw e;
    }
  }

  /** Whether the last batch could not be read because the schema registry does not answer. */
  boolean isStalled() {
    return stalled;
  }

  private List<StepRecord> newlyHeld(BatchResult result, Instant started) {
    List<StepRecord> records = new ArrayList<>();
    result
        .held()
        .forEach(
            (table, reason) -> {
              if (told.add(table)) {
                LOG.error("{}. {}", reason.getMessage(), reason.remedy());
                records.add(context.failed(step, table, started, reason));
              }
            });
    return records;
  }

  /** Does something while no batch is being landed, so that nothing is cut off half-way. */
  void betweenBatches(Runnable action) {
    busy.lock();
    try {
      action.run();
    } finally {
      busy.unlock();
    }
  }

  private List<CommitToken> tokens(BatchResult result) {
    Map<String, Long> recorded = runs.table().tokens(BronzeTokens.prefix(context.pipeline()));
    List<CommitToken> tokens = new ArrayList<>();
    result
        .ends()
        .forEach(
            (name, end) -> {
              long before = recorded.getOrDefault(name, CommitToken.NONE);
              tokens.add(new CommitToken(name, before, Math.max(before, end)));
            });
    return tokens;
  }

  private static String detail(BatchResult result) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("tables", result.tables());
    detail.put("ignored", result.ignored());
    detail.put("progress", result.ends());
    return JsonLine.of(detail);
  }
}
