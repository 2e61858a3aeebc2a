package io.tidemark.sandbox;

import java.nio.file.Path;

/**
 * Starts the sandbox as the command line does, and prints its process id alone in the last line.
 */
final class StartInAnotherProcess {
  private StartInAnotherProcess() {}

  public static void main(String[] arguments) {
    SandboxAddresses addresses = Sandbox.start(Path.of(arguments[0]), System.out::println);
    System.out.println(addresses.pid());
  }
}
