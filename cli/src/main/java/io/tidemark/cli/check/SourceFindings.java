package io.tidemark.cli.check;

import java.util.List;
import java.util.Optional;

/**
 * What was found of a source.
 *
 * @param findings in the order in which things were looked at
 * @param identity how a lake remembers the source; empty if it did not answer
 */
record SourceFindings(List<Finding> findings, Optional<String> identity) {
  /** Keeps a copy of the findings. */
  SourceFindings {
    findings = List.copyOf(findings);
  }
}
