package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskedPast;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The schemas that bronze rows were written with. A schema is stored before the first row that
 * names it; storing one twice, after a crash, is harmless.
 */
final class SchemaStore {
  private static final String MASKED = "\"masked\":";

  private final LakeTable table;
  private final Set<String> known = new HashSet<>();
  private final MaskSettings declared;
  private MaskedPast past = MaskedPast.NOTHING;

  SchemaStore(Lake lake, MaskSettings declared) {
    this.table = lake.schemas();
    this.declared = declared;
    table.create(TableDefinition.log(BronzeColumns.schemas()));
    List<Row> stored = rows(table.read());
    past = pastWith(stored);
    past.requireKeys(declared);
    remember(stored);
  }

  Set<String> known() {
    return known;
  }

  /** The declared masks, with the keys that the lake's tables began with. */
  MaskSettings masks() {
    return declared.after(past);
  }

  /**
   * Stores the schemas of a batch that the lake does not have.
   *
   * @param firstSeen since when they are known, of each row
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one masks a column
   *     differently by which rows are told apart; nothing is stored then
   */
  void add(Dataset<Row> decoded, Column firstSeen) {
    Dataset<Row> added =
        decoded
            .filter(col(DecodedColumns.OUTCOME).equalTo(Outcome.SCHEMA.name()))
            .select(
                col(BronzeColumns.SCHEMA).as("fingerprint"),
                col(DecodedColumns.TABLE).as("table"),
                col(DecodedColumns.SCHEMA_JSON).as("schema"),
                firstSeen.as("first_seen"))
            .groupBy("fingerprint", "table", "schema")
            .agg(min("first_seen").as("first_seen"))
            .coalesce(1);
    List<Row> rows = rows(added);
    MaskedPast then = pastWith(rows);
    table.append(added, List.of());
    past = then;
    remember(rows);
  }

  private static List<Row> rows(Dataset<Row> schemas) {
    return schemas.select("table", "fingerprint", "schema").collectAsList();
  }

  /** Parses only what masks can concern: a lake may hold many thousand schemas. */
  private MaskedPast pastWith(List<Row> rows) {
    MaskedPast with = past;
    for (Row row : rows) {
      if (declared.masks(row.getString(0)) || row.getString(2).contains(MASKED)) {
        with = with.with(row.getString(0), EventSchema.parse(row.getString(2)));
      }
    }
    return with;
  }

  private void remember(List<Row> rows) {
    for (Row row : rows) {
      known.add(DecodeRecords.schemaId(row.getString(0), row.getString(1)));
    }
  }
}
