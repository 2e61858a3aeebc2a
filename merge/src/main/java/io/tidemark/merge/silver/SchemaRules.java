package io.tidemark.merge.silver;

import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.spec.SchemaContract;
import io.tidemark.core.spec.SchemaContract.Change;
import io.tidemark.core.spec.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table may become of its source's schemas.
 *
 * @param table its name
 * @param contract what the pipeline file says about each kind of change
 * @param renamed column of the source to the lake's, where they differ
 * @param newest fingerprint of the newest schema of the source: what it lacks was dropped; empty if
 *     that does not matter
 */
public record SchemaRules(
    String table, SchemaContract contract, Map<String, String> renamed, Optional<String> newest) {

  /**
   * The rules of a table in the pipeline file.
   *
   * @param history the schemas that its changes ever had, oldest first
   */
  public static SchemaRules of(TableSpec spec, List<TableSchemas.Stored> history) {
    return of(
        spec,
        spec.schema().blocks(Change.DROPPED)
            ? history.stream().map(TableSchemas.Stored::fingerprint).reduce((older, newer) -> newer)
            : Optional.empty());
  }

  /** The rules of a table in the pipeline file. */
  static SchemaRules of(TableSpec spec, Optional<String> newest) {
    return new SchemaRules(spec.name(), spec.schema(), spec.rename(), newest);
  }

  /** The lake's name of a column. */
  String lakeName(String column) {
    return renamed.getOrDefault(column, column);
  }
}
