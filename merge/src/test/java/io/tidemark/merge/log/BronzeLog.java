package io.tidemark.merge.log;

import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Lands changes in a lake's bronze as ingest does: new schemas first, then the rows of a table in
 * one commit. Each change gets the next offset of its table's only partition, whatever its place in
 * the source's log.
 */
public final class BronzeLog {
  /** The source's time of position 0; each position is a second later. */
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final Lake lake;
  private final String pipeline;
  private final Map<String, Long> offsets = new HashMap<>();
  private final Set<String> knownSchemas = new HashSet<>();

  /** A log of the pipeline's changes. */
  public BronzeLog(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
    lake.schemas().create(TableDefinition.log(BronzeColumns.schemas()));
  }

  /** Lands changes in one commit. */
  public void land(String table, List<Change> changes) {
    addSchemas(table, changes);
    LakeTable bronze = lake.bronze(table);
    bronze.create(
        new TableDefinition(
            BronzeColumns.changeLog(),
            List.of(BronzeColumns.LANDED_DATE),
            Map.of(
                BronzeColumns.SOURCE_TABLE_PROPERTY,
                "public." + table,
                BronzeColumns.PIPELINE_PROPERTY,
                pipeline),
            TableDefinition.Feature.APPEND_LOG));
    List<Row> rows = changes.stream().map(change -> row(table, change)).toList();
    bronze.append(
        lake.spark().createDataFrame(rows, BronzeColumns.changeLog()).coalesce(1), List.of());
  }

  private void addSchemas(String table, List<Change> changes) {
    List<Row> added = new ArrayList<>();
    for (Change change : changes) {
      EventSchema schema = change.schema();
      if (knownSchemas.add(table + " " + schema.fingerprint())) {
        Instant seen = EPOCH.plusSeconds(knownSchemas.size());
        added.add(RowFactory.create(schema.fingerprint(), table, schema.toJson(), seen));
      }
    }
    if (!added.isEmpty()) {
      lake.schemas()
          .append(
              lake.spark().createDataFrame(added, BronzeColumns.schemas()).coalesce(1), List.of());
    }
  }

  private Row row(String table, Change change) {
    String topic = "shop.public." + table;
    long offset = offsets.merge(table, 1L, Long::sum) - 1;
    Position position =
        Position.ofPostgres(change.lsn(), change.phase(), new Origin(topic, 0, offset));
    return RowFactory.create(
        change.op(),
        change.key(),
        null,
        change.after(),
        position.text(),
        timeOf(change.lsn()),
        change.source(),
        null,
        change.schema().fingerprint(),
        topic,
        0,
        offset,
        EPOCH,
        EPOCH,
        LocalDate.of(2026, 1, 1));
  }

  /** The source's time of a change. */
  public static Instant timeOf(long lsn) {
    return EPOCH.plusSeconds(lsn);
  }
}
