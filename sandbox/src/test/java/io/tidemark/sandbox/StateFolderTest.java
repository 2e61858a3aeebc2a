package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir Path folder;

  @Test
  void aResetKeepsThePastOfNothingButTheUnpackedPrograms() throws IOException {
    StateFolder state = new StateFolder(folder);
    Files.createDirectories(state.postgresData().resolve("base/1"));
    Files.writeString(state.postgresData().resolve("base/1/file"), "x");
    Files.writeString(state.ports(), "kafka=1");
    Path program = state.postgresPrograms().resolve("postgres");
    Files.createDirectories(state.postgresPrograms());
    Files.writeString(program, "x");

    state.reset();

    assertThat(folder).isDirectoryContaining(state.postgresPrograms()::equals);
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(program).exists();
  }

  @Test
  void aResetOfNothingIsFine() {
    Path missing = folder.resolve("missing");

    new StateFolder(missing).reset();

    assertThat(missing).doesNotExist();
  }
}
