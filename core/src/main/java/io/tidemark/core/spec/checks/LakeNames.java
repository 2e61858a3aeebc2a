package io.tidemark.core.spec.checks;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pipeline file says of the tables that there will be.
 *
 * @param tables the tables it names, each with what its rows are; there may be others
 * @param parts the lake tables of several sources, each with the table that they make together
 * @param marts all marts
 * @param sql whether the source's rows can be read by SQL
 * @param masked by table the lake's names of its masked columns
 */
public record LakeNames(
    Map<String, Rows> tables,
    Map<String, String> parts,
    List<String> marts,
    boolean sql,
    Map<String, Set<String>> masked) {
  /** What the rows of a silver table are. */
  public enum Rows {
    /** Those that the source has. */
    CURRENT,
    /** Those that the source has or had. */
    CURRENT_AND_DELETED,
    /** Change events. */
    EVENTS
  }

  /** Copies the collections. */
  public LakeNames {
    tables = Map.copyOf(tables);
    parts = Map.copyOf(parts);
    marts = List.copyOf(marts);
    masked = Map.copyOf(masked);
  }

  /** What the rows of a silver table are. */
  Rows rows(String table) {
    return tables.getOrDefault(table, Rows.CURRENT);
  }

  /** Refuses a table that the pipeline will never write. */
  void verify(TableRef table) throws InvalidValue {
    if (table.layer() == Layer.GOLD) {
      verifyMart(table.name());
      return;
    }
    for (String declared : tables.keySet()) {
      if (declared.equalsIgnoreCase(table.name()) && !declared.equals(table.name())) {
        throw new InvalidValue(
            "is spelled differently in the pipeline file",
            "write " + new TableRef(table.layer(), declared));
      }
    }
  }

  /** Whether a column of a silver table is masked, however it is spelled. */
  boolean isMasked(String table, String column) {
    return masked.getOrDefault(table, Set.of()).stream().anyMatch(column::equalsIgnoreCase);
  }

  private void verifyMart(String mart) throws InvalidValue {
    if (!marts.contains(mart)) {
      throw new InvalidValue(
          "is not a mart of the pipeline",
          marts.isEmpty()
              ? "declare it in the pipeline file under 'gold:'"
              : Suggestion.sentence(mart, marts));
    }
  }
}
