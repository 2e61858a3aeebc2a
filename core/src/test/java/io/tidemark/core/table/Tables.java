package io.tidemark.core.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small tables of numbered notes, for the tests of this package. */
final class Tables {
  static final StructType NOTES =
      new StructType().add("id", DataTypes.IntegerType).add("note", DataTypes.StringType);

  private Tables() {}

  /** A new empty table of notes. */
  static LakeTable notes(SparkSession spark, Path folder, TableDefinition.Feature feature) {
    LakeTable table = LakeTables.at(spark, folder.toString());
    table.create(new TableDefinition(NOTES, List.of(), Map.of("tidemark.test", "yes"), feature));
    return table;
  }

  /** Notes whose text is their number's. */
  static Dataset<Row> rows(SparkSession spark, int... ids) {
    List<Row> rows = new ArrayList<>();
    for (int id : ids) {
      rows.add(RowFactory.create(id, "note " + id));
    }
    return spark.createDataFrame(rows, NOTES).coalesce(1);
  }

  /** The numbers in a table, sorted. */
  static List<Integer> ids(Dataset<Row> rows) {
    return rows.select("id").orderBy("id").as(Encoders.INT()).collectAsList();
  }

  /** Names of a table's data files, of all versions. */
  static List<String> dataFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log entry of one version. */
  static String commit(Path folder, long version) {
    try {
      return Files.readString(folder.resolve("_delta_log/%020d.json".formatted(version)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes log entries as Delta's clean-up does when their retention is over. */
  static void expire(Path folder, long firstKept) throws IOException {
    for (long version = 0; version < firstKept; version++) {
      for (String ending : List.of("json", "crc")) {
        Path entry = folder.resolve("_delta_log/%020d.%s".formatted(version, ending));
        Files.deleteIfExists(entry);
        Files.deleteIfExists(entry.resolveSibling("." + entry.getFileName() + ".crc"));
      }
    }
  }
}
