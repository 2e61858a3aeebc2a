package io.tidemark.ingest;

import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.decode.DecodeSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries the pipeline file's words to where they are used. */
final class SourceSettings {
  private SourceSettings() {}

  static DecodeSettings decoding(PipelineSpec spec) {
    Map<String, List<String>> keys = new HashMap<>();
    Map<String, Map<String, ColumnDeclaration>> columns = new HashMap<>();
    Map<String, String> renamed = new HashMap<>();
    for (TableSpec table : spec.tables().values()) {
      if (!table.key().isEmpty()) {
        keys.put(table.name(), table.key());
      }
      Map<String, ColumnDeclaration> declared = new HashMap<>();
      table.columns().forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
      columns.put(table.name(), declared);
      table.source().ifPresent(source -> renamed.put(source, table.name()));
    }
    return new DecodeSettings(
        new UnavailableValue(spec.source().unavailableValue()), keys, columns, renamed);
  }
}
