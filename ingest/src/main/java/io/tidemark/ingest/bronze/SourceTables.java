package io.tidemark.ingest.bronze;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableOwner;
import io.tidemark.core.table.LakeTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the one source table of each lake table, now and since the lake table was created. */
final class SourceTables {
  private final String pipeline;
  private final Lake lake;

  SourceTables(String pipeline, Lake lake) {
    this.pipeline = pipeline;
    this.lake = lake;
  }

  /**
   * The source table of each lake table that a batch changes.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there are several, or if
   *     the lake table belongs to another pipeline
   */
  Map<String, String> of(BatchContent content) {
    Map<String, String> sources = new TreeMap<>();
    for (String table : content.changedTables()) {
      Set<String> found =
          content.changesOf(table).stream()
              .map(group -> group.sourceTable().orElseThrow())
              .collect(Collectors.toCollection(TreeSet::new));
      LakeTable bronze = lake.bronze(table);
      if (bronze.exists()) {
        Map<String, String> properties = bronze.properties();
        TableOwner.require(bronze, properties, pipeline);
        String known = properties.get(BronzeColumns.SOURCE_TABLE_PROPERTY);
        // A table that was declared, or that an older version made, does not tell the server.
        if (known.indexOf('/') < 0) {
          found.removeIf(name -> name.endsWith("/" + known));
        }
        found.add(known);
      }
      if (found.size() > 1) {
        throw Errors.tablesCollide(table, found);
      }
      sources.put(table, found.iterator().next());
    }
    return sources;
  }
}
