package io.tidemark.quality.metrics;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What checks measured: rows of {@code _tidemark/metrics}, one for each check and run.
 *
 * <p>This stands where Deequ has a {@code MetricsRepository}: Deequ keeps metrics by analyzer,
 * without what they were to be and what that meant, and only those it measured itself. Reports,
 * alerts and anomaly rules need the verdict with the value, also of references, schemas and counts
 * of the source; so its strategies are given the values of this table.
 */
public final class MetricsLog {
  private static final StructType COLUMNS =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("pipeline", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          .add("table", DataTypes.StringType)
          .add("version", DataTypes.LongType)
          .add("rows", DataTypes.LongType)
          .add("check", DataTypes.StringType)
          .add("dimension", DataTypes.StringType)
          .add("severity", DataTypes.StringType)
          .add("verdict", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("expected", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  private final Lake lake;
  private final String pipeline;

  /** The metrics of a pipeline. */
  public MetricsLog(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** Keeps what a run measured, in one commit. */
  public void store(String runId, List<TableVerdict> verdicts) {
    List<Row> rows = new ArrayList<>();
    for (TableVerdict verdict : verdicts) {
      for (CheckResult result : verdict.results()) {
        rows.add(row(runId, verdict, result));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    LakeTable log = lake.metrics();
    log.create(TableDefinition.log(COLUMNS));
    log.append(lake.spark().createDataFrame(rows, COLUMNS).coalesce(1), List.of());
  }

  private Row row(String runId, TableVerdict verdict, CheckResult result) {
    return RowFactory.create(
        runId,
        pipeline,
        verdict.at(),
        verdict.table().toString(),
        verdict.version(),
        verdict.rows(),
        result.check(),
        result.dimension().name(),
        result.severity().name(),
        result.verdict().name(),
        result.value().isPresent() ? result.value().getAsDouble() : null,
        result.expected(),
        result.message());
  }

  /** All that was measured of a table, the oldest first. */
  public List<MetricPoint> of(TableRef table) {
    LakeTable log = lake.metrics();
    if (!log.exists()) {
      return List.of();
    }
    return log
        .read()
        .filter(col("pipeline").equalTo(pipeline).and(col("table").equalTo(table.toString())))
        .orderBy("at", "check")
        .collectAsList()
        .stream()
        .map(row -> point(table, row))
        .toList();
  }

  private static MetricPoint point(TableRef table, Row row) {
    return new MetricPoint(
        row.getAs("run_id"),
        row.getAs("at"),
        row.<Long>getAs("version"),
        row.<Long>getAs("rows"),
        new CheckResult(
            table,
            row.getAs("check"),
            Dimension.valueOf(row.getAs("dimension")),
            Severity.valueOf(row.getAs("severity")),
            Verdict.valueOf(row.getAs("verdict")),
            row.getAs("value") == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(row.<Double>getAs("value")),
            row.getAs("expected"),
            row.getAs("message")));
  }
}
