package io.tidemark.merge.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.MergeOutcome;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rule 1: for any history, any duplication, any interleaving between keys, any split into batches
 * and any crash between two writes, silver equals the history applied once and in order.
 *
 * <p>Each table has the history of its seed. A merge costs seconds and an event nothing, so there
 * are few tables with long histories. Set {@code tidemark.seed} to try others, {@code
 * tidemark.histories} to try more at once.
 */
class ConvergenceTest {
  /** Seeds 21, 23 and 25 tell a fold that trusts values which came again from ours. */
  private static final long FIRST_SEED = Long.getLong("tidemark.seed", 21);

  private static final int HISTORIES = Integer.getInteger("tidemark.histories", 5);
  private static final int EVENTS = 250;
  private static final int PASSES = 3;

  @Test
  void silverEqualsTheOracle(@TempDir Path folder) {
    TestLake lake = new TestLake(folder);
    List<LiveTable> tables = LiveTable.of(lake, FIRST_SEED, HISTORIES, EVENTS, PASSES);
    for (int pass = 1; pass <= PASSES; pass++) {
      tables.forEach(LiveTable::landPortion);
      Map<String, Long> before = new HashMap<>();
      tables.forEach(table -> before.put(table.name(), table.version()));
      assertAccounted(lake.mergeAll());
      if (pass < PASSES) {
        tables.forEach(table -> table.sometimesCutOff(before.get(table.name())));
      }
    }
    assertThat(tables)
        .allSatisfy(
            table ->
                assertThat(table.actual())
                    .as("%s; repeat with -Dtidemark.seed=%d", table.name(), FIRST_SEED)
                    .isEqualTo(table.expected()));
  }

  private static void assertAccounted(MergeOutcome outcome) {
    assertThat(outcome.steps())
        .allSatisfy(
            step -> {
              assertThat(step.error()).as("error of %s", step.table()).isEmpty();
              assertThat(step.counts().unaccounted()).as("%s", step).isZero();
              assertThat(quarantined(step)).as("quarantined of %s", step.table()).isZero();
            });
  }

  private static long quarantined(StepRecord step) {
    return step.counts().of(Count.QUARANTINED);
  }
}
