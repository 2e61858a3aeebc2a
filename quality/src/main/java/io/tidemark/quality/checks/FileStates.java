package io.tidemark.quality.checks;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.DataFile;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableFiles;
import io.tidemark.quality.deequ.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The states of a table's data files, so that a file is read once for all checks of all its days.
 *
 * <p>A file never changes, and a version is a set of files with the rows that are deleted of each.
 * So the state of a version is the sum of the states of its files, whatever made it: an append, a
 * MERGE, a compaction. A file whose deleted rows changed is another file here. What cannot be read
 * back, or was made by other checks, counts as not there.
 */
final class FileStates {
  private final Lake lake;
  private final TableRef ref;
  private final LakeTable table;
  private final TableFiles files;
  private int read;

  FileStates(Lake lake, TableRef ref, LakeTable table, TableFiles files) {
    this.lake = lake;
    this.ref = ref;
    this.table = table;
    this.files = files;
  }

  /** Of how many files the rows were read. */
  int read() {
    return read;
  }

  /** The states of all files, of which those that are not kept are made in one pass. */
  List<Row> of(Scan scan) {
    StructType columns = scan.stateColumns(rows(List.of()));
    StateFile file = new StateFile(lake, lake.states(ref), columns, signature(scan));
    Map<DataFile, Row> kept = file.read();
    Set<DataFile> wanted = Set.copyOf(files.files());
    List<DataFile> missing = wanted.stream().filter(name -> !kept.containsKey(name)).toList();
    boolean same = missing.isEmpty() && kept.size() == wanted.size();
    kept.keySet().retainAll(wanted);
    if (!missing.isEmpty()) {
      kept.putAll(made(scan, missing));
      read = Math.max(read, missing.size());
    }
    if (!same) {
      file.write(kept);
    }
    return kept.values().stream().filter(state -> state.length() > 0).toList();
  }

  /** Files whose rows are all deleted have a state, too: none. */
  private Map<DataFile, Row> made(Scan scan, List<DataFile> missing) {
    Map<String, Row> found =
        scan.states(rows(missing), TableFiles.FILE).stream()
            .collect(Collectors.toMap(row -> row.getString(0), FileStates::state));
    Map<DataFile, Row> states = new LinkedHashMap<>();
    for (DataFile file : missing) {
      states.put(file, found.getOrDefault(file.name(), RowFactory.create()));
    }
    return states;
  }

  private static Row state(Row row) {
    List<Object> cells = new ArrayList<>();
    for (int i = 1; i < row.length(); i++) {
      cells.add(row.get(i));
    }
    return RowFactory.create(cells.toArray());
  }

  private Dataset<Row> rows(List<DataFile> some) {
    return LiveRows.of(ref.layer(), files.rows(some));
  }

  /** What the states depend on besides the files. */
  private String signature(Scan scan) {
    return Signature.of(lake, scan.asked().toString(), table.id(), files.schema().json());
  }
}
