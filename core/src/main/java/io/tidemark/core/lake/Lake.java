package io.tidemark.core.lake;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.Errors;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.LakeTables;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folders of a lake and the tables in them; the only place that knows the layout.
 *
 * <p>Holds the Spark session that its tables are read and written with. Safe to share between
 * threads.
 */
public final class Lake {
  private static final String BRONZE = "bronze";
  private static final String SILVER = "silver";
  private static final String HISTORY = "history";
  private static final String GOLD = "gold";
  static final String OWN = "_tidemark";
  private static final String STAGES = "rebuild";

  private final SparkSession spark;
  private final Path root;

  /** Under which the tables are that merges write: the root, but for a stage. */
  private final Path merged;

  private Lake(SparkSession spark, Path root, Path merged) {
    this.spark = spark;
    this.root = root;
    this.merged = merged;
  }

  /**
   * The lake at a path or URI.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if its file system cannot be
   *     reached
   */
  public static Lake at(SparkSession spark, String location) {
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path root = files.makeQualified(path);
      return new Lake(spark, root, root);
    } catch (IOException | IllegalArgumentException e) {
      throw Errors.lakeUnreachable(location, e);
    }
  }

  /** The same lake, read and written with another session. */
  public Lake with(SparkSession session) {
    return new Lake(session, root, merged);
  }

  /**
   * The same lake with a place of its own for all that a merge writes: silver, history, what they
   * remember, and dead letters. Bronze is the lake's, so a merge builds there, unseen, what it
   * would have made of everything that landed.
   *
   * @param table whose merge it is for
   * @param name what tells the stages of the table apart
   */
  public Lake stage(String table, String name) {
    return new Lake(spark, root, new Path(stages(table), name));
  }

  private Path stages(String table) {
    return new Path(new Path(own(), STAGES), table);
  }

  /** Deletes all stages of a table, those that a killed process left behind, too. */
  public void clearStages(String table) {
    try {
      files().delete(stages(table), true);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(root.toString(), e);
    }
  }

  /** The session its tables are read and written with. */
  public SparkSession spark() {
    return spark;
  }

  /** The lake's root, fully qualified. */
  public Path root() {
    return root;
  }

  /** The table that checks name so. */
  public LakeTable table(TableRef table) {
    return switch (table.layer()) {
      case BRONZE -> bronze(table.name());
      case SILVER -> silver(table.name());
      case GOLD -> gold(table.name());
    };
  }

  /** The change log of a source table. */
  public LakeTable bronze(String table) {
    return table(BRONZE, table);
  }

  /** The records that could not be decoded. */
  public LakeTable deadLetters() {
    return table(merged, BRONZE, "_dead_letters");
  }

  /** What was decided about dead letters: replayed, still bad, discarded. */
  public LakeTable deadLetterDecisions() {
    return table(BRONZE, "_dead_letter_decisions");
  }

  /** The files that were taken, by pipelines that read files. */
  public LakeTable takenFiles() {
    return table(BRONZE, "_files");
  }

  /** The rounds of queries that polls have planned, by pipelines that read a database. */
  public LakeTable polls() {
    return table(BRONZE, "_polls");
  }

  /** The rounds of queries that backfills from a database have planned. */
  public LakeTable backfills() {
    return table(BRONZE, "_backfills");
  }

  /** The schemas that bronze rows were written with. */
  public LakeTable schemas() {
    return table(BRONZE, "_schemas");
  }

  /** The epochs that operators have declared for tables. */
  public LakeTable epochs() {
    return table(BRONZE, "_epochs");
  }

  /** In which order the sources of GTIDs took over from each other. */
  public LakeTable timelines() {
    return table(BRONZE, "_timelines");
  }

  /** The schemas of the registry that records were written with. */
  public LakeTable registry() {
    return table(BRONZE, "_registry");
  }

  /** The current rows of a source table. */
  public LakeTable silver(String table) {
    return table(merged, SILVER, table);
  }

  /** The memory of deleted keys of a source table. */
  public LakeTable tombstones(String table) {
    return table(merged, SILVER, "_tombstones/" + table);
  }

  /** The changes of a source table that were decoded but not accepted. */
  public LakeTable quarantine(String table) {
    return table(merged, SILVER, "_quarantine/" + table);
  }

  /** The intervals of a source table. */
  public LakeTable history(String table) {
    return table(merged, HISTORY, table);
  }

  /** The changes of a source table that are known and left no interval. */
  public LakeTable historyMarks(String table) {
    return table(merged, HISTORY, "_marks/" + table);
  }

  /** The conflicts between the sources of a table, and how each was resolved. */
  public LakeTable conflicts(String table) {
    return table(merged, SILVER, "_conflicts/" + table);
  }

  /** A mart. */
  public LakeTable gold(String mart) {
    return table(GOLD, mart);
  }

  /** One row for each step of each run. */
  public LakeTable runs() {
    return table(OWN, "runs");
  }

  /** What comparisons of tables with their source found. */
  public LakeTable reconciles() {
    return table(OWN, "reconciles");
  }

  /** What checks of tables measured. */
  public LakeTable metrics() {
    return table(OWN, "metrics");
  }

  /** What is not as it should be, since when, and who was told. */
  public LakeTable alerts() {
    return table(OWN, "alerts");
  }

  /** What repairs changed. */
  public LakeTable repairs() {
    return table(OWN, "repairs");
  }

  /**
   * Where Spark keeps what it needs to go on after a failed task; never the truth about progress.
   */
  public Path checkpoints() {
    return new Path(own(), "checkpoints");
  }

  /** What checks remember of the files of a table, so that they read each only once. */
  public Path states(TableRef table) {
    return new Path(new Path(new Path(own(), "states"), table.layer().word()), table.name());
  }

  /** The pages about runs of checks, one file for each run. */
  public Path reports() {
    return new Path(own(), "reports");
  }

  /** Tidemark's own folder. */
  Path own() {
    return new Path(root, OWN);
  }

  /** The source tables that have a change log. */
  public List<String> bronzeTables() {
    return tablesIn(BRONZE);
  }

  /** The source tables whose change log a pipeline writes. */
  public List<String> bronzeTables(String pipeline) {
    return bronzeTables().stream()
        .filter(
            table ->
                pipeline.equals(bronze(table).properties().get(BronzeColumns.PIPELINE_PROPERTY)))
        .toList();
  }

  /** The source tables that have current rows. */
  public List<String> silverTables() {
    return tablesIn(SILVER);
  }

  /** The source tables that have intervals. */
  public List<String> historyTables() {
    return tablesIn(HISTORY);
  }

  /** The marts that exist. */
  public List<String> goldTables() {
    return tablesIn(GOLD);
  }

  private LakeTable table(String layer, String name) {
    return table(root, layer, name);
  }

  private LakeTable table(Path under, String layer, String name) {
    return LakeTables.at(spark, new Path(new Path(under, layer), name).toString());
  }

  private List<String> tablesIn(String layer) {
    try {
      FileStatus[] entries = files().listStatus(new Path(root, layer));
      List<String> names = new ArrayList<>();
      for (FileStatus entry : entries) {
        String name = entry.getPath().getName();
        if (entry.isDirectory() && !name.startsWith("_") && table(layer, name).exists()) {
          names.add(name);
        }
      }
      names.sort(null);
      return names;
    } catch (FileNotFoundException e) {
      return List.of(); // Nothing has landed yet.
    } catch (IOException e) {
      throw Errors.lakeUnreachable(root.toString(), e);
    }
  }

  /** The file system the lake is on. */
  public FileSystem files() {
    try {
      return root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw Errors.lakeUnreachable(root.toString(), e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
