package io.tidemark.ingest.files;

import io.tidemark.core.event.Origin;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.decode.HeaderTexts;
import io.tidemark.ingest.decode.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Looks at the beginning of a file. */
public final class FirstLines {
  private FirstLines() {}

  /**
   * A line.
   *
   * @param record the record in it, or the line itself
   * @param rejected why it is no record
   */
  public record Line(RawRecord record, Optional<Decoded> rejected) {}

  /**
   * The first lines of a file.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if it cannot be read
   */
  public static List<Line> of(EventFile file, int most, Configuration hadoop) {
    List<Line> first = new ArrayList<>();
    try (InputStream in = FileBytes.open(file, hadoop)) {
      FileLines lines = new FileLines(in);
      while (first.size() < most && lines.hasNext()) {
        first.add(line(file, lines.next()));
      }
    } catch (UnreadableFileException | IOException e) {
      throw FileErrors.unreachable(file.path(), e);
    }
    return first;
  }

  private static Line line(EventFile file, FileLine line) {
    LineContent content = LineContent.of(file.path(), line);
    if (content instanceof RecordLine record) {
      Origin origin = new Origin(record.topic(), record.partition(), record.offset());
      HeaderTexts headers = new HeaderTexts();
      record.headers().forEach(header -> headers.add(header.name(), header.value()));
      return new Line(
          new RawRecord(record.key(), record.value(), origin, headers::all, record.timestamp()),
          Optional.empty());
    }
    LineContent.Bad bad = (LineContent.Bad) content;
    return new Line(
        new RawRecord(null, line.bytes(), new Origin(file.path(), 0, line.number())),
        Optional.of(new Decoded.DeadLetter(null, bad.reason(), bad.message(), bad.message())));
  }
}
