package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.quality.reconcile.SourceDatabase;
import io.tidemark.sandbox.SandboxPart;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live proof on MariaDB; see {@link HostilePostgresTest}. */
@Tag("nightly")
final class HostileMariaDbTest {
  private static final long SEED = Long.getLong("tidemark.seed", 7);
  private static final long ROWS = Long.getLong("tidemark.live.rows", 1_000_000);
  private static final int KILLS = Integer.getInteger("tidemark.live.kills", 20);

  @Test
  void equalsItsSourceWhateverHappens(@TempDir Path folder) throws Exception {
    HostileSource source = new HostileMariaDb();
    try (HostileRun run =
        new HostileRun(folder, Set.of(SandboxPart.MARIADB), source, new HostileMariaDb(), SEED)) {
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
      SourceComparison comparison =
          new SourceComparison(
              new SourceDatabase(run.sandbox().mariadbUrl(), "tidemark", "tidemark"));
      for (String table : HostileSource.TABLES) {
        Comparison found =
            comparison.compare(
                source.namespace(), table, run.lake().resolve("silver").resolve(table).toString());
        System.err.println(found.summary());
        assertThat(found.equal()).as("%s %s", found.summary(), found.examples()).isTrue();
      }
    }
  }
}
