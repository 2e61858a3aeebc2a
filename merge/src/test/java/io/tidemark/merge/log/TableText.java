package io.tidemark.merge.log;

import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A table's settings as a pipeline file writes them. */
final class TableText {
  private TableText() {}

  /** The settings that the lines of YAML under the table's name make. */
  static TableSpec read(String table, String... settings) {
    StringBuilder text =
        new StringBuilder("pipeline: shop\nlake: lake\nsource:\n  type: debezium\n")
            .append("  bootstrap-servers: localhost:9092\n  topics: [shop.*]\n")
            .append("tables:\n  ")
            .append(table)
            .append(":\n");
    for (String setting : settings) {
      text.append("    ").append(setting).append('\n');
    }
    try {
      Path file = Files.createTempFile("pipeline", ".yml");
      try {
        Files.writeString(file, text);
        return PipelineFile.read(file, Map.of()).tables().get(table);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
