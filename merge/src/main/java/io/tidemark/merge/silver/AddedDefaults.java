package io.tidemark.merge.silver;

import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.schema.ValueDecoder;
import io.tidemark.core.schema.Widening;
import io.tidemark.merge.fold.ExternalValues;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rule 11: the values that rows of the source got when it added a column with a default. The source
 * writes no event for them, but the first schema with the column tells its default. Pure.
 *
 * <p>A schema that lacks the column and was first seen later is of a time when the column had been
 * dropped: its rows have no value.
 *
 * @param columns by name in the lake, the default of columns that have one
 * @param bySchema by fingerprint, the values that rows of schemas without the columns have
 */
record AddedDefaults(Map<String, Object> columns, Map<String, Map<String, Object>> bySchema) {
  static final AddedDefaults NONE = new AddedDefaults(Map.of(), Map.of());

  /** What Debezium writes where a default is a function, such as now() or gen_random_uuid(). */
  private static final Set<Object> FUNCTIONS =
      Set.of(
          LocalDate.EPOCH,
          LocalDate.EPOCH.atStartOfDay(),
          Instant.EPOCH,
          "00000000-0000-0000-0000-000000000000");

  /**
   * The defaults of a table.
   *
   * @param history its schemas, oldest first
   * @param target its columns in the lake
   */
  static AddedDefaults of(
      List<TableSchemas.Stored> history, SchemaRules rules, List<LakeField> target) {
    Map<String, Object> columns = new HashMap<>();
    Map<String, Map<String, Object>> bySchema = new HashMap<>();
    for (LakeField field : target) {
      Optional<TableSchemas.Stored> first =
          history.stream().filter(s -> column(s, rules, field).isPresent()).findFirst();
      Optional<Object> value =
          first.flatMap(s -> column(s, rules, field)).flatMap(c -> of(c, field));
      if (value.isPresent()) {
        columns.put(field.name(), value.get());
        for (TableSchemas.Stored schema : history) {
          if (column(schema, rules, field).isEmpty()
              && !schema.firstSeen().isAfter(first.get().firstSeen())) {
            bySchema
                .computeIfAbsent(schema.fingerprint(), f -> new HashMap<>())
                .put(field.name(), value.get());
          }
        }
      }
    }
    return new AddedDefaults(columns, bySchema);
  }

  private static Optional<Column> column(
      TableSchemas.Stored stored, SchemaRules rules, LakeField field) {
    RowSchema row = stored.schema().row();
    return row.columns().stream()
        .filter(column -> rules.lakeName(column.name()).equals(field.name()))
        .findFirst();
  }

  private static Optional<Object> of(Column column, LakeField field) {
    if (column.defaultJson() == null || !Widening.isPossible(column.lakeType(), field.type())) {
      return Optional.empty();
    }
    try {
      Object value = ValueDecoder.of(column).decode(null);
      return Optional.ofNullable(Widening.convert(value, column.lakeType(), field.type()))
          .filter(found -> !FUNCTIONS.contains(found));
    } catch (UndecodableValueException e) {
      return Optional.empty(); // Such a default is the value of no row.
    }
  }

  /** Whether one of the columns has a default. */
  boolean concernAny(List<LakeField> fields) {
    return fields.stream().anyMatch(field -> columns.containsKey(field.name()));
  }

  /** The defaults of these columns, null for those without. */
  Row row(List<LakeField> fields) {
    return RowFactory.create(
        fields.stream()
            .map(field -> ExternalValues.of(columns.get(field.name()), field.type()))
            .toArray());
  }
}
