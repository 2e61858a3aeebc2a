package io.tidemark.quality.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.DataFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructType;

/** The states of a table's data files, stored. */
final class StateFile {
  private static final String NAME = "files.json.gz";

  private final StoredJson stored;
  private final StructType columns;
  private final String signature;

  /**
   * The file of a table.
   *
   * @param columns of a state
   * @param signature of what the states depend on; states with another are not there
   */
  StateFile(Lake lake, Path folder, StructType columns, String signature) {
    this.stored = new StoredJson(lake, new Path(folder, NAME));
    this.columns = columns;
    this.signature = signature;
  }

  /** The states by file; a file without rows has one without columns. */
  Map<DataFile, Row> read() {
    return stored.read(this::states).orElseGet(LinkedHashMap::new);
  }

  private Map<DataFile, Row> states(JsonNode root) throws IOException {
    Map<DataFile, Row> states = new LinkedHashMap<>();
    if (signature.equals(root.path("signature").asText())) {
      for (JsonNode file : root.path("files")) {
        states.put(StoredJson.file(file), row(columns, file.get("state")));
      }
    }
    return states;
  }

  /** Replaces the states. */
  void write(Map<DataFile, Row> states) {
    ObjectNode root = StoredJson.JSON.createObjectNode().put("signature", signature);
    ArrayNode list = root.putArray("files");
    states.forEach((file, state) -> StoredJson.add(list, file).set("state", json(state)));
    stored.write(root);
  }

  private static ArrayNode json(Row row) {
    ArrayNode cells = StoredJson.JSON.createArrayNode();
    for (int i = 0; i < row.length(); i++) {
      Object cell = row.get(i);
      cells.add(cell instanceof Row inner ? json(inner) : StoredJson.JSON.valueToTree(cell));
    }
    return cells;
  }

  private static Row row(StructType columns, JsonNode cells) throws IOException {
    Object[] values = new Object[cells.size()];
    if (values.length != 0 && values.length != columns.length()) {
      throw new IOException("a state has other columns");
    }
    for (int i = 0; i < values.length; i++) {
      JsonNode cell = cells.get(i);
      values[i] = cell.isNull() ? null : cell(columns.fields()[i].dataType(), cell);
    }
    return RowFactory.create(values);
  }

  private static Object cell(DataType type, JsonNode value) throws IOException {
    if (type instanceof StructType inner) {
      return row(inner, value);
    } else if (type instanceof BinaryType) {
      return value.binaryValue();
    } else if (type instanceof DoubleType) {
      // JSON has no word for what is no number; Jackson writes it as text.
      return value.isTextual() ? Double.valueOf(value.asText()) : (Double) value.doubleValue();
    }
    return value.longValue();
  }
}
