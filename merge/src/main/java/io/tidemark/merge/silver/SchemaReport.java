package io.tidemark.merge.silver;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SchemaContract.Change;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.merge.silver.SilverPlan.Existing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a table's source sends, what the lake has, and what the contract would make of it.
 *
 * @param table the lake table
 * @param history the schemas of its changes, oldest first
 * @param lake the columns of silver; empty if there is no silver yet
 * @param differences what is not the same in the newest schema and in silver
 * @param blocked why the table is held, with the way out; empty if it is not
 */
public record SchemaReport(
    String table,
    List<Version> history,
    List<LakeField> lake,
    List<Difference> differences,
    Optional<String> blocked) {

  /**
   * A schema of the source.
   *
   * @param firstSeen when it landed for the first time
   */
  public record Version(
      String fingerprint, Instant firstSeen, List<String> key, List<LakeField> columns) {}

  /**
   * A column that differs.
   *
   * @param change the kind of change, in the contract's word
   * @param source its type in the newest schema; empty if that lacks it
   * @param lake its type in silver; empty if that lacks it
   * @param action what the contract does about it
   */
  public record Difference(
      String column,
      String change,
      Optional<String> source,
      Optional<String> lake,
      String action) {}

  /** Reads the lake; changes nothing. */
  public static SchemaReport of(PipelineSpec pipeline, Lake lake, String table) {
    TableSpec spec = pipeline.table(table);
    Map<String, EventSchema> schemas = new LinkedHashMap<>();
    List<Version> history = new ArrayList<>();
    for (TableSchemas.Stored stored : TableSchemas.history(lake, table)) {
      schemas.put(stored.fingerprint(), stored.schema());
      history.add(version(stored));
    }
    Optional<Existing> existing = Optional.empty();
    Optional<String> blocked = Optional.empty();
    List<Difference> differences = List.of();
    try {
      existing = new SilverTable(pipeline.name(), lake.silver(table), spec).existing();
      if (!history.isEmpty()) {
        String newest = history.get(history.size() - 1).fingerprint();
        SchemaRules rules = SchemaRules.of(spec, Optional.of(newest));
        if (existing.isPresent()) {
          differences = differences(rules, existing.get(), schemas.get(newest));
        }
        SilverPlan.of(rules, existing, Map.of(newest, schemas.get(newest)));
      }
    } catch (TidemarkException e) {
      blocked = Optional.of(e.getMessage() + ". " + e.remedy());
    }
    return new SchemaReport(
        table, history, existing.map(Existing::columns).orElse(List.of()), differences, blocked);
  }

  private static Version version(TableSchemas.Stored stored) {
    return new Version(
        stored.fingerprint(),
        stored.firstSeen(),
        stored.schema().key().map(key -> key.names()).orElse(List.of()),
        stored.schema().row().lakeFields());
  }

  private static List<Difference> differences(
      SchemaRules rules, Existing existing, EventSchema newest) {
    Map<String, LakeField> stored = new LinkedHashMap<>();
    existing.columns().forEach(column -> stored.put(lower(column.name()), column));
    List<Difference> differences = new ArrayList<>();
    for (LakeField field : newest.row().lakeFields()) {
      LakeField present = stored.remove(lower(rules.lakeName(field.name())));
      kind(field, Optional.ofNullable(present))
          .ifPresent(
              change ->
                  differences.add(
                      new Difference(
                          rules.lakeName(field.name()),
                          change.word(),
                          Optional.of(field.type().ddl()),
                          Optional.ofNullable(present).map(p -> p.type().ddl()),
                          rules.contract().on(change).word())));
    }
    stored.values().stream()
        .filter(column -> !existing.key().contains(column.name()))
        .forEach(
            column ->
                differences.add(
                    new Difference(
                        column.name(),
                        Change.DROPPED.word(),
                        Optional.empty(),
                        Optional.of(column.type().ddl()),
                        rules.contract().on(Change.DROPPED).word())));
    return differences;
  }

  private static Optional<Change> kind(LakeField field, Optional<LakeField> present) {
    if (present.isEmpty()) {
      return Optional.of(Change.ADDED);
    }
    return switch (SchemaPlanning.fit(field.type(), present.get().type())) {
      case FITS -> Optional.empty();
      case WIDER -> Optional.of(Change.WIDENED);
      case UNFIT -> Optional.of(Change.INCOMPATIBLE);
    };
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
