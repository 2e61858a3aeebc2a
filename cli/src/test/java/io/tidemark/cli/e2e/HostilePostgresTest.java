package io.tidemark.cli.e2e;

import java.nio.file.Path;
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
  @Test
  void equalsItsSourceWhateverHappens(@TempDir Path folder) throws Exception {
    HostileProof.prove(folder, Set.of(), new HostilePostgres(), new HostilePostgres());
  }
}
