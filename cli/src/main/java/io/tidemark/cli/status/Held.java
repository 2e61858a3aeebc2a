package io.tidemark.cli.status;

import io.tidemark.cli.status.LastRuns.GoodRun;
import io.tidemark.cli.status.LastRuns.LastRun;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.run.VerdictDetail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a table is not what it should be.
 *
 * @param state what that means for those who read it
 * @param why what is wrong, with the checks that fail
 * @param since when it began; empty if no record tells
 * @param goodAt when it was good last; empty if it never was, or no record tells
 * @param goodVersion the version that it had then
 * @param checks the results that fail, where checks are the reason
 */
record Held(
    State state,
    String why,
    Optional<Instant> since,
    Optional<Instant> goodAt,
    Optional<Long> goodVersion,
    List<CheckResult> checks) {

  /** What is wrong means for those who read the table. */
  enum State {
    /** They see an older state, its last good one. */
    HELD,
    /** They see rows that do not keep the table's checks; no mart is made from them. */
    BAD
  }

  Held {
    checks = List.copyOf(checks);
  }

  /** A table about which only the reason is known. */
  static Held because(String why) {
    return new Held(
        State.HELD, why, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** What the newest step of a table says; empty if it did not fail. */
  static Optional<Held> of(State state, LastRun last, List<CheckResult> checks) {
    return last.error()
        .map(
            error ->
                new Held(
                    state,
                    error,
                    last.failing(),
                    last.good().map(GoodRun::endedAt),
                    last.good().flatMap(GoodRun::detail).map(VerdictDetail::version),
                    checks));
  }
}
