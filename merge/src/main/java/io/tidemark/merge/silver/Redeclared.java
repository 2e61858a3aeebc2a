package io.tidemark.merge.silver;

import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.merge.silver.SchemaPlanning.Fit;
import io.tidemark.merge.silver.SilverPlan.Existing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the schemas that changes were stored with as the pipeline file declares their columns now.
 * Pure.
 *
 * <p>Bronze keeps the JSON that came, so a column may be declared otherwise later. A table that is
 * built anew takes all its columns as they are declared now. A table that is there keeps a column
 * as its changes say, unless that does not fit and the declaration does: it was built anew
 * meanwhile.
 */
public final class Redeclared {
  private final Map<String, ColumnDeclaration> declared = new HashMap<>();
  private final SchemaRules rules;
  private final Optional<Existing> existing;

  /**
   * Of a table.
   *
   * @param existing the table as it is, or empty if it is yet to be created
   */
  public Redeclared(TableSpec spec, SchemaRules rules, Optional<Existing> existing) {
    spec.columns().forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
    this.rules = rules;
    this.existing = existing;
  }

  /** The same schemas, under the fingerprints that bronze rows name. */
  public List<TableSchemas.Stored> of(List<TableSchemas.Stored> history) {
    if (declared.isEmpty()) {
      return history;
    }
    List<TableSchemas.Stored> read = new ArrayList<>();
    for (TableSchemas.Stored stored : history) {
      read.add(
          new TableSchemas.Stored(
              stored.fingerprint(), schema(stored.schema()), stored.firstSeen()));
    }
    return read;
  }

  private EventSchema schema(EventSchema stored) {
    try {
      EventSchema all = stored.redeclared(declared.keySet(), declared);
      Set<String> wanted = new HashSet<>();
      for (Column column : stored.row().columns()) {
        all.row()
            .column(column.name())
            .filter(now -> isWanted(column.lakeField(), now.lakeField()))
            .ifPresent(now -> wanted.add(column.name()));
      }
      return wanted.isEmpty() ? stored : stored.redeclared(wanted, declared);
    } catch (UndecodableValueException e) {
      return stored; // Its values have no such image: they are what they were.
    }
  }

  private boolean isWanted(LakeField then, LakeField now) {
    if (existing.isEmpty()) {
      return true;
    }
    String name = rules.lakeName(then.name());
    Optional<LakeField> column =
        existing.get().columns().stream().filter(c -> c.name().equals(name)).findFirst();
    return column
        .filter(c -> SchemaPlanning.fit(then.type(), c.type()) != Fit.FITS)
        .filter(c -> SchemaPlanning.fit(now.type(), c.type()) == Fit.FITS)
        .isPresent();
  }
}
