package io.tidemark.cli.check;

import io.tidemark.cli.TidemarkCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A run of the command with what it printed.
 *
 * @param code its exit code
 * @param out standard output
 * @param err standard error
 */
record Console(int code, String out, String err) {
  static Console run(String... arguments) {
    return run(Map.of(), arguments);
  }

  static Console run(Map<String, String> environment, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = TidemarkCommand.execute(environment, arguments);
      return new Console(
          code,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
