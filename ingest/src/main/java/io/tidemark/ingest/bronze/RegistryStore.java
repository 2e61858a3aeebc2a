package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.decode.MessageFormat;
import io.tidemark.ingest.decode.WriterSchema;
import io.tidemark.ingest.decode.WriterSchema.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The registry's schemas that landed records were written with. A schema is stored before the first
 * row that was read with it, and from then on it is read from here: the registry may be gone.
 */
public final class RegistryStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lake lake;
  private final MessageFormat format;
  private final Map<Integer, WriterSchema> known = new HashMap<>();
  private Broadcast<Map<Integer, WriterSchema>> sent;

  /**
   * The store of a lake, created if the format needs one and it is not there.
   *
   * @param format how records are written, not yet knowing this lake
   */
  public RegistryStore(Lake lake, MessageFormat format) {
    this.lake = lake;
    this.format = format;
    if (format.needsSchemas()) {
      table().create(TableDefinition.log(BronzeColumns.registry()));
      table().read().collectAsList().forEach(this::remember);
    }
  }

  /** The format with the schemas that are stored by now, for one batch. */
  public MessageFormat format() {
    if (!format.needsSchemas()) {
      return format;
    }
    if (sent == null) {
      sent =
          JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
              .broadcast(new HashMap<>(known));
    }
    return format.knowing(new Sent(sent));
  }

  /** Stores the schemas that a batch was the first to need. */
  void add(Dataset<Row> decoded, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (Row row :
        decoded
            .filter(col(DecodedColumns.OUTCOME).equalTo(Outcome.WRITER_SCHEMA.name()))
            .select(DecodedColumns.SCHEMA_JSON)
            .distinct()
            .collectAsList()) {
      WriterSchema schema = parse(row.getString(0));
      if (known.putIfAbsent(schema.id(), schema) == null) {
        rows.add(row(schema, now));
      }
    }
    if (!rows.isEmpty()) {
      table().append(lake.spark().createDataFrame(rows, BronzeColumns.registry()), List.of());
      sent.unpersist(false);
      sent = null;
    }
  }

  private LakeTable table() {
    return lake.registry();
  }

  private void remember(Row row) {
    List<Reference> references = new ArrayList<>();
    for (Row reference : row.<Row>getList(row.fieldIndex("references"))) {
      references.add(new Reference(reference.getString(0), reference.getString(1)));
    }
    int id = row.getAs("id");
    known.putIfAbsent(id, new WriterSchema(id, row.getAs("type"), row.getAs("schema"), references));
  }

  private static Row row(WriterSchema schema, Instant now) {
    return RowFactory.create(
        schema.id(),
        schema.type(),
        schema.text(),
        schema.references().stream().map(r -> RowFactory.create(r.name(), r.text())).toArray(),
        now);
  }

  /** A schema on its way from a task to the driver. */
  static String json(WriterSchema schema) {
    try {
      return JSON.writeValueAsString(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a schema as JSON", e);
    }
  }

  private static WriterSchema parse(String json) {
    try {
      return JSON.readValue(json, WriterSchema.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read a schema that was written as JSON", e);
    }
  }

  private record Sent(Broadcast<Map<Integer, WriterSchema>> schemas)
      implements MessageFormat.StoredSchemas {
    @Override
    public Map<Integer, WriterSchema> get() {
      return schemas.value();
    }
  }
}
