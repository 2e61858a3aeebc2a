package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.DeadLetterJob;
import io.tidemark.ingest.bronze.BatchResult;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.letters.LetterFilter;
import io.tidemark.ingest.mask.MaskKeys;
import io.tidemark.ingest.mask.MaskSettings;
import io.tidemark.ingest.mask.MaskedPast;
import io.tidemark.merge.MergeJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A pipeline with a lake, fed with Debezium's JSON without schema blocks; no Kafka. */
final class EventLake {
  static final String HEADER = "h-secret";

  private static final StructType RECORDS =
      new StructType()
          .add("key", DataTypes.BinaryType)
          .add("value", DataTypes.BinaryType)
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  private final PipelineSpec spec;
  private final Lake lake;

  /** A new process that knows nothing but the file and the lake. */
  EventLake(SparkSession spark, Path folder, String... tables) {
    String text =
        "pipeline: shop\nlake: %s\nsource: {type: debezium, bootstrap-servers: 'k:1', topics: 'shop.*'}\n"
            .formatted(folder.resolve("lake"));
    try {
      Path file = folder.resolve("shop.yml");
      Files.writeString(file, text + String.join("\n", tables) + "\n");
      this.spec = PipelineFile.read(file, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.lake = Lake.at(spark, spec.lake());
    LakeOwner.claim(lake, spec.name(), "kafka 1");
    LakeOwner.claimMaskingKeys(lake, masks().keys().checks());
  }

  Lake lake() {
    return lake;
  }

  PipelineSpec spec() {
    return spec;
  }

  DeadLetterJob letters() {
    return new DeadLetterJob(spec, lake);
  }

  /** One record: where it stands, and what it holds. */
  record Event(String topic, long offset, String key, String value) {}

  /** A change of {@code public.<table>}; its LSN is a hundred times the position. */
  static Event change(
      String table,
      long offset,
      long position,
      String op,
      String key,
      String before,
      String after) {
    return new Event(
        "shop." + table,
        offset,
        key,
        ("{\"op\":\"%s\",\"before\":%s,\"after\":%s,\"ts_ms\":1767225600000,\"source\":"
                + "{\"connector\":\"postgresql\",\"db\":\"shop\",\"schema\":\"public\",\"table\":\"%s\","
                + "\"snapshot\":\"false\",\"ts_ms\":1767225600000,\"lsn\":%d,\"txId\":1}}")
            .formatted(op, before, after, table, 100 * position));
  }

  /** Lands one batch and records it, as a run does. */
  Counts land(Event... events) {
    List<Row> rows = new ArrayList<>();
    for (Event event : events) {
      Row[] headers = {RowFactory.create("h", bytes(HEADER))};
      rows.add(
          RowFactory.create(
              bytes(event.key()),
              bytes(event.value()),
              event.topic(),
              0,
              event.offset(),
              Instant.EPOCH,
              headers));
    }
    RunContext context = context();
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    Map<String, Long> recorded = runs.table().tokens(BronzeTokens.prefix(spec.name()));
    BatchResult result = writer().land(lake.spark().createDataFrame(rows, RECORDS).repartition(2));
    List<CommitToken> tokens = new ArrayList<>();
    result
        .ends()
        .forEach(
            (name, end) -> {
              long before = recorded.getOrDefault(name, CommitToken.NONE);
              tokens.add(new CommitToken(name, before, Math.max(before, end)));
            });
    runs.store(
        List.of(
            context.done(Step.INGEST, "*", Instant.EPOCH, result.counts(), result.newest(), "{}")),
        tokens);
    return result.counts();
  }

  /** Merges what has landed; every table must succeed. */
  void merge() {
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    assertThat(new MergeJob(spec, lake, context(), runs).run().steps())
        .allSatisfy(step -> assertThat(step.error()).as("%s", step).isEmpty());
  }

  StepRecord replay(LetterFilter filter) {
    return letters().replay(filter, context(), new RunLog(lake.spark(), lake.runs()));
  }

  RunContext context() {
    return new RunContext(
        UUID.randomUUID().toString(), spec.name(), Clock.systemUTC(), new StopSignal(), step -> {});
  }

  /** The source's columns of silver as JSON, sorted. */
  List<String> silver(String table) {
    return lake
        .silver(table)
        .read()
        .drop(SilverColumns.ALL.toArray(String[]::new))
        .drop(SilverColumns.FILLED_FROM)
        .toJSON()
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  BronzeWriter writer() {
    Map<String, List<String>> keys = new HashMap<>();
    Map<String, Map<String, ColumnDeclaration>> columns = new HashMap<>();
    spec.tables()
        .values()
        .forEach(
            table -> {
              if (!table.key().isEmpty()) {
                keys.put(table.name(), table.key());
              }
              Map<String, ColumnDeclaration> declared = new HashMap<>();
              table.columns().forEach((n, type) -> declared.put(n, ColumnDeclaration.parse(type)));
              columns.put(table.name(), declared);
            });
    DecodeSettings decoding =
        new DecodeSettings(UnavailableValue.standard(), keys, columns, Map.of());
    return new BronzeWriter(spec.name(), lake, decoding, masks(), 2, Clock.systemUTC());
  }

  private MaskSettings masks() {
    Map<String, Map<String, Mask>> masks = new HashMap<>();
    spec.tables().values().forEach(table -> masks.put(table.name(), table.mask()));
    return new MaskSettings(masks, new MaskKeys(spec.masking().keys()), MaskedPast.NOTHING);
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
