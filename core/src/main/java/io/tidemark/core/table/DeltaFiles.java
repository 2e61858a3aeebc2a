package io.tidemark.core.table;

import static org.apache.spark.sql.functions.col;
import static scala.collection.JavaConverters.asScalaBuffer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** A version of a Delta table file by file. Delta names each file by a UUID of its own. */
final class DeltaFiles implements TableFiles {
  private final DeltaLog log;
  private final Snapshot snapshot;
  private final Map<DataFile, AddFile> files = new LinkedHashMap<>();

  DeltaFiles(DeltaLog log, Snapshot snapshot) {
    this.log = log;
    this.snapshot = snapshot;
    snapshot.allFiles().collectAsList().forEach(file -> files.put(file(file), file));
  }

  /** A file whose deletion vector changes keeps its name. */
  private static DataFile file(AddFile file) {
    return new DataFile(
        file.toPath().getName(),
        file.deletionVector() == null ? "" : file.deletionVector().uniqueId(),
        file.size());
  }

  @Override
  public long version() {
    return snapshot.version();
  }

  @Override
  public StructType schema() {
    return snapshot.metadata().schema();
  }

  @Override
  public List<DataFile> files() {
    return List.copyOf(files.keySet());
  }

  @Override
  public Dataset<Row> rows(Collection<DataFile> some) {
    List<AddFile> read = some.stream().map(files::get).toList();
    return log.createDataFrame(snapshot, asScalaBuffer(read).toSeq(), false, Option.empty())
        .withColumn(FILE, col("_metadata.file_name"));
  }
}
