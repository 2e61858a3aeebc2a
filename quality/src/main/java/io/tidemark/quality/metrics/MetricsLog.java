package io.tidemark.quality.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What checks measured: rows of {@code _tidemark/metrics}, one for each check and run.
 *
 * <p>This stands where Deequ has a {@code MetricsRepository}: Deequ keeps metrics by analyzer,
 * without what they were to be and what that meant, and only those it measured itself. Reports,
 * alerts and anomaly rules need the verdict with the value, also of references, schemas and counts
 * of the source; so its strategies are given the values of this table.
 *
 * <p>The past that anybody is told of begins {@link #REACH} ago: a rule by weekdays needs several
 * weeks of them, and the same season a year ago is worth a look; older values say nothing of
 * today's. {@link MetricsUpkeep} keeps few measures of what lies further back than an hour. So what
 * a look has to read is bounded, however often a pipeline judges and however long it lives. The
 * times are asked of the table's files first, which skips those that are too old.
 */
public final class MetricsLog {
  /** How far back measures are looked at. */
  static final Duration REACH = Duration.ofDays(400);

  /** Each look at tables adds a file. */
  private static final int FILES_TO_THIN = 64;

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
    new MetricsUpkeep(log, FILES_TO_THIN).runDue(verdicts.get(0).at());
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

  /**
   * The measures of some checks that later ones may be compared with, the oldest first: numbers
   * that passed, or that were too early to judge.
   */
  public List<MetricPoint> good(TableRef table, Set<String> checks, Instant now) {
    return lake.metrics().exists()
        ? points(
            since(List.of(table), now)
                .filter(
                    col("check")
                        .isin(checks.toArray())
                        .and(col("verdict").isin(Verdict.PASS.name(), Verdict.NOT_YET.name()))
                        .and(col("value").isNotNull())))
        : List.of();
  }

  /** The newest measures of each check of some tables, the oldest first. */
  public Map<TableRef, List<MetricPoint>> newest(List<TableRef> tables, int count, Instant now) {
    if (tables.isEmpty() || !lake.metrics().exists()) {
      return Map.of();
    }
    Column place =
        row_number().over(Window.partitionBy("table", "check").orderBy(col("at").desc()));
    return points(since(tables, now).withColumn("place", place).filter(col("place").leq(count)))
        .stream()
        .collect(Collectors.groupingBy(point -> point.result().table()));
  }

  Dataset<Row> since(List<TableRef> tables, Instant now) {
    Object[] names = tables.stream().map(TableRef::toString).toArray();
    return lake.metrics()
        .read()
        .filter(
            col("at")
                .geq(lit(now.minus(REACH)))
                .and(col("pipeline").equalTo(pipeline))
                .and(col("table").isin(names)));
  }

  private static List<MetricPoint> points(Dataset<Row> rows) {
    // Few enough to be sorted here, which takes Spark two more rounds.
    return rows.collectAsList().stream()
        .map(MetricsLog::point)
        .sorted(
            Comparator.comparing(MetricPoint::at).thenComparing(point -> point.result().check()))
        .toList();
  }

  /** The checks of a table that failed in a run, of all that it measured between two moments. */
  public List<CheckResult> failed(TableRef table, String runId, Instant from, Instant to) {
    LakeTable log = lake.metrics();
    if (!log.exists()) {
      return List.of();
    }
    return log
        .read()
        .filter(
            col("pipeline")
                .equalTo(pipeline)
                .and(col("table").equalTo(table.toString()))
                .and(col("run_id").equalTo(runId))
                .and(col("at").between(from, to))
                .and(col("verdict").equalTo(Verdict.FAIL.name())))
        .orderBy("at", "check")
        .collectAsList()
        .stream()
        .map(row -> point(row).result())
        .toList();
  }

  private static MetricPoint point(Row row) {
    TableRef table = TableRef.parse(row.getAs("table")).orElseThrow();
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
