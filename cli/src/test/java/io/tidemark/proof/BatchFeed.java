package io.tidemark.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.bronze.BatchResult;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.decode.DecodeSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Gives the ingest micro-batches of records, from the offsets on that the lake has recorded. */
final class BatchFeed {
  private static final StructType COLUMNS =
      new StructType()
          .add("key", DataTypes.BinaryType)
          .add("value", DataTypes.BinaryType)
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("timestampType", DataTypes.IntegerType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;

  BatchFeed(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
  }

  long land(List<List<SourceRecord>> topics) {
    Map<String, Long> recorded = runs.table().tokens(BronzeWriter.tokenPrefix(spec.name()));
    List<Row> rows = new ArrayList<>();
    for (List<SourceRecord> partition : topics) {
      SourceRecord first = partition.get(0);
      String token = BronzeWriter.token(spec.name(), first.topic(), first.partition());
      long next = Math.max(0, recorded.getOrDefault(token, 0L));
      partition.subList((int) next, partition.size()).forEach(record -> rows.add(row(record)));
    }
    if (rows.isEmpty()) {
      return 0;
    }
    Instant started = context.clock().instant();
    Dataset<Row> batch = lake.spark().createDataFrame(rows, COLUMNS).repartition(4);
    BronzeWriter writer =
        new BronzeWriter(spec.name(), lake, decoding(), spec.parallelTables(), context.clock());
    BatchResult result = writer.land(batch);
    assertThat(result.counts().unaccounted()).as("%s", result.counts()).isZero();
    assertThat(result.counts().of(Count.READ)).isEqualTo(rows.size());
    List<CommitToken> tokens = new ArrayList<>();
    result
        .ends()
        .forEach(
            (name, end) ->
                tokens.add(
                    new CommitToken(name, recorded.getOrDefault(name, CommitToken.NONE), end)));
    runs.store(
        List.of(context.done(Step.INGEST, "*", started, result.counts(), result.newest(), "{}")),
        tokens);
    return rows.size();
  }

  private DecodeSettings decoding() {
    Map<String, Map<String, ColumnDeclaration>> columns = new HashMap<>();
    for (TableSpec table : spec.tables().values()) {
      Map<String, ColumnDeclaration> declared = new HashMap<>();
      table.columns().forEach((name, type) -> declared.put(name, ColumnDeclaration.parse(type)));
      columns.put(table.name(), declared);
    }
    return new DecodeSettings(UnavailableValue.standard(), Map.of(), columns, Map.of());
  }

  private static Row row(SourceRecord record) {
    Row[] headers =
        record.headers().entrySet().stream()
            .map(header -> RowFactory.create(header.getKey(), bytes(header.getValue())))
            .toArray(Row[]::new);
    return RowFactory.create(
        bytes(record.key()),
        bytes(record.value()),
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(SourceRecord.RECORD_TIME),
        0,
        headers);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
