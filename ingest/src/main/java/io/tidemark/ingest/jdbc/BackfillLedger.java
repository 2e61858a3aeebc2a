package io.tidemark.ingest.jdbc;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rounds that backfills of one table have planned: rows of {@code bronze/_backfills}.
 *
 * <p>Whether a round has landed stands in the bronze table's own commit, not here. Not safe for
 * several threads.
 */
final class BackfillLedger {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name of the time in the {@code source} block. */
  private static final String CLOCK = "ts_us";

  private static final StructType COLUMNS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("backfill", DataTypes.LongType)
          .add("scope", DataTypes.StringType)
          .add("chunks", ChunkColumns.TYPE)
          .add("last", DataTypes.BooleanType)
          .add("place", DataTypes.StringType)
          .add("epoch", DataTypes.IntegerType)
          .add("planned_at", DataTypes.TimestampType);

  private final SparkSession spark;
  private final LakeTable ledger;
  private final String pipeline;
  private final String table;
  private final String token;

  /** The rounds of a table's backfills. */
  BackfillLedger(Lake lake, String pipeline, String table) {
    this.spark = lake.spark();
    this.ledger = lake.backfills();
    this.pipeline = pipeline;
    this.table = table;
    this.token = "backfill/" + pipeline + "/" + table;
  }

  /** The last round that was planned. */
  Optional<BackfillRound> newest() {
    if (!ledger.exists()) {
      return Optional.empty();
    }
    List<Row> rows =
        ledger
            .read()
            .filter(col("pipeline").equalTo(pipeline).and(col("table").equalTo(table)))
            .orderBy(col("number").desc())
            .limit(1)
            .collectAsList();
    return rows.stream().findFirst().map(BackfillLedger::round);
  }

  private static BackfillRound round(Row row) {
    return new BackfillRound(
        row.getLong(2),
        row.getLong(3),
        BackfillScope.parse(row.getString(4)),
        ChunkColumns.chunks(row, 5),
        row.getBoolean(6),
        place(row.getString(7), row.getAs(9)),
        row.getInt(8));
  }

  /** A place that was written down without its clock was taken before its round was planned. */
  private static LogPlace place(String json, Instant planned) {
    try {
      Map<String, Object> fields =
          JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
      Object micros = fields.remove(CLOCK);
      return new LogPlace(
          fields,
          micros instanceof Number number
              ? Instant.EPOCH.plus(number.longValue(), ChronoUnit.MICROS)
              : planned);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid place of a backfill: " + json, e);
    }
  }

  private static String json(LogPlace place) {
    Map<String, Object> fields = new LinkedHashMap<>(place.fields());
    fields.put(CLOCK, place.micros());
    return JsonLine.of(fields);
  }

  /**
   * Writes a round down.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if another process has
   *     planned one meanwhile
   */
  void plan(BackfillRound round, Instant now) {
    ledger.create(TableDefinition.log(COLUMNS));
    Row row =
        RowFactory.create(
            pipeline,
            table,
            round.number(),
            round.backfill(),
            round.scope().json(),
            ChunkColumns.of(round.chunks()),
            round.last(),
            json(round.place()),
            round.epoch(),
            now);
    long before = round.number() == 1 ? CommitToken.NONE : round.number() - 1;
    ledger.append(
        spark.createDataFrame(List.of(row), COLUMNS).coalesce(1),
        List.of(new CommitToken(token, before, round.number())));
  }
}
