package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxAddressesTest {
  private static final SandboxAddresses ADDRESSES =
      new SandboxAddresses(
          "jdbc:postgresql://127.0.0.1:5/shop",
          "user",
          " pass=wörd\\ ",
          "127.0.0.1:6",
          "http://127.0.0.1:7",
          8);

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("sandbox.properties"), "jdbc-url=old");

    ADDRESSES.write(file);

    assertThat(SandboxAddresses.read(file)).isEqualTo(ADDRESSES);
    assertThat(folder).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("sandbox.properties"), "jdbc-url=x\nuser=y\n");

    assertThatThrownBy(() -> SandboxAddresses.read(file))
        .isInstanceOf(SandboxException.class)
        .hasMessage("Invalid sandbox addresses in " + file + ": there is no 'password'");
  }

  @Test
  void aProcessIdMustBeANumber() throws IOException {
    Path file = folder.resolve("sandbox.properties");
    ADDRESSES.write(file);
    Files.writeString(file, Files.readString(file).replace("pid=8", "pid=eight"));

    assertThatThrownBy(() -> SandboxAddresses.read(file))
        .isInstanceOf(SandboxException.class)
        .hasMessage("Invalid sandbox addresses in " + file + ": 'pid' is not a number: 'eight'");
  }
}
