package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What comparisons found: rows of {@code _tidemark/reconciles}, one for each table and run. */
public final class ReconcileLog {
  private static final StructType DIFFERENCE =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("key", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("columns", DataTypes.createArrayType(DataTypes.StringType));
  private static final StructType COLUMNS =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("compared_at", DataTypes.TimestampType)
          .add("place", DataTypes.LongType)
          .add("silver_version", DataTypes.LongType)
          .add("source_rows", DataTypes.LongType)
          .add("lake_rows", DataTypes.LongType)
          .add("differing", DataTypes.LongType)
          .add("differences", DataTypes.createArrayType(DIFFERENCE))
          .add("moved_bytes", DataTypes.LongType);

  private final Lake lake;
  private final String pipeline;

  /** The comparisons of a pipeline. */
  public ReconcileLog(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** Keeps a verdict; the values of rows are not kept, only keys and names of columns. */
  public void store(String runId, Verdict verdict) {
    LakeTable log = lake.reconciles();
    log.create(TableDefinition.log(COLUMNS));
    List<Row> differences = new ArrayList<>();
    for (KeyDifference one : verdict.differences()) {
      differences.add(
          RowFactory.create(
              one.kind().name(),
              new TreeMap<>(one.key()),
              one.cells().stream().map(Difference.Cell::column).toArray()));
    }
    TableReconcile.Found first = verdict.first();
    Row row =
        RowFactory.create(
            runId,
            pipeline,
            first.table(),
            outcome(verdict),
            first.at(),
            first.place(),
            first.lakeVersion(),
            first.sourceRows(),
            first.lakeRows(),
            verdict.differing(),
            differences.toArray(),
            first.moved());
    log.append(lake.spark().createDataFrame(List.of(row), COLUMNS).coalesce(1), List.of());
  }

  /** Rows that were not compared may differ. */
  private static String outcome(Verdict verdict) {
    String name = verdict.outcome().name();
    return verdict.first().sample().isAll() ? name : name + "_IN_SAMPLE";
  }

  /**
   * What a comparison of a table found.
   *
   * @param outcome a name of {@link Verdict.Outcome}, and whether it is that of a sample
   * @param differing how many keys differed
   * @param keys at most 20,000 of them
   */
  public record Stored(String outcome, long differing, List<StoredKey> keys) {}

  /**
   * A key whose row differed.
   *
   * @param kind how
   * @param key the values of the key's columns, as texts of the source's form
   */
  public record StoredKey(KeyDifference.Kind kind, Map<String, String> key) {}

  /** What a run found of a table; empty if it did not compare it. */
  public Optional<Stored> found(String runId, String table) {
    if (!lake.reconciles().exists()) {
      return Optional.empty();
    }
    List<Row> rows =
        lake.reconciles()
            .read()
            .filter(
                col("pipeline")
                    .equalTo(pipeline)
                    .and(col("run_id").equalTo(runId))
                    .and(col("table").equalTo(table)))
            .select("outcome", "differing", "differences")
            .limit(1)
            .collectAsList();
    return rows.stream()
        .findFirst()
        .map(
            row -> {
              List<StoredKey> keys = new ArrayList<>();
              for (Row one : row.<Row>getList(2)) {
                keys.add(
                    new StoredKey(KeyDifference.Kind.valueOf(one.getString(0)), one.getJavaMap(1)));
              }
              return new Stored(row.getString(0), row.getLong(1), keys);
            });
  }

  /**
   * Up to which moment of the source's clock each table was last seen to be equal to its source.
   */
  public Map<String, Instant> verifiedThrough() {
    Map<String, Instant> verified = new HashMap<>();
    if (!lake.reconciles().exists()) {
      return verified;
    }
    for (Row row :
        lake.reconciles()
            .read()
            .filter(col("pipeline").equalTo(pipeline).and(col("outcome").equalTo("EQUAL")))
            .groupBy("table")
            .agg(max(col("compared_at")).as("last"))
            .select("table", "last")
            .collectAsList()) {
      verified.put(row.getString(0), row.getAs(1));
    }
    return verified;
  }
}
