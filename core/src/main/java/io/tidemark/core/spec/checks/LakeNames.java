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
 * @param tables the tables it names; there may be others
 * @param parts the lake tables of several sources, each with the table that they make together
 * @param marts all marts
 * @param sql whether the source's rows can be read by SQL
 */
public record LakeNames(
    Set<String> tables, Map<String, String> parts, List<String> marts, boolean sql) {
  /** Copies the collections. */
  public LakeNames {
    tables = Set.copyOf(tables);
    parts = Map.copyOf(parts);
    marts = List.copyOf(marts);
  }

  /** Refuses a table that the pipeline will never write. */
  void verify(TableRef table) throws InvalidValue {
    if (table.layer() == Layer.GOLD) {
      verifyMart(table.name());
      return;
    }
    for (String declared : tables) {
      if (declared.equalsIgnoreCase(table.name()) && !declared.equals(table.name())) {
        throw new InvalidValue(
            "is spelled differently in the pipeline file",
            "write " + new TableRef(table.layer(), declared));
      }
    }
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
