package io.tidemark.cli.check;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.HadoopSettings;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.FilePeek;
import io.tidemark.ingest.Peeked;
import io.tidemark.ingest.files.EventFile;
import io.tidemark.ingest.files.FileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at the files of a pipeline without Spark. */
final class FilesCheck {
  private FilesCheck() {}

  static SourceFindings run(PipelineSpec spec) {
    List<Finding> findings = new ArrayList<>();
    String where = "files " + spec.source().files().path();
    Optional<String> identity = Optional.empty();
    try {
      FileSource source = FileSource.open(spec.source().files(), HadoopSettings.ofProcess());
      identity = Optional.of(source.identity());
      List<EventFile> files = source.list();
      findings.add(files.isEmpty() ? none(where) : Finding.ok(where, count(files)));
      findings.addAll(records(spec, FilePeek.newest(spec, HadoopSettings.ofProcess(), files)));
    } catch (TidemarkException e) {
      findings.add(Finding.failure(where, e));
    }
    return new SourceFindings(findings, identity);
  }

  private static Finding none(String where) {
    return Finding.warning(
        where,
        "there is no file yet",
        "Correct 'source.path' if there should be; names that begin with . or _ or end in .tmp or"
            + " .inprogress are left alone");
  }

  private static String count(List<EventFile> files) {
    long bytes = files.stream().mapToLong(EventFile::length).sum();
    return "%d %s, %,d bytes; newest in name order: %s"
        .formatted(
            files.size(),
            files.size() == 1 ? "file" : "files",
            bytes,
            files.get(files.size() - 1).path());
  }

  /** Records by topic, and lines that are none by file. */
  private static List<Finding> records(PipelineSpec spec, List<Peeked> peeked) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<Peeked>> byTopic =
        peeked.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.record().origin().topic(), TreeMap::new, Collectors.toList()));
    byTopic.forEach(
        (topic, records) -> {
          List<Finding> found = RecordRules.judgeAt(where(topic), records, spec.tables());
          findings.addAll(
              found.isEmpty()
                  ? List.of(
                      Finding.ok(where(topic), "%d records looked at".formatted(records.size())))
                  : found);
        });
    return findings;
  }

  /** The place of a line that is no record is its file. */
  private static String where(String topic) {
    return topic.contains("/") ? "file " + topic : TopicRules.where(topic);
  }
}
