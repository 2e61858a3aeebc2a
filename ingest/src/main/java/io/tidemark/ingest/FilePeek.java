package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FirstLines;
import io.tidemark.ingest.mask.MaskingDecoder;
import io.tidemark.ingest.registry.RegistryUnreachableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Decodes a few records of the newest files as the ingest would, and lands none. */
public final class FilePeek {
  private static final int FILES = 3;
  private static final int LINES = 5;

  private FilePeek() {}

  /**
   * The first records of the files that were written last.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if they cannot be read, or
   *     the registry does not answer
   */
  public static List<Peeked> newest(
      PipelineSpec spec, Configuration hadoop, List<EventFile> files) {
    List<EventFile> newest =
        files.stream()
            .sorted(Comparator.comparing(EventFile::modified).thenComparing(EventFile::path))
            .skip(Math.max(0, files.size() - FILES))
            .toList();
    MaskingDecoder decoder =
        new MaskingDecoder(SourceSettings.decoding(spec), SourceSettings.masks(spec));
    try {
      return decoded(newest, decoder, hadoop);
    } catch (RegistryUnreachableException e) {
      throw Errors.registryUnreachable(e.getMessage(), e);
    }
  }

  private static List<Peeked> decoded(
      List<EventFile> files, MaskingDecoder decoder, Configuration hadoop) {
    List<Peeked> peeked = new ArrayList<>();
    for (EventFile file : files) {
      for (FirstLines.Line line : FirstLines.of(file, LINES, hadoop)) {
        peeked.add(
            new Peeked(
                line.record(), line.rejected().orElseGet(() -> decoder.decode(line.record()))));
      }
    }
    return peeked;
  }
}
