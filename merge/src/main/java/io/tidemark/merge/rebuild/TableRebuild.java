package io.tidemark.merge.rebuild;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.lake.TableOwner;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Builds a table's silver and history anew from everything in bronze, with today's logic and
 * today's pipeline file, and puts them in place of what is there in one commit each.
 *
 * <p>The merge itself builds them, in a stage of the lake that nobody reads: first from all of
 * bronze, then from what landed meanwhile. The commit that puts a table in place carries the token
 * of the bronze version it was built up to, on the condition that no other process has moved it:
 * else what landed is caught up with and it is tried again. What merges remember is added to before
 * and cleared up behind that commit, so that a process that is killed leaves a lake that is right,
 * with the rows of before or of then.
 */
public final class TableRebuild {
  /** Each try takes as long as reading what landed since the last one. */
  private static final int TRIES = 5;

  private static final String STATISTICS = "delta.dataSkippingStatsColumns";

  private final Lake lake;
  private final TableSpec spec;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private final Consumer<String> progress;

  /** What of a table can be built anew. */
  public enum Layer {
    SILVER,
    HISTORY
  }

  /**
   * A rebuild of one table.
   *
   * @param progress is told what is done next
   * @throws TidemarkException with exit code 2 if nothing has landed in the table, or it is another
   *     pipeline's, or combined from others
   */
  public TableRebuild(
      PipelineSpec pipeline,
      Lake lake,
      String table,
      RunContext context,
      Consumer<String> progress) {
    this.lake = lake;
    this.spec = pipeline.table(table);
    this.unavailable = new UnavailableValue(pipeline.source().unavailableValue());
    this.context = context;
    this.progress = progress;
    if (spec.sources().several()) {
      throw RebuildErrors.combined(spec);
    }
    if (!lake.bronzeTables().contains(table)) {
      throw RebuildErrors.unknown(table, lake.bronzeTables());
    }
    LakeTable bronze = lake.bronze(table);
    TableOwner.require(bronze, bronze.properties(), context.pipeline());
  }

  /** What it would read and replace. */
  public RebuildPreview preview() {
    return new RebuildPreview(
        lake.bronze(spec.name()).size(),
        rows(lake.silver(spec.name())),
        rows(lake.history(spec.name())));
  }

  private static OptionalLong rows(LakeTable table) {
    return table.exists() ? OptionalLong.of(table.read().count()) : OptionalLong.empty();
  }

  /** The layers that the table has, as far as the pipeline file still wants them. */
  public Set<Layer> layers() {
    return spec.history() && lake.history(spec.name()).exists()
        ? Set.of(Layer.SILVER, Layer.HISTORY)
        : Set.of(Layer.SILVER);
  }

  /**
   * Builds layers anew, silver first; one record for each.
   *
   * @param acceptLoss whether rows may go that bronze does not explain
   * @throws TidemarkException with exit code 2 if the table has no such layer or bronze has values
   *     that do not fit the pipeline file, 5 if bronze has lost changes, or other processes merged
   *     the table again and again; the layer is as it was then
   */
  public List<StepRecord> run(Set<Layer> wanted, boolean acceptLoss) {
    SparkSession session = SparkSessions.forTable(lake.spark());
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    Lake own = lake.with(session);
    lake.clearStages(spec.name());
    try {
      // Never a name that this process had before: the table format remembers what was there.
      Lake stage = own.stage(spec.name(), UUID.randomUUID().toString());
      List<StepRecord> steps = new ArrayList<>();
      if (wanted.contains(Layer.SILVER)) {
        steps.add(rebuild(new RebuiltSilver(own, stage, spec, unavailable, context), acceptLoss));
      }
      if (wanted.contains(Layer.HISTORY)) {
        steps.add(rebuild(new RebuiltHistory(own, stage, spec, unavailable, context), acceptLoss));
      }
      return steps;
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      Optional<UndecodableValueException> value = undecodable(e);
      if (value.isPresent()) {
        throw RebuildErrors.undecodable(spec.name(), value.get());
      }
      throw e;
    } finally {
      lake.clearStages(spec.name());
      SparkSession.setActiveSession(before.getOrElse(lake::spark));
    }
  }

  private static Optional<UndecodableValueException> undecodable(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UndecodableValueException value) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private StepRecord rebuild(RebuiltLayer layer, boolean acceptLoss) {
    if (!layer.live().exists()) {
      throw RebuildErrors.notThere(layer.word(), spec.name());
    }
    Built built = new Built(layer, context.clock().instant());
    progress.accept("building %s of %s beside it".formatted(layer.word(), spec.name()));
    built.bringUp();
    if (!layer.staged().exists()) {
      throw RebuildErrors.nothingInBronze(spec.name());
    }
    LostRows lost = layer.lost();
    if (lost.rows() > 0 && !acceptLoss) {
      throw RebuildErrors.lost(layer.word(), spec.name(), lost);
    }
    for (int tried = 1; tried <= TRIES; tried++) {
      layer.remember();
      built.bringUp();
      if (isInPlace(layer, lost)) {
        return built.record(tried, lost);
      }
      progress.accept(
          "%s of %s was merged meanwhile: catching up".formatted(layer.word(), spec.name()));
    }
    throw RebuildErrors.overtaken(layer.word(), spec.name(), TRIES);
  }

  /** Puts the built table in place, unless another process was there. */
  private boolean isInPlace(RebuiltLayer layer, LostRows lost) {
    String name = layer.token();
    long applied = layer.staged().token(name);
    long before = layer.live().token(name);
    if (before > applied) {
      return false;
    }
    CommitToken merged = new CommitToken(name, before, applied);
    try {
      layer.add();
      CrashPoint.AFTER_REBUILT_MEMORY.reach();
      layer.live().replace(layer.staged().read(), properties(layer.staged()), List.of(merged));
      CrashPoint.AFTER_REBUILT_ROWS.reach();
      layer.settle(merged, lost);
      return true;
    } catch (TidemarkException e) {
      if (e.exitCode() == ExitCode.DATA_LOSS) {
        return false;
      }
      throw e;
    }
  }

  /** What the merge says of its table, and nothing of how the format keeps it. */
  private static Map<String, String> properties(LakeTable staged) {
    Map<String, String> properties = new HashMap<>(staged.properties());
    properties.keySet().removeIf(name -> !name.startsWith("tidemark.") && !name.equals(STATISTICS));
    return properties;
  }

  /** A layer as far as it is built, with what became of bronze's rows. */
  private final class Built {
    private final RebuiltLayer layer;
    private final Instant started;
    private final Counts counts = new Counts();
    private Optional<Instant> newest = Optional.empty();

    Built(RebuiltLayer layer, Instant started) {
      this.layer = layer;
      this.started = started;
    }

    void bringUp() {
      layer
          .build()
          .ifPresent(
              step -> {
                counts.addAll(step.counts());
                newest =
                    Stream.of(newest, step.newestSourceTime())
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder());
              });
    }

    StepRecord record(int tries, LostRows lost) {
      return context.done(
          layer.step(),
          spec.name(),
          started,
          counts,
          newest,
          "{\"rebuilt\":\"%s\",\"bronze_to\":%d,\"version\":%d,\"tries\":%d,\"lost\":%d}"
              .formatted(
                  layer.word(),
                  layer.live().token(layer.token()),
                  layer.live().version(),
                  tries,
                  lost.rows()));
    }
  }
}
