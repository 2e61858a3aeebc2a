package io.tidemark.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.error.SchemaErrors;
import io.tidemark.core.schema.EventSchema;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Stored> schemas = new ArrayList<>();
    if (!lake.schemas().exists()) {
      return schemas;
    }
    for (Row row :
        lake.schemas()
            .read()
            .filter(col("table").equalTo(table))
            .groupBy("fingerprint")
            .agg(first("schema"), min("first_seen").as("first_seen"))
            .orderBy("first_seen", "fingerprint")
            .collectAsList()) {
      schemas.add(new Stored(row.getString(0), EventSchema.parse(row.getString(1)), row.getAs(2)));
    }
    return schemas;
  }
}
