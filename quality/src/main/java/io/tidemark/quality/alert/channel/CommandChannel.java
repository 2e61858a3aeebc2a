package io.tidemark.quality.alert.channel;

import io.tidemark.core.spec.ChannelTarget.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Starts a program that finds the notice as JSON on its standard input. */
final class CommandChannel implements Channel {
  private final Command command;

  CommandChannel(Command command) {
    this.command = command;
  }

  @Override
  public Answer send(Notice notice) {
    try {
      // A file takes any amount, so that no program waits for its output to be read.
      Path output = Files.createTempFile("tidemark-alert", ".out");
      try {
        return run(notice, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Answer.Refused(Reasons.of(e));
    }
  }

  private Answer run(Notice notice, Path output) throws IOException {
    Process process =
        new ProcessBuilder(command.arguments())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      tell(process, notice);
      if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Answer.Unreachable(
            "did not end within " + command.timeout().toMillis() + " ms, and was killed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    String text = "exit code " + process.exitValue() + (said.isEmpty() ? "" : ": " + said);
    return process.exitValue() == 0 ? new Answer.Taken(text) : new Answer.Unreachable(text);
  }

  /** A program need not read what it is told: its exit code alone says how it went. */
  private static void tell(Process process, Notice notice) {
    try (OutputStream input = process.getOutputStream()) {
      input.write((NoticeJson.line(notice) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The program ended, or closed its input, before it had read everything.
    }
  }
}
