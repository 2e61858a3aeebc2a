package io.tidemark.merge.gold;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.spec.PipelineSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marts of a pipeline, refreshed one after the other. For one thread. */
public final class Marts {
  private static final Logger LOG = LoggerFactory.getLogger(Marts.class);

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final Gate gate;
  private final Rejections rejections = new Rejections();

  /** The marts of one run; what it rejected it remembers. */
  public Marts(PipelineSpec spec, Lake lake, RunContext context, Gate gate) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.gate = gate;
  }

  /**
   * Refreshes those that need it; tells what was done and what failed.
   *
   * @param bad silver tables from which no mart is refreshed
   */
  public List<StepRecord> refresh(BadTables bad) {
    List<StepRecord> steps = new ArrayList<>();
    for (GoldSpec mart : spec.gold().values()) {
      refresh(mart, bad).ifPresent(steps::add);
    }
    return steps;
  }

  /** Whether a mart is behind because of what it would have become, or of what it reads. */
  public boolean anyRejected() {
    return !rejections.isEmpty();
  }

  private Optional<StepRecord> refresh(GoldSpec spec, BadTables bad) {
    Instant started = context.clock().instant();
    Mart mart = mart(spec);
    Optional<MartBasis> basis = Optional.empty();
    try {
      basis = Optional.of(mart.basis(bad));
      if (basis.get().isPublished()) {
        rejections.forget(spec.name());
        return Optional.empty();
      }
      if (rejections.stands(spec.name(), basis.get(), started)) {
        return Optional.empty();
      }
      StepRecord step = mart.publish(basis.get());
      rejections.forget(spec.name());
      CrashPoint.AFTER_GOLD.reach();
      return Optional.of(step);
    } catch (TidemarkException e) {
      LOG.warn("{}. {}", e.getMessage(), e.remedy());
      if (e.exitCode() == ExitCode.QUALITY || e.exitCode() == ExitCode.CONFIGURATION) {
        basis.ifPresent(rejected -> rejections.add(spec.name(), rejected, started));
      }
      return Optional.of(context.failed(Step.GOLD, spec.name(), started, e));
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      LOG.error("Mart '{}' keeps its last good version", spec.name(), e);
      return Optional.of(context.failed(Step.GOLD, spec.name(), started, e));
    }
  }

  private Mart mart(GoldSpec mart) {
    return new Mart(
        mart,
        spec.checks().of(new TableRef(Layer.GOLD, mart.name())).filter(table -> !table.isEmpty()),
        lake,
        context,
        gate,
        spec.file());
  }
}
