package io.tidemark.cli.e2e;

import io.tidemark.sandbox.SandboxPart;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live proof on MariaDB; see {@link HostilePostgresTest}. */
@Tag("nightly")
final class HostileMariaDbTest {
  @Test
  void equalsItsSourceWhateverHappens(@TempDir Path folder) throws Exception {
    HostileProof.prove(
        folder, Set.of(SandboxPart.MARIADB), new HostileMariaDb(), new HostileMariaDb());
  }
}
