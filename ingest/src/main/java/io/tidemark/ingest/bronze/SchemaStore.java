package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The schemas that bronze rows were written with. A schema is stored before the first row that
 * names it; storing one twice, after a crash, is harmless.
 */
final class SchemaStore {
  private final LakeTable table;
  private final Set<String> known = new HashSet<>();

  SchemaStore(Lake lake) {
    this.table = lake.schemas();
    table.create(
        new TableDefinition(
            BronzeColumns.schemas(), List.of(), Map.of(), TableDefinition.Feature.APPEND_LOG));
    remember(table.read());
  }

  Set<String> known() {
    return known;
  }

  void add(Dataset<Row> decoded, Instant now) {
    Dataset<Row> added =
        decoded
            .filter(col(DecodedColumns.OUTCOME).equalTo(Outcome.SCHEMA.name()))
            .select(
                col(BronzeColumns.SCHEMA).as("fingerprint"),
                col(DecodedColumns.TABLE).as("table"),
                col(DecodedColumns.SCHEMA_JSON).as("schema"))
            .distinct()
            .withColumn("first_seen", lit(now))
            .coalesce(1);
    table.append(added, List.of());
    remember(added);
  }

  private void remember(Dataset<Row> rows) {
    for (Row row : rows.select("table", "fingerprint").collectAsList()) {
      known.add(DecodeRecords.schemaId(row.getString(0), row.getString(1)));
    }
  }
}
