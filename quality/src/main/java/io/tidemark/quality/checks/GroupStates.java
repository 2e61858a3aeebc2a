package io.tidemark.quality.checks;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.DataFile;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableFiles;
import io.tidemark.quality.checks.GroupChanges.Room;
import io.tidemark.quality.deequ.Ask;
import io.tidemark.quality.deequ.Columns;
import io.tidemark.quality.deequ.Groups;
import io.tidemark.quality.deequ.Reasons;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the rows of a table fall into groups, kept from version to version.
 *
 * <p>Deequ's state of groups is the list of all of them, as large as the column itself. Kept here
 * are only their numbers: what files came and went tells which groups may have changed, and one
 * look at the grouped columns of the other files, for these groups alone, tells how. No row is
 * sorted or sent that is in none of them.
 */
final class GroupStates {
  private static final Logger LOG = LoggerFactory.getLogger(GroupStates.class);

  /** Where more of the table changed, counting all groups costs less. */
  private static final double MOST_CHANGED = 0.1;

  /** Of files whose keys every task may hold. */
  private static final long MOST_HELD = 32L << 20;

  private final Lake lake;
  private final TableRef ref;
  private final LakeTable table;
  private final TableFiles files;
  private final StoredJson stored;
  private final Map<String, Kept> kept;

  GroupStates(Lake lake, TableRef ref, LakeTable table, TableFiles files) {
    this.lake = lake;
    this.ref = ref;
    this.table = table;
    this.files = files;
    this.stored = new StoredJson(lake, new Path(lake.states(ref), "groups.json.gz"));
    this.kept = stored.read(GroupStates::kept).orElseGet(LinkedHashMap::new);
  }

  /** The groups of a version that consisted of these files. */
  private record Kept(Groups groups, long version, Set<DataFile> files) {}

  /**
   * What was found.
   *
   * @param whole whether all groups were counted
   */
  record Found(Groups groups, boolean whole) {}

  /** The groups of the newest version. */
  Found of(Dataset<Row> rows, Ask ask) {
    String signature = signature(ask);
    Optional<Groups> updated =
        Optional.ofNullable(kept.get(signature)).flatMap(it -> update(it, ask));
    Groups groups = updated.orElseGet(() -> Groups.of(rows, ask));
    kept.put(signature, new Kept(groups, files.version(), Set.copyOf(files.files())));
    return new Found(groups, updated.isEmpty());
  }

  /** Stores the groups of the newest version; those that nobody asks for any more are forgotten. */
  void store() {
    kept.values().removeIf(it -> it.version() != files.version());
    ObjectNode root = StoredJson.JSON.createObjectNode();
    kept.forEach(
        (signature, it) -> {
          ObjectNode node = root.putObject(signature);
          node.put("version", it.version())
              .put("single", it.groups().single())
              .put("groups", it.groups().groups())
              .put("rows", it.groups().rows());
          it.files().forEach(file -> StoredJson.add(node.withArray("files"), file));
        });
    stored.write(root);
  }

  private static Map<String, Kept> kept(JsonNode root) {
    Map<String, Kept> kept = new LinkedHashMap<>();
    root.fields()
        .forEachRemaining(
            entry -> {
              JsonNode it = entry.getValue();
              Set<DataFile> files = new HashSet<>();
              it.path("files").forEach(file -> files.add(StoredJson.file(file)));
              Groups groups =
                  new Groups(
                      it.get("single").asLong(),
                      it.get("groups").asLong(),
                      it.get("rows").asLong());
              kept.put(entry.getKey(), new Kept(groups, it.get("version").asLong(), files));
            });
    return kept;
  }

  private Optional<Groups> update(Kept before, Ask ask) {
    Set<DataFile> same = new HashSet<>(files.files());
    same.retainAll(before.files());
    Set<DataFile> added = new HashSet<>(files.files());
    added.removeAll(same);
    Set<DataFile> removed = new HashSet<>(before.files());
    removed.removeAll(same);
    if (added.isEmpty() && removed.isEmpty()) {
      return Optional.of(before.groups());
    }
    long changed = bytes(added) + bytes(removed);
    if (changed > MOST_CHANGED * bytes(files.files())) {
      return Optional.empty();
    }
    Room room = changed <= MOST_HELD ? Room.OF_EACH_TASK : Room.OF_ALL_TASKS;
    try {
      Dataset<Row> changes = keys(files, added, ask, 1);
      if (!removed.isEmpty()) {
        changes = changes.union(keys(table.filesOf(before.version()), removed, ask, -1));
      }
      return Optional.of(
          GroupChanges.apply(before.groups(), changes, keys(files, same, ask, 0), room));
    } catch (Exception e) { // Spark's are checked and undeclared.
      LOG.warn(
          "Cannot tell what changed in {} since version {}, so all groups are counted: {}",
          ref,
          before.version(),
          Reasons.of(e));
      return Optional.empty();
    }
  }

  private static long bytes(Collection<DataFile> files) {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** The grouped columns of the rows in groups, as {@link GroupChanges} reads them. */
  private Dataset<Row> keys(TableFiles version, Set<DataFile> some, Ask ask, int sign) {
    Dataset<Row> rows = LiveRows.of(ref.layer(), version.rows(some));
    Dataset<Row> asked = ask.where().map(where -> rows.filter(expr(where))).orElse(rows);
    List<String> names = Groups.columns(ask.subject());
    Column any = lit(false);
    Column[] selected = new Column[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      Column column = Columns.of(rows.schema(), names.get(i));
      any = any.or(column.isNotNull());
      selected[i] = column.as(GroupChanges.key(i));
    }
    selected[names.size()] = lit(sign).as(GroupChanges.SIGN);
    return asked.filter(any).select(selected);
  }

  /** What the numbers depend on besides the files. */
  private String signature(Ask ask) {
    List<String> types =
        Groups.columns(ask.subject()).stream()
            .map(name -> Columns.field(files.schema(), name))
            .map(field -> field.name() + " " + field.dataType().sql())
            .toList();
    return Signature.of(lake, types.toString(), ask.where().orElse(""), table.id());
  }
}
