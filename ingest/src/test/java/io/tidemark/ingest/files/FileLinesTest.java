package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.fixture.EventFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as bytes, whatever is in them and however the file ends. */
class FileLinesTest {
  @TempDir private Path folder;

  private static List<String> lines(InputStream in, int longest) {
    List<String> lines = new ArrayList<>();
    new FileLines(in, longest)
        .forEachRemaining(
            line ->
                lines.add(
                    line.number()
                        + " "
                        + new String(line.bytes(), StandardCharsets.ISO_8859_1)
                        + " "
                        + line.ending()));
    return lines;
  }

  private static List<String> lines(String text) {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), 1 << 20);
  }

  @Test
  void aLineIsItsBytesWithoutTheNewline() {
    assertThat(lines("a\nb\r\n \t\r\n\n\u00ff\u0000\u0080\n"))
        .containsExactly("1 a NEWLINE", "2 b\r NEWLINE", "5 \u00ff\u0000\u0080 NEWLINE");
  }

  @Test
  void aLastLineWithoutNewlineIsOne() {
    assertThat(lines("a\nb")).containsExactly("1 a NEWLINE", "2 b END_OF_FILE");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).isEmpty();
  }

  @Test
  void linesLongerThanAnyBufferAreWhole() {
    String text = "x".repeat(200_000);
    assertThat(lines(text + "\n" + text)).hasSize(2).allMatch(line -> line.contains(text));
  }

  @Test
  void aLineThatIsTooLongIsNamedAndTheNextOneIsRead() {
    InputStream in = new ByteArrayInputStream("a\nxxxxxxxx\nb\n".getBytes(StandardCharsets.UTF_8));
    assertThat(lines(in, 4)).containsExactly("1 a NEWLINE", "2  TOO_LONG", "3 b NEWLINE");
  }

  @Test
  void gzipOfSeveralPartsIsReadWholeAndATornOneIsDamage() throws IOException {
    byte[] one = EventFolder.gzip("a\nb\n".getBytes(StandardCharsets.UTF_8));
    byte[] two = EventFolder.gzip("c\nd".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);

    assertThat(packed(both))
        .containsExactly("1 a NEWLINE", "2 b NEWLINE", "3 c NEWLINE", "4 d END_OF_FILE");
    for (int cut : new int[] {both.length - 1, one.length + 5, one.length - 3, 5}) {
      assertThat(packed(Arrays.copyOf(both, cut)).toString())
          .as("cut to %d", cut)
          .contains("DAMAGE");
    }
    both[one.length - 8] ^= 1;
    assertThat(packed(both).toString()).as("a wrong checksum").contains("DAMAGE");
  }

  private List<String> packed(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.gz"), bytes);
    EventFile planned =
        new EventFile(
            "file:" + file,
            bytes.length,
            Instant.ofEpochMilli(Files.getLastModifiedTime(file).toMillis()));
    try (InputStream in = FileBytes.open(planned, new Configuration())) {
      return lines(in, 1 << 20);
    }
  }
}
