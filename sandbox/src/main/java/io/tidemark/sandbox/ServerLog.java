package io.tidemark.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what a server writes to its log from a certain moment on. Not thread-safe. */
final class ServerLog {
  // As laid out in sandbox-log4j2.properties: time, level, logger, message.
  private static final Pattern OWN_LINE = Pattern.compile("\\S+ (INFO|WARN|ERROR) +sandbox (.*)");
  private static final int TAIL_LINES = 25;

  private final Path file;
  private final long begin;
  private long seen;

  private ServerLog(Path file, long begin) {
    this.file = file;
    this.begin = begin;
    this.seen = begin;
  }

  /** Begins at the present end of the file, which need not exist. */
  static ServerLog fromHere(Path file) {
    try {
      return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Hands on the messages that the sandbox itself wrote since the last call. */
  void forward(Consumer<String> progress) {
    byte[] bytes = bytesFrom(seen);
    int complete = bytes.length;
    while (complete > 0 && bytes[complete - 1] != '\n') {
      complete--;
    }
    seen += complete;
    new String(bytes, 0, complete, StandardCharsets.UTF_8)
        .lines()
        .map(OWN_LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> progress.accept(line.group(2)));
  }

  /** The first error that the sandbox itself reported: the others follow from it. */
  Optional<String> firstError() {
    return textFrom(begin)
        .lines()
        .map(OWN_LINE::matcher)
        .filter(line -> line.matches() && line.group(1).equals("ERROR"))
        .map(line -> line.group(2))
        .findFirst();
  }

  /** The last lines, as they are. */
  String tail() {
    List<String> lines = textFrom(begin).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private String textFrom(long offset) {
    return new String(bytesFrom(offset), StandardCharsets.UTF_8);
  }

  private byte[] bytesFrom(long offset) {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(offset);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
