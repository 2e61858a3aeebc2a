package io.tidemark.proof;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pipeline file of generated tables. */
final class PipelineText {
  private PipelineText() {}

  static String of(Path folder, List<TableLife> tables) {
    StringBuilder text =
        new StringBuilder(
            """
            pipeline: %s
            lake: %s
            parallel-tables: 3
            masking:
              keys:
                k1: "%s"
            source:
              type: files
              path: %s
            tables:
            """
                .formatted(
                    ProofLake.PIPELINE,
                    folder.resolve("lake"),
                    Masking.SECRET,
                    folder.resolve("events")));
    tables.forEach(table -> text.append(table(table)));
    return text.toString();
  }

  private static String table(TableLife life) {
    StringBuilder text = new StringBuilder("  " + life.name() + ":\n");
    if (!life.layout().schemas()) {
      text.append("    columns:\n");
      declared(life)
          .forEach((name, type) -> text.append("      %s: \"%s\"\n".formatted(name, type)));
    }
    if (life.isMasked()) {
      text.append("    mask:\n");
      Masking.MASKS.forEach(
          (column, mask) -> {
            if (declared(life).containsKey(column)) {
              text.append("      %s: \"%s\"\n".formatted(column, mask));
            }
          });
    }
    if (life.hasHistory()) {
      text.append("    history: true\n");
    }
    return text.append("    source: public.%s\n".formatted(life.name())).toString();
  }

  private static Map<String, String> declared(TableLife life) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < life.key().columns().size(); i++) {
      columns.put(life.key().columns().get(i), life.key().types().get(i));
    }
    for (TableLife.Version version : life.versions()) {
      version.fields().forEach(field -> columns.put(field.column(), field.declaration()));
    }
    return columns;
  }
}
