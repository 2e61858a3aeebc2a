package io.tidemark.core.run;

import io.tidemark.core.error.Errors;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Keeps run records in the lake, and refuses those that do not add up. */
public final class RunLog {
  private static final StructType COLUMNS = columns();

  private final SparkSession spark;
  private final LakeTable table;

  /** A log over the lake's run table; creates it where it is missing. */
  public RunLog(SparkSession spark, LakeTable table) {
    this.spark = spark;
    this.table = table;
    table.create(TableDefinition.log(COLUMNS));
  }

  private static StructType columns() {
    StructType type =
        new StructType()
            .add("run_id", DataTypes.StringType)
            .add("pipeline", DataTypes.StringType)
            .add("step", DataTypes.StringType)
            .add("table", DataTypes.StringType)
            .add("started_at", DataTypes.TimestampType)
            .add("ended_at", DataTypes.TimestampType);
    for (Count count : Count.values()) {
      type = type.add("rows_" + count.name().toLowerCase(Locale.ROOT), DataTypes.LongType);
    }
    return type.add("newest_source_time", DataTypes.TimestampType)
        .add("detail", DataTypes.StringType)
        .add("exit_code", DataTypes.IntegerType)
        .add("error", DataTypes.StringType);
  }

  /**
   * Stores records in one commit, together with the proof of progress they stand for.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 1 if a finished step's rows in
   *     are not its rows accounted for; nothing is stored then
   */
  public void store(List<StepRecord> records, List<CommitToken> tokens) {
    List<Row> rows = new ArrayList<>();
    for (StepRecord record : records) {
      if (record.error().isEmpty() && record.counts().unaccounted() != 0) {
        throw Errors.unaccountedRows(
            record.step() + " of " + record.table(), record.counts().toString());
      }
      rows.add(row(record));
    }
    table.append(spark.createDataFrame(rows, COLUMNS).coalesce(1), tokens);
  }

  private static Row row(StepRecord record) {
    List<Object> values = new ArrayList<>();
    values.add(record.runId());
    values.add(record.pipeline());
    values.add(record.step().name().toLowerCase(Locale.ROOT));
    values.add(record.table());
    values.add(record.startedAt());
    values.add(record.endedAt());
    for (Count count : Count.values()) {
      values.add(record.counts().of(count));
    }
    values.add(record.newestSourceTime().orElse(null));
    values.add(record.detail());
    values.add(record.outcome().code());
    values.add(record.error().orElse(null));
    return RowFactory.create(values.toArray());
  }

  /** The table the records are in, for queries and for the tokens stored with them. */
  public LakeTable table() {
    return table;
  }
}
