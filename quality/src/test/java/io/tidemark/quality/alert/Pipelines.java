package io.tidemark.quality.alert;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.alert.rule.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What alerts are made from, as short as it can be said. */
public final class Pipelines {
  public static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  public static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");

  private Pipelines() {}

  /**
   * A pipeline with one table, {@code orders}.
   *
   * @param alerts the settings of the section {@code alerts}
   */
  public static PipelineSpec withAlerts(Path folder, String alerts) {
    Path file = folder.resolve("shop.yml");
    try {
      Files.writeString(
          file,
          "pipeline: shop\nlake: %s/lake\nsource: {type: files, path: /events}\ntables: {orders: {}}\nalerts: {%s}\n"
              .formatted(folder, alerts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PipelineFile.read(file, Map.of());
  }

  /** What a check of {@link #ORDERS} said. */
  public static CheckResult said(String check, Verdict verdict) {
    return new CheckResult(
        ORDERS,
        check,
        Dimension.VALIDITY,
        Severity.ERROR,
        verdict,
        OptionalDouble.empty(),
        "at least 1",
        "it is 0");
  }

  /** What the checks of {@link #ORDERS} said together. */
  public static TableVerdict verdict(CheckResult... results) {
    return new TableVerdict(ORDERS, 1, 1, NOW, List.of(results));
  }

  /** Only what checks said. */
  public static Observation seen(TableVerdict... verdicts) {
    return new Observation(Set.of(), List.of(), List.of(verdicts), Optional.empty());
  }

  /** A step that did what it should. */
  public static StepRecord done(
      Step step, String table, Instant at, Counts counts, Instant newest, String detail) {
    return new StepRecord(
        "run-2",
        "shop",
        step,
        table,
        at,
        at,
        counts,
        Optional.ofNullable(newest),
        detail,
        ExitCode.DONE,
        Optional.empty());
  }

  /** A step that failed. */
  public static StepRecord failed(Step step, String table, String error) {
    return new StepRecord(
        "run-2",
        "shop",
        step,
        table,
        NOW,
        NOW,
        Counts.none(),
        Optional.empty(),
        "tidemark fix it",
        ExitCode.DATA_LOSS,
        Optional.of(error));
  }
}
