package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.sandbox.SandboxPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What happens to a source and all that stands behind it, and what must come of it. */
final class HostileProof {
  private static final long SEED = Long.getLong("tidemark.seed", 7);
  private static final long ROWS = Long.getLong("tidemark.live.rows", 1_000_000);
  private static final int KILLS = Integer.getInteger("tidemark.live.kills", 20);

  private final Instant started = Instant.now();
  private final HostileRun run;
  private final HostileSource source;

  private HostileProof(HostileRun run, HostileSource source) {
    this.run = run;
    this.source = source;
  }

  /**
   * Lets everything happen.
   *
   * @param writing the same source for a thread of its own
   */
  static void prove(
      Path folder, Set<SandboxPart> parts, HostileSource source, HostileSource writing)
      throws Exception {
    try (HostileRun run = new HostileRun(folder, parts, source, writing, SEED)) {
      new HostileProof(run, source).prove();
    }
  }

  private void prove() throws Exception {
    run.startWriting();
    run.killAtRandom(KILLS / 2);
    tell(KILLS / 2 + " kills");
    source.addColumn();
    source.execute(source.bulkInsert(ROWS));
    tell(ROWS + " rows in one transaction");
    run.killAtRandom(KILLS - KILLS / 2);
    source.clearNotes();
    tell(KILLS + " kills");
    run.start();
    source.widen();
    source.truncate();
    source.fillEmptied();
    run.awaitWork("ingest ");
    run.crashSandbox();
    tell("a crash of broker, Connect and database");
    run.stopWriting();
    assertEqual("after kills, changes of the schema and a crash of everything");

    run.loseChanges();
    tell("a lost log");
    assertEqual("after a lost log");
  }

  private void assertEqual(String when) throws Exception {
    int code = run.drain();
    tell("drained with exit code " + code);
    assertThat(code).as("seed %d: %s", SEED, run.output()).isZero();
    SourceComparison comparison = new SourceComparison(source.database(run.sandbox()));
    for (String table : HostileSource.TABLES) {
      Comparison found =
          comparison.compare(
              source.namespace(), table, run.lake().resolve("silver").resolve(table).toString());
      tell(when + ": " + found.summary());
      assertThat(found.equal()).as("%s: %s %s", when, found.summary(), found.examples()).isTrue();
    }
  }

  private void tell(String what) {
    long seconds = Duration.between(started, Instant.now()).toSeconds();
    System.err.printf("%s, %d s: %s%n", source.name(), seconds, what);
  }
}
