package io.tidemark.cli.check;

import io.tidemark.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything a pipeline needs, changes nothing, and goes on after what fails. */
public final class PipelineCheck {
  private PipelineCheck() {}

  /**
   * Looks at lake, Kafka, topics and connectors, files or database, and at what the checks file
   * says of the lake's tables; takes seconds, half a minute if all are away.
   */
  public static CheckReport run(PipelineSpec spec) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("pipeline file " + spec.file(), "valid"));
    switch (spec.source().type()) {
      case DEBEZIUM -> {
        SourceFindings kafka = KafkaCheck.run(spec);
        findings.addAll(LakeCheck.run(spec, kafka.identity()));
        findings.addAll(kafka.findings());
        findings.addAll(ConnectCheck.run(spec, kafka.identity()));
      }
      case FILES -> {
        SourceFindings files = FilesCheck.run(spec);
        findings.addAll(LakeCheck.run(spec, files.identity()));
        findings.addAll(files.findings());
      }
      case JDBC -> {
        SourceFindings database = DatabaseCheck.run(spec);
        findings.addAll(LakeCheck.run(spec, database.identity()));
        findings.addAll(database.findings());
      }
    }
    findings.addAll(ChecksCheck.run(spec));
    return new CheckReport(spec.name(), findings);
  }
}
