package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said without starting the real thing. */
class SandboxTest {
  @TempDir Path folder;
  private String home;

  @BeforeEach
  void rememberHome() {
    home = System.getProperty(ServerClassPath.HOME_PROPERTY);
  }

  @AfterEach
  void restoreProperties() {
    System.setProperty(ServerClassPath.HOME_PROPERTY, home);
    System.clearProperty(ServerClassPath.FILE_PROPERTY);
  }

  @Test
  void aFolderThatDoesNotExistHasNoSandboxAndIsNotCreated() {
    Path missing = folder.resolve("missing");

    assertThat(Sandbox.status(missing)).isEmpty();
    assertThat(Sandbox.stop(missing)).isEqualTo(Sandbox.Stop.NOTHING_RUNNING);
    assertThat(missing).doesNotExist();
  }

  @Test
  void theFilesOfAKilledServerDoNotPassForARunningOne() throws IOException {
    StateFolder state = new StateFolder(folder);
    long livingButNoServer = ProcessHandle.current().pid();
    new SandboxAddresses("jdbc:postgresql://127.0.0.1:1/shop", "u", "p", "h:1", "http://h:1", 1)
        .write(state.addresses());
    Files.writeString(state.serverLock(), Long.toString(livingButNoServer));
    Files.createDirectories(state.postgresData());
    Files.writeString(
        state.postgresData().resolve("postmaster.pid"), livingButNoServer + "\n/somewhere\n");

    assertThat(Sandbox.status(folder)).isEmpty();
    assertThat(Sandbox.stop(folder)).isEqualTo(Sandbox.Stop.NOTHING_RUNNING);
    assertThat(state.addresses()).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    SandboxException error = failureOf(file.resolve("state"), new ArrayList<>());

    assertThat(error)
        .hasMessageStartingWith(
            "Cannot write into the sandbox's state folder " + file.resolve("state") + ": ");
    assertThat(error.remedy()).isEqualTo("Choose a folder that this user may create and write.");
  }

  @Test
  void withoutAHomeBothPropertiesAreNamed() {
    System.clearProperty(ServerClassPath.HOME_PROPERTY);

    SandboxException error = failureOf(folder, new ArrayList<>());

    assertThat(error)
        .hasMessage(
            "Cannot find the sandbox's libraries: neither -Dtidemark.sandbox.classpath nor"
                + " -Dtidemark.home is set");
    assertThat(error.remedy()).contains("./mvnw -q package -DskipTests -pl sandbox");
  }

  @Test
  void anUnbuiltHomeIsToldHowToBuild() {
    System.setProperty(ServerClassPath.HOME_PROPERTY, folder.toString());

    SandboxException error = failureOf(folder, new ArrayList<>());

    assertThat(error)
        .hasMessageStartingWith(
            "Cannot read the sandbox's class path from "
                + folder.resolve("sandbox/target/sandbox.classpath"));
    assertThat(error.remedy())
        .isEqualTo("Build it, in the project's folder: ./mvnw -q package -DskipTests -pl sandbox");
  }

  @Test
  void aLibraryThatIsGoneIsNamed() throws IOException {
    useClassPath(folder + ":" + folder.resolve("gone.jar"));

    assertThat(failureOf(folder, new ArrayList<>()))
        .hasMessageContaining("its library " + folder.resolve("gone.jar") + ", named in ");
  }

  @Test
  void aServerThatFailsIsReportedWithItsLastLines() throws IOException {
    Path state = folder.resolve("state");
    useClassPath(folder.toString()); // exists, and has none of the libraries
    Files.createDirectories(state);
    Files.writeString(state.resolve("sandbox.log"), "a line of an earlier start\n");
    List<String> progress = new ArrayList<>();

    SandboxException error = failureOf(state, progress);

    assertThat(error)
        .hasMessageStartingWith(
            "Cannot start the sandbox in " + state + ": its JVM ended with exit code 1\n")
        .hasMessageContaining("NoClassDefFoundError: org/slf4j/LoggerFactory")
        .hasMessageNotContaining("earlier start");
    assertThat(error.remedy()).contains(state.resolve("sandbox.log").toString());
    assertThat(progress).containsExactly("starting in " + state);
    assertThat(Sandbox.status(state)).isEmpty();
  }

  private SandboxException failureOf(Path state, List<String> progress) {
    return catchThrowableOfType(SandboxException.class, () -> Sandbox.start(state, progress::add));
  }

  private void useClassPath(String classPath) throws IOException {
    Path file = Files.writeString(folder.resolve("classpath"), classPath + "\n");
    System.setProperty(ServerClassPath.FILE_PROPERTY, file.toString());
  }
}
