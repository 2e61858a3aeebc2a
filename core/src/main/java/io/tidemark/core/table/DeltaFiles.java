package io.tidemark.core.table;

import static org.apache.spark.sql.functions.col;
import static scala.collection.JavaConverters.asScalaBuffer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/** Looks into versions of a table file by file. Delta names each file by a UUID of its own. */
final class DeltaFiles {
  private final DeltaLog log;

  DeltaFiles(DeltaLog log) {
    this.log = log;
  }

  TableFiles of(Snapshot snapshot) {
    return new TableFiles(
        snapshot.version(),
        snapshot.metadata().schema(),
        snapshot.allFiles().collectAsList().stream().map(DeltaFiles::file).toList());
  }

  /** A file whose deletion vector changes keeps its name. */
  private static DataFile file(AddFile file) {
    return new DataFile(
        file.toPath().getName(),
        file.deletionVector() == null ? "" : file.deletionVector().uniqueId(),
        file.size());
  }

  Dataset<Row> rows(long version, Collection<DataFile> files) {
    Snapshot snapshot = log.getSnapshotAt(version, Option.empty(), Option.empty());
    Set<DataFile> wanted = new HashSet<>(files);
    List<AddFile> found = new ArrayList<>();
    for (AddFile file : snapshot.allFiles().collectAsList()) {
      if (wanted.contains(file(file))) {
        found.add(file);
      }
    }
    return log.createDataFrame(snapshot, asScalaBuffer(found).toSeq(), false, Option.empty())
        .withColumn(TableFiles.FILE, col("_metadata.file_name"));
  }
}
