package io.tidemark.quality.alert.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends lines to a local file. */
final class FileChannel implements Channel {
  private final Path file;

  FileChannel(String path) {
    this.file = Path.of(path).toAbsolutePath();
  }

  @Override
  public Answer send(Notice notice) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          NoticeJson.line(notice) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return new Answer.Taken("written");
    } catch (IOException e) {
      return new Answer.Refused(e.getClass().getSimpleName() + ": " + Reasons.of(e));
    }
  }
}
