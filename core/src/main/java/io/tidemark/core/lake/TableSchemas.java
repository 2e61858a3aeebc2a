package io.tidemark.core.lake;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.schema.EventSchema;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Finds the schemas that bronze rows of a table were written with. */
public final class TableSchemas {
  private TableSchemas() {}

  /**
   * Of a table's schemas those with these fingerprints, in the same order.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if one is missing
   */
  public static Map<String, EventSchema> of(
      List<Stored> history, String table, Set<String> fingerprints) {
    Map<String, EventSchema> schemas = all(history);
    schemas.keySet().retainAll(fingerprints);
    Set<String> missing = new TreeSet<>(fingerprints);
    missing.removeAll(schemas.keySet());
    if (!missing.isEmpty()) {
      throw SchemaErrors.schemasMissing(table, missing);
    }
    return schemas;
  }

  /** The schemas by fingerprint, in the same order. */
  public static Map<String, EventSchema> all(List<Stored> history) {
    Map<String, EventSchema> schemas = new LinkedHashMap<>();
    history.forEach(s -> schemas.put(s.fingerprint(), s.schema()));
    return schemas;
  }

  /**
   * A schema in {@code bronze/_schemas}.
   *
   * @param firstSeen when it landed for the first time
   */
  public record Stored(String fingerprint, EventSchema schema, Instant firstSeen) {}

  /** All schemas that changes of the table ever had, oldest first. */
  public static List<Stored> history(Lake lake, String table) {
    if (!lake.schemas().exists()) {
      return List.of();
    }
    Map<String, Stored> first = new HashMap<>();
    // Few enough to be put in order here: grouping and sorting them were three Spark jobs.
    for (Row row :
        lake.schemas()
            .read()
            .filter(col("table").equalTo(table))
            .select("fingerprint", "schema", "first_seen")
            .collectAsList()) {
      first.merge(
          row.getString(0),
          new Stored(row.getString(0), EventSchema.parse(row.getString(1)), row.getAs(2)),
          (a, b) -> a.firstSeen().isAfter(b.firstSeen()) ? b : a);
    }
    return first.values().stream()
        .sorted(Comparator.comparing(Stored::firstSeen).thenComparing(Stored::fingerprint))
        .toList();
  }
}
