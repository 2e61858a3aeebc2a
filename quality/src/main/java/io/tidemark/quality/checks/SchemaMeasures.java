package io.tidemark.quality.checks;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Subject;
import io.tidemark.core.lake.SilverColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a table's columns say; no row is read. */
final class SchemaMeasures {
  private final List<StructField> fields;

  SchemaMeasures(Layer layer, StructType schema) {
    this.fields =
        Arrays.stream(schema.fields())
            .filter(field -> layer != Layer.SILVER || !SilverColumns.isOwn(field.name()))
            .toList();
  }

  Outcome count() {
    return new Outcome.Value(fields.size(), "");
  }

  /** 1 or 0; the detail tells each difference. Order is none: columns are read by name. */
  Outcome match(Subject.Schema declared) {
    List<String> differences = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (StructField field : fields) {
      String type = declaredType(declared.columns(), field.name());
      if (type != null) {
        found.add(lower(field.name()));
        String actual = field.dataType().catalogString();
        if (!actual.equalsIgnoreCase(DataType.fromDDL(type).catalogString())) {
          differences.add("%s is %s instead of %s".formatted(field.name(), actual, type));
        }
      } else if (declared.exact()) {
        differences.add(field.name() + " is not declared");
      }
    }
    declared.columns().keySet().stream()
        .map(SchemaMeasures::lower)
        .filter(name -> !found.contains(name))
        .forEach(name -> differences.add(name + " is missing"));
    return new Outcome.Value(differences.isEmpty() ? 1 : 0, String.join("; ", differences));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String declaredType(Map<String, String> columns, String name) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
