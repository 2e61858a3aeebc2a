package io.tidemark.merge.silver;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.schema.RowSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The columns a silver table must have before a batch can be applied to it. Pure.
 *
 * @param key the columns that identify a row
 * @param columns the source's columns, those of the table first, new ones behind them
 * @param added the new ones
 */
public record SilverPlan(List<String> key, List<LakeField> columns, List<LakeField> added) {

  /** Characters that Parquet, and so Delta without column mapping, has no names for. */
  private static final String REFUSED = "(?s).*[ ,;{}()\\n\\t=].*";

  /** What a silver table has now. */
  public record Existing(List<String> key, List<LakeField> columns) {}

  /**
   * Plans for the schemas of a batch, oldest first.
   *
   * @param existing the table, or empty if it is yet to be created
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the key changed, or a
   *     column changed in a way that its table's column cannot hold
   */
  public static SilverPlan of(
      String table, Optional<Existing> existing, Collection<EventSchema> schemas) {
    List<String> key = key(table, existing, schemas);
    Map<String, LakeField> columns = new LinkedHashMap<>();
    existing.ifPresent(e -> e.columns().forEach(c -> columns.put(lower(c.name()), c)));
    List<LakeField> added = new ArrayList<>();
    for (EventSchema schema : schemas) {
      for (LakeField field : fields(schema)) {
        merge(table, columns, field, existing, added);
      }
    }
    // A column that came twice in the batch, first narrow and then wide, was added as it was last.
    List<LakeField> latest =
        added.stream().map(f -> columns.get(lower(f.name()))).distinct().toList();
    return new SilverPlan(key, List.copyOf(columns.values()), latest);
  }

  private static List<LakeField> fields(EventSchema schema) {
    List<LakeField> fields = new ArrayList<>(schema.row().lakeFields());
    for (Column column : schema.key().orElseGet(() -> new RowSchema(List.of())).columns()) {
      if (schema.row().column(column.name()).isEmpty()) {
        fields.add(column.lakeField());
      }
    }
    return fields;
  }

  private static void merge(
      String table,
      Map<String, LakeField> columns,
      LakeField field,
      Optional<Existing> existing,
      List<LakeField> added) {
    if (SilverColumns.isOwn(lower(field.name())) || field.name().startsWith("__")) {
      throw Errors.reservedColumn(table, field.name());
    }
    if (field.name().matches(REFUSED)) {
      throw Errors.columnNameRefused(table, field.name());
    }
    LakeField present = columns.get(lower(field.name()));
    if (present == null) {
      columns.put(lower(field.name()), field);
      added.add(field);
      return;
    }
    if (!present.name().equals(field.name())) {
      throw Errors.columnsDifferInCase(table, present.name(), field.name());
    }
    LakeType common =
        LakeType.common(present.type(), field.type())
            .orElseThrow(
                () ->
                    Errors.columnTypeChanged(
                        table, field.name(), present.type().ddl(), field.type().ddl()));
    if (common.equals(present.type())) {
      return;
    }
    boolean stored = existing.stream().anyMatch(e -> e.columns().contains(present));
    if (stored) {
      throw Errors.columnTypeChanged(table, field.name(), present.type().ddl(), field.type().ddl());
    }
    columns.put(lower(field.name()), new LakeField(field.name(), common));
  }

  private static List<String> key(
      String table, Optional<Existing> existing, Collection<EventSchema> schemas) {
    List<String> key = existing.map(Existing::key).orElse(null);
    for (EventSchema schema : schemas) {
      // A truncate has no key, and so has the schema of its event.
      List<String> found = schema.key().map(RowSchema::names).orElse(List.of());
      if (found.isEmpty()) {
        continue;
      }
      if (key != null && !new TreeSet<>(key).equals(new TreeSet<>(found))) {
        throw Errors.keyChanged(table, key, found);
      }
      key = key == null ? found : key;
    }
    return key == null ? List.of() : key;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
