package io.tidemark.core.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A checks file for tests, beside its pipeline file. */
final class ChecksText {
  private ChecksText() {}

  /** A file with one check of {@code silver.orders}. */
  static String orders(String settings) {
    return "tables:\n  silver.orders:\n    checks:\n      c: {" + settings + "}\n";
  }

  /** What a pipeline becomes with a checks file beside it. */
  static PipelineSpec read(Path folder, PipelineText pipeline, String checks) {
    return PipelineFile.read(written(folder, pipeline, checks), Map.of());
  }

  private static Path written(Path folder, PipelineText pipeline, String checks) {
    try {
      Files.writeString(folder.resolve("checks.yml"), checks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pipeline.with("checks", "checks.yml").in(folder);
  }

  /** The lines that say what is wrong with a pipeline and its checks file. */
  static List<String> problems(Path folder, PipelineText pipeline, String checks) {
    return PipelineText.failure(written(folder, pipeline, checks))
        .getMessage()
        .lines()
        .skip(1)
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }
}
