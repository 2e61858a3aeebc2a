package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.LakeField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that both sides have, and those that only one has. Columns of the lake that begin
 * with {@code _} are Tidemark's own and do not count.
 *
 * @param names of both, in the source's order
 * @param forms for each of them
 * @param keyPlaces which of them are the key, in the key's order
 * @param differences for each column of one side only
 */
record ComparedColumns(
    List<String> names, List<CellForm> forms, int[] keyPlaces, List<Difference> differences) {

  /**
   * Matches columns by name.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the lake lacks a key
   *     column, or two types cannot be compared
   */
  static ComparedColumns of(DatabaseTable source, List<LakeField> lakeColumns) {
    Map<String, LakeField> lake = new LinkedHashMap<>();
    lakeColumns.stream()
        .filter(field -> !field.name().startsWith("_"))
        .forEach(field -> lake.put(field.name(), field));
    List<String> names = new ArrayList<>();
    List<CellForm> forms = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    source
        .columns()
        .forEach(
            (name, type) -> {
              LakeField field = lake.remove(name);
              if (field == null) {
                differences.add(new Difference.ColumnMissingInLake(name));
              } else {
                names.add(name);
                forms.add(CellForms.of(source.qualified() + "." + name, type, field.type()));
              }
            });
    lake.keySet().forEach(name -> differences.add(new Difference.ColumnMissingInSource(name)));
    int[] keyPlaces = source.key().stream().mapToInt(names::indexOf).toArray();
    for (int i = 0; i < keyPlaces.length; i++) {
      if (keyPlaces[i] < 0) {
        throw Errors.configuration(
            "Cannot compare %s: the lake's table has no column '%s', which is part of the key"
                .formatted(source.qualified(), source.key().get(i)),
            "Check that the lake's table is fed from this one");
      }
    }
    return new ComparedColumns(names, forms, keyPlaces, differences);
  }

  /** A row of the source in comparable forms. */
  Object[] ofSource(String[] texts) {
    Object[] row = new Object[texts.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = texts[i] == null ? null : forms.get(i).ofSource(texts[i]);
    }
    return row;
  }

  /** A row of the lake in comparable forms. */
  Object[] ofLake(Object[] values) {
    Object[] row = new Object[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = values[i] == null ? null : forms.get(i).ofLake(values[i]);
    }
    return row;
  }

  /** A row's key for people. */
  String keyText(Object[] row) {
    StringBuilder text = new StringBuilder();
    for (int place : keyPlaces) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(names.get(place))
          .append('=')
          .append(Canonical.text(row[place]));
    }
    return text.toString();
  }
}
