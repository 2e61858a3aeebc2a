package io.tidemark.merge.combine;

import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of a table that holds the rows of several. Pure.
 *
 * @param columns the sources' columns in the order in which they are met, each in the smallest type
 *     that holds the values of all sources
 */
record CombinedColumns(List<LakeField> columns) {

  /**
   * Finds them.
   *
   * @param table the combined table, for errors
   * @param sources the columns of each source's table
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if a column's types have no
   *     type in common, or two names differ only in case
   */
  static CombinedColumns of(String table, List<List<LakeField>> sources) {
    Map<String, LakeField> found = new LinkedHashMap<>();
    for (List<LakeField> source : sources) {
      for (LakeField field : source) {
        found.merge(field.name().toLowerCase(Locale.ROOT), field, (a, b) -> common(table, a, b));
      }
    }
    return new CombinedColumns(new ArrayList<>(found.values()));
  }

  private static LakeField common(String table, LakeField a, LakeField b) {
    if (!a.name().equals(b.name())) {
      throw SchemaErrors.columnsDifferInCase(table, a.name(), b.name());
    }
    LakeType type =
        LakeType.common(a.type(), b.type())
            .orElseThrow(
                () ->
                    SchemaErrors.sourcesDisagree(table, a.name(), a.type().ddl(), b.type().ddl()));
    return new LakeField(a.name(), type);
  }
}
