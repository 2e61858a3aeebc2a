package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.quality.reconcile.SourceDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live proof on PostgreSQL: whatever happens to source, connector, broker and pipeline, the
 * lake equals the source in the end. Set {@code tidemark.seed}, {@code tidemark.live.rows} and
 * {@code tidemark.live.kills} to try others.
 */
@Tag("nightly")
final class HostilePostgresTest {
  private static final long SEED = Long.getLong("tidemark.seed", 7);
  private static final long ROWS = Long.getLong("tidemark.live.rows", 1_000_000);
  private static final int KILLS = Integer.getInteger("tidemark.live.kills", 20);

  @Test
  void equalsItsSourceWhateverHappens(@TempDir Path folder) throws Exception {
    HostileSource source = new HostilePostgres();
    try (HostileRun run = new HostileRun(folder, Set.of(), source, new HostilePostgres(), SEED)) {
      run.startWriting();
      run.killAtRandom(KILLS / 2);
      source.addColumn();
      run.killAtRandom(KILLS - KILLS / 2);
      run.start();
      source.widen();
      source.truncate();
      source.fillEmptied();
      run.crashSandbox();
      source.execute(source.bulkInsert(ROWS));
      run.stopWriting();
      assertThat(run.drain()).as("seed %d: %s", SEED, run.output()).isZero();
      assertEqual(run, "after kills, changes of the schema and a crash of everything");

      loseTheSlot(run, source);
      assertThat(run.drain()).as("seed %d: %s", SEED, run.output()).isZero();
      assertEqual(run, "after a lost slot");
    }
  }

  /** Changes that no slot kept: the connector notices at its start and takes a new snapshot. */
  private static void loseTheSlot(HostileRun run, HostileSource source) throws Exception {
    run.connectClient().delete(source.name());
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              source.execute("SELECT pg_drop_replication_slot('" + HostilePostgres.SLOT + "')");
              assertThat(source.number("SELECT count(*) FROM pg_replication_slots")).isZero();
            });
    source.execute("DELETE FROM items WHERE id > 2000000000 AND id % 10 <> 0");
    source.execute("UPDATE items SET n = -1 WHERE id % 7 = 0");
    source.execute("DELETE FROM emptied WHERE id < 50");
    run.connect();
  }

  private static void assertEqual(HostileRun run, String when) {
    SourceComparison comparison =
        new SourceComparison(
            new SourceDatabase(
                run.sandbox().jdbcUrl(), run.sandbox().user(), run.sandbox().password()));
    for (String table : HostileSource.TABLES) {
      Comparison found =
          comparison.compare(
              "hostile", table, run.lake().resolve("silver").resolve(table).toString());
      System.err.println(when + ": " + found.summary());
      assertThat(found.equal()).as("%s: %s %s", when, found.summary(), found.examples()).isTrue();
    }
  }
}
