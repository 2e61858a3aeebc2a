package io.tidemark.ingest.files;

import io.tidemark.ingest.files.FileLine.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a file as bytes, one after the other; blank ones are left out but counted. What
 * cannot be unpacked ends the lines with one of {@link Ending#DAMAGE}.
 */
final class FileLines implements Iterator<FileLine> {
  private static final int BUFFER = 1 << 16;

  /** What Spark can carry in one value several times over. */
  private static final int LONGEST = 1 << 29;

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private long number;
  private IOException damage;
  private boolean ended;
  private FileLine ahead;

  FileLines(InputStream in) {
    this(in, LONGEST);
  }

  /** For tests: with another longest line. */
  FileLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && !ended) {
      FileLine line = read();
      if (line.ending() == Ending.TOO_LONG || line.ending() == Ending.DAMAGE || !line.isBlank()) {
        ahead = line;
      }
    }
    return ahead != null;
  }

  @Override
  public FileLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FileLine line = ahead;
    ahead = null;
    return line;
  }

  private FileLine read() {
    number++;
    if (damage != null) {
      ended = true;
      return new FileLine(number, new byte[0], Ending.DAMAGE, String.valueOf(damage.getMessage()));
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (at < filled || fill()) {
      int newline = newline();
      int end = newline < 0 ? filled : newline;
      tooLong |= (long) line.size() + end - at > longest;
      if (tooLong) {
        line.reset();
      } else {
        line.write(buffer, at, end - at);
      }
      at = newline < 0 ? filled : newline + 1;
      if (newline >= 0) {
        return line(line, tooLong, Ending.NEWLINE);
      }
    }
    ended = damage == null;
    return line(line, tooLong, Ending.END_OF_FILE);
  }

  private FileLine line(ByteArrayOutputStream line, boolean tooLong, Ending ending) {
    return new FileLine(number, line.toByteArray(), tooLong ? Ending.TOO_LONG : ending, null);
  }

  private int newline() {
    for (int i = at; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Whether there was more to read; what cannot be unpacked is the end, and remembered. */
  private boolean fill() {
    try {
      at = 0;
      filled = Math.max(0, in.read(buffer, 0, BUFFER));
    } catch (IOException e) {
      damage = e;
      filled = 0;
    }
    return filled > 0;
  }
}
