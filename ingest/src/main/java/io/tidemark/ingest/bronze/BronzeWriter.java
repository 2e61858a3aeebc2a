package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.SideBySide;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.mask.MaskSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Lands micro-batches in bronze.
 *
 * <p>Each table's commit carries the offsets up to which it has landed, so that a batch that was
 * cut off can be landed again: records a table already has are left out. Not safe for several
 * threads.
 */
public final class BronzeWriter {
  private final String pipeline;
  private final Lake lake;
  private final DecodeSettings settings;
  private final int parallelTables;
  private final Clock clock;
  private final SchemaStore schemas;
  private final RegistryStore registry;

  /** A writer for one pipeline that masks nothing. */
  public BronzeWriter(
      String pipeline, Lake lake, DecodeSettings settings, int parallelTables, Clock clock) {
    this(pipeline, lake, settings, MaskSettings.NONE, parallelTables, clock);
  }

  /**
   * A writer for one pipeline.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if a masking key is missing
   *     that the lake's tables need
   */
  public BronzeWriter(
      String pipeline,
      Lake lake,
      DecodeSettings settings,
      MaskSettings masks,
      int parallelTables,
      Clock clock) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.settings = settings;
    this.parallelTables = parallelTables;
    this.clock = clock;
    this.schemas = new SchemaStore(lake, masks);
    this.registry = new RegistryStore(lake, settings.format());
  }

  /** The start of the names of this pipeline's offset tokens. */
  public static String tokenPrefix(String pipeline) {
    return "ingest/" + pipeline + "/";
  }

  /** The name of the token for one partition's next offset. */
  public static String token(String pipeline, String topic, int partition) {
    return tokenPrefix(pipeline) + topic + "/" + partition;
  }

  /**
   * Lands one batch of Kafka records, in Spark's columns for them, headers included.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if two source tables meet in
   *     one lake table; nothing of the batch has landed then
   */
  public BatchResult land(Dataset<Row> records) {
    Dataset<Row> decoded =
        records
            .select(DecodeRecords.INPUT.stream().map(functions::col).toArray(Column[]::new))
            .mapPartitions(
                new DecodeRecords(
                    settings.with(registry.format()), schemas.masks(), schemas.known()),
                Encoders.row(DecodedColumns.TYPE))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return land(decoded, BatchContent.of(decoded));
    } finally {
      decoded.unpersist();
    }
  }

  private BatchResult land(Dataset<Row> decoded, BatchContent content) {
    Instant now = clock.instant();
    List<String> tables = content.changedTables();
    Map<String, String> sources = sources(content, tables);
    if (content.sum(group -> group.outcome() == Outcome.WRITER_SCHEMA) > 0) {
      registry.add(decoded, now);
    }
    if (content.records(Outcome.SCHEMA) > 0) {
      schemas.add(decoded, now);
    }
    Counts counts = new Counts().add(Count.READ, content.records());
    counts.add(Count.IGNORED, content.records(Outcome.NOT_A_ROW));
    SideBySide.each(
            parallelTables, tables, t -> landChanges(t, sources.get(t), decoded, content, now))
        .forEach(counts::addAll);
    if (content.records(Outcome.DEAD_LETTER) > 0) {
      counts.addAll(landDeadLetters(decoded, content, now));
    }
    return new BatchResult(counts, content.newest(), ends(content), tables, ignored(content));
  }

  private Map<String, Long> ends(BatchContent content) {
    Map<String, Long> ends = new TreeMap<>();
    BatchContent.ends(content.groups())
        .forEach((p, end) -> ends.put(token(pipeline, p.topic(), p.number()), end));
    return ends;
  }

  private static Map<String, Long> ignored(BatchContent content) {
    return content.groups().stream()
        .filter(group -> group.outcome() == Outcome.NOT_A_ROW)
        .collect(
            Collectors.groupingBy(
                group -> group.reason().orElseThrow(),
                TreeMap::new,
                Collectors.summingLong(Group::records)));
  }

  /** The one source table of each lake table, now and since the lake table was created. */
  private Map<String, String> sources(BatchContent content, List<String> tables) {
    Map<String, String> sources = new TreeMap<>();
    for (String table : tables) {
      Set<String> found =
          content.changesOf(table).stream()
              .map(group -> group.sourceTable().orElseThrow())
              .collect(Collectors.toCollection(java.util.TreeSet::new));
      LakeTable bronze = lake.bronze(table);
      if (bronze.exists()) {
        Map<String, String> properties = bronze.properties();
        String owner = properties.getOrDefault(BronzeColumns.PIPELINE_PROPERTY, pipeline);
        if (!owner.equals(pipeline)) {
          throw Errors.foreignTable(bronze.path(), owner, pipeline);
        }
        found.add(properties.get(BronzeColumns.SOURCE_TABLE_PROPERTY));
      }
      if (found.size() > 1) {
        throw Errors.tablesCollide(table, found);
      }
      sources.put(table, found.iterator().next());
    }
    return sources;
  }

  private Counts landChanges(
      String table, String source, Dataset<Row> decoded, BatchContent content, Instant now) {
    LakeTable bronze = lake.bronze(table);
    bronze.create(
        new TableDefinition(
            BronzeColumns.changeLog(),
            List.of(BronzeColumns.LANDED_DATE),
            Map.of(
                BronzeColumns.SOURCE_TABLE_PROPERTY, source,
                BronzeColumns.PIPELINE_PROPERTY, pipeline),
            TableDefinition.Feature.APPEND_LOG));
    Dataset<Row> rows =
        decoded
            .filter(
                col(DecodedColumns.OUTCOME)
                    .equalTo(Outcome.CHANGE.name())
                    .and(col(DecodedColumns.TABLE).equalTo(table)))
            .withColumn(BronzeColumns.LANDED_AT, lit(now))
            .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"));
    Counts counts =
        new OffsetAppend(pipeline, bronze).append(rows, content.changesOf(table), Count.LANDED);
    CrashPoint.AFTER_BRONZE_TABLE.reach();
    return counts;
  }

  private Counts landDeadLetters(Dataset<Row> decoded, BatchContent content, Instant now) {
    LakeTable letters = DeadLetterColumns.open(lake);
    Dataset<Row> rows =
        decoded.filter(col(DecodedColumns.OUTCOME).equalTo(Outcome.DEAD_LETTER.name()));
    return new OffsetAppend(pipeline, letters)
        .append(LetterBytes.rows(rows, pipeline, now), content.deadLetters(), Count.DEAD_LETTERED);
  }
}
