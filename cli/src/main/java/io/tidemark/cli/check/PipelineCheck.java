package io.tidemark.cli.check;

import io.tidemark.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything a pipeline needs, changes nothing, and goes on after what fails. */
public final class PipelineCheck {
  private PipelineCheck() {}

  /** Looks at lake, Kafka, topics and connectors; takes seconds, half a minute if all are away. */
  public static CheckReport run(PipelineSpec spec) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("pipeline file " + spec.file(), "valid"));
    KafkaCheck.Result kafka = KafkaCheck.run(spec);
    findings.addAll(LakeCheck.run(spec, kafka.identity()));
    findings.addAll(kafka.findings());
    findings.addAll(ConnectCheck.run(spec, kafka.identity()));
    return new CheckReport(spec.name(), findings);
  }
}
