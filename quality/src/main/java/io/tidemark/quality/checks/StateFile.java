package io.tidemark.quality.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.DataFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of a table's files in one file. It is never the truth about anything: what is lost is
 * made again.
 */
final class StateFile {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "files.json.gz";

  private final Lake lake;
  private final Path path;
  private final StructType columns;
  private final String signature;

  /**
   * The file of a table.
   *
   * @param columns of a state
   * @param signature of what the states depend on; states with another are not there
   */
  StateFile(Lake lake, Path folder, StructType columns, String signature) {
    this.lake = lake;
    this.path = new Path(folder, NAME);
    this.columns = columns;
    this.signature = signature;
  }

  /** The states by file; a file without rows has one without columns. */
  Map<DataFile, Row> read() {
    Map<DataFile, Row> states = new LinkedHashMap<>();
    try (InputStream in = new GZIPInputStream(files().open(path))) {
      JsonNode root = JSON.readTree(in);
      if (!signature.equals(root.path("signature").asText())) {
        return states;
      }
      for (JsonNode file : root.path("files")) {
        states.put(
            new DataFile(file.get("name").asText(), file.get("deletes").asText()),
            row(columns, file.get("state")));
      }
      return states;
    } catch (FileNotFoundException e) {
      return states; // The first look at this table.
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot read {}, so all rows are read again: {}", path, e.getMessage());
      return new LinkedHashMap<>();
    }
  }

  /**
   * Replaces what is there. A file that is cut off cannot be read back, which its checksum tells.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if the lake does not answer
   */
  void write(Map<DataFile, Row> states) {
    ObjectNode root = JSON.createObjectNode().put("signature", signature);
    ArrayNode list = root.putArray("files");
    states.forEach(
        (file, state) ->
            list.addObject()
                .put("name", file.name())
                .put("deletes", file.deletes())
                .set("state", json(state)));
    try (OutputStream out = new GZIPOutputStream(files().create(path, true))) {
      JSON.writeValue(out, root);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(path.toString(), e);
    }
  }

  private FileSystem files() throws IOException {
    return path.getFileSystem(lake.spark().sparkContext().hadoopConfiguration());
  }

  private static ArrayNode json(Row row) {
    ArrayNode cells = JSON.createArrayNode();
    for (int i = 0; i < row.length(); i++) {
      Object cell = row.get(i);
      cells.add(cell instanceof Row inner ? json(inner) : JSON.valueToTree(cell));
    }
    return cells;
  }

  private static Row row(StructType columns, JsonNode cells) throws IOException {
    Object[] values = new Object[cells.size()];
    if (values.length != 0 && values.length != columns.length()) {
      throw new IOException("a state has other columns");
    }
    for (int i = 0; i < values.length; i++) {
      StructField field = columns.fields()[i];
      values[i] = cells.get(i).isNull() ? null : cell(field.dataType(), cells.get(i));
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
