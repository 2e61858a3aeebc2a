package io.tidemark.ingest.files;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.BronzeTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The files that a pipeline has taken: {@code bronze/_files}, one row for each.
 *
 * <p>A batch is written here before anything of it is landed, so that it can be landed again with
 * the same files after a crash. Offsets cannot tell what of a file has landed: in files they come
 * in any order, and again. Not safe for several threads.
 */
public final class FileLedger {
  private static final StructType COLUMNS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("batch", DataTypes.LongType)
          .add("path", DataTypes.StringType)
          .add("length", DataTypes.LongType)
          .add("modified", DataTypes.TimestampType)
          .add("taken_at", DataTypes.TimestampType);

  private final SparkSession spark;
  private final LakeTable table;
  private final String pipeline;
  private final String token;
  private final Map<String, EventFile> taken = new HashMap<>();
  private final TreeMap<Long, List<EventFile>> batches = new TreeMap<>();
  private long planned;

  private FileLedger(Lake lake, String pipeline, String token) {
    this.spark = lake.spark();
    this.table = lake.takenFiles();
    this.pipeline = pipeline;
    this.token = token;
    this.planned = table.token(token);
  }

  /** The ledger of a pipeline, made where it is missing. */
  public static FileLedger open(Lake lake, String pipeline) {
    lake.takenFiles().create(TableDefinition.log(COLUMNS));
    return read(lake, pipeline);
  }

  /**
   * The ledger of the files that were landed for one table beside a pipeline's source, made where
   * it is missing: the source's own batches are counted apart.
   */
  public static FileLedger openOlder(Lake lake, String pipeline, String of) {
    open(lake, pipeline);
    return readOlder(lake, pipeline, of);
  }

  /** The same as it is, empty where it is missing. */
  public static FileLedger readOlder(Lake lake, String pipeline, String of) {
    return loaded(new FileLedger(lake, pipeline + "/backfill/" + of, olderToken(pipeline, of)));
  }

  /** The name of the token for the number of the last batch for one table beside the source. */
  public static String olderToken(String pipeline, String table) {
    return "backfill/" + pipeline + "/" + table + "/files";
  }

  /** The ledger of a pipeline as it is, empty where it is missing. */
  public static FileLedger read(Lake lake, String pipeline) {
    return loaded(new FileLedger(lake, pipeline, BronzeTokens.planned(pipeline)));
  }

  private static FileLedger loaded(FileLedger ledger) {
    if (ledger.table.exists()) {
      ledger.load();
    }
    return ledger;
  }

  private void load() {
    for (Row row :
        table
            .read()
            .filter(col("pipeline").equalTo(pipeline))
            .select("batch", "path", "length", "modified")
            .orderBy("path")
            .collectAsList()) {
      remember(row.getLong(0), new EventFile(row.getString(1), row.getLong(2), row.getAs(3)));
    }
  }

  private void remember(long batch, EventFile file) {
    batches.computeIfAbsent(batch, number -> new ArrayList<>()).add(file);
    taken.put(file.path(), file);
  }

  /**
   * The files that were not taken yet, in the order given.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if one that was taken has
   *     changed since
   */
  public List<EventFile> untaken(List<EventFile> listed) {
    List<EventFile> untaken = new ArrayList<>();
    for (EventFile file : listed) {
      EventFile before = taken.get(file.path());
      if (before == null) {
        untaken.add(file);
      } else {
        FileSource.requireSame(before, file);
      }
    }
    return untaken;
  }

  /** Whether no batch was planned yet, or the ledger was lost. */
  public boolean isNew() {
    return planned == CommitToken.NONE;
  }

  /** How many files were taken. */
  public int size() {
    return taken.size();
  }

  /**
   * The batches that were planned and not landed by all tables.
   *
   * @param landed the number of the last batch that was
   */
  public List<FileBatch> cutOff(long landed) {
    List<FileBatch> cutOff = new ArrayList<>();
    for (long number = Math.max(landed + 1, 1); number <= planned; number++) {
      // Without files where all of them were forgotten.
      cutOff.add(new FileBatch(number, batches.getOrDefault(number, List.of())));
    }
    return cutOff;
  }

  /**
   * Writes down the next batch.
   *
   * @param landed the highest number of a batch that any table has
   */
  public FileBatch plan(List<EventFile> files, long landed, Instant now) {
    FileBatch batch = new FileBatch(Math.max(Math.max(planned, landed), 0) + 1, files);
    List<Row> rows = new ArrayList<>();
    for (EventFile file : files) {
      rows.add(
          RowFactory.create(
              pipeline, batch.number(), file.path(), file.length(), file.modified(), now));
    }
    table.append(
        spark.createDataFrame(rows, COLUMNS).coalesce(1),
        List.of(new CommitToken(token, planned, batch.number())));
    planned = batch.number();
    files.forEach(file -> remember(batch.number(), file));
    return batch;
  }
}
