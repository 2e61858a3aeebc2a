package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.schema.EventSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Finds the schemas that bronze rows of a table were written with. */
public final class TableSchemas {
  private TableSchemas() {}

  /**
   * The schemas with these fingerprints, oldest first.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if one is missing
   */
  public static Map<String, EventSchema> load(Lake lake, String table, Set<String> fingerprints) {
    Map<String, EventSchema> schemas = new LinkedHashMap<>();
    for (Row row :
        lake.schemas()
            .read()
            .filter(col("table").equalTo(table))
            .filter(col("fingerprint").isin(fingerprints.toArray()))
            .groupBy("fingerprint")
            .agg(first("schema"), min("first_seen").as("first_seen"))
            .orderBy("first_seen", "fingerprint")
            .collectAsList()) {
      schemas.put(row.getString(0), EventSchema.parse(row.getString(1)));
    }
    Set<String> missing = new TreeSet<>(fingerprints);
    missing.removeAll(schemas.keySet());
    if (!missing.isEmpty()) {
      throw Errors.schemasMissing(table, missing);
    }
    return schemas;
  }
}
