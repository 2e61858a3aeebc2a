package io.tidemark.quality.suggest;

import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceType;
import io.tidemark.core.spec.checks.ChecksFile;
import io.tidemark.core.spec.checks.LakeNames;
import io.tidemark.core.spec.yaml.FileKind;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads texts of checks files, whether the pipeline file names them or not.
 *
 * @param environment the variables that <code>${NAME}</code> in the text stands for
 */
public record ChecksTexts(PipelineSpec spec, Map<String, String> environment) {
  /**
   * What a text declares.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 naming all its problems
   */
  public ChecksSpec read(FileLookup.Found text) {
    Problems problems = new Problems(FileKind.CHECKS, text.path());
    ChecksFile file = ChecksFile.read(text, environment, names(), problems);
    problems.throwIfAny();
    return file.spec();
  }

  private LakeNames names() {
    Map<String, String> parts = new LinkedHashMap<>();
    Map<String, LakeNames.Rows> rows = new LinkedHashMap<>();
    Map<String, Set<String>> masked = new HashMap<>();
    spec.declaredTables()
        .forEach(
            (name, table) -> {
              rows.put(name, table.rows());
              masked.put(name, table.lakeMasks().keySet());
              table.sourceTables().values().forEach(part -> parts.put(part, name));
            });
    boolean sql = spec.source().type() == SourceType.JDBC || spec.database().database().isPresent();
    return new LakeNames(rows, parts, List.copyOf(spec.gold().keySet()), sql, masked);
  }
}
