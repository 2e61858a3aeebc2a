package io.tidemark.core.schema;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a row or of a key, in the order in which the source has them.
 *
 * @param columns names are unique; two may differ only in case
 */
public record RowSchema(List<Column> columns) implements Serializable {
  /**
   * Keeps a copy.
   *
   * @throws UndecodableValueException if two columns have one name
   */
  public RowSchema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw UndecodableValueException.schema(
            column.name(), "the column name '" + column.name() + "' occurs twice");
      }
    }
  }

  /** The column of exactly this name. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Names and lake types of the columns, in order. */
  public List<LakeField> lakeFields() {
    return columns.stream().map(Column::lakeField).toList();
  }
}
