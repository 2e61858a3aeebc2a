package io.tidemark.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a local lake behave as Hadoop's own, and no process is started for them. */
class LocalFilesTest {
  @TempDir private java.nio.file.Path folder;

  private static Configuration settings() {
    Configuration settings = new Configuration();
    LocalFiles.SETTINGS.forEach(settings::set);
    return settings;
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static void write(FileContext files, Path path, String text) throws IOException {
    try (var out = files.create(path, EnumSet.of(CreateFlag.CREATE), CreateOpts.createParent())) {
      out.writeBytes(text);
    }
  }

  @Test
  void aCommitThatIsThereIsNotReplaced() throws IOException {
    FileContext files = FileContext.getFileContext(folder.toUri(), settings());
    write(files, path("00001.json"), "first");
    write(files, path("temporary"), "second");

    assertThatThrownBy(() -> files.rename(path("temporary"), path("00001.json")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("00001.json")).hasContent("first");
    files.rename(path("temporary"), path("00001.json"), Rename.OVERWRITE);
    assertThat(folder.resolve("00001.json")).hasContent("second");
    assertThatThrownBy(() -> files.getFileLinkStatus(path("temporary")))
        .isInstanceOf(java.io.FileNotFoundException.class);
  }

  @Test
  void permissionsAreSet() throws IOException {
    FileSystem files = FileSystem.newInstance(folder.toUri(), settings());
    files.create(path("file")).close();
    for (String mode : List.of("rw-------", "rwxr-x--x")) {
      files.setPermission(path("file"), FsPermission.valueOf("-" + mode));
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("file"))))
          .isEqualTo(mode);
    }
    files.setPermission(path("file"), new FsPermission((short) 01755));
    assertThat(files.getFileStatus(path("file")).getPermission().getStickyBit()).isTrue();
  }

  @Test
  void noProcessIsStarted() throws IOException {
    FileSystem files = FileSystem.newInstance(folder.toUri(), settings());
    FileContext context = FileContext.getFileContext(folder.toUri(), settings());
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      files.mkdirs(path("table/_delta_log"));
      files.create(path("table/file.parquet")).close();
      write(context, path("table/temporary"), "commit");
      context.rename(path("table/temporary"), path("table/_delta_log/0.json"));
      recording.stop();
      java.nio.file.Path dump = folder.resolve("recording.jfr");
      recording.dump(dump);
      assertThat(RecordingFile.readAllEvents(dump)).extracting(RecordedEvent::toString).isEmpty();
    }
  }
}
