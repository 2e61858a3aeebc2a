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
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON in a packed file of the lake that is never the truth about anything: what is lost is made
 * again.
 */
final class StoredJson {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(StoredJson.class);

  private final Lake lake;
  private final Path path;

  StoredJson(Lake lake, Path path) {
    this.lake = lake;
    this.path = path;
  }

  /** Makes something of what is stored. */
  interface Reader<T> {
    T read(JsonNode root) throws IOException;
  }

  /** What is made of what is stored; empty if there is nothing, or nothing that can be read. */
  <T> Optional<T> read(Reader<T> reader) {
    try (InputStream in = new GZIPInputStream(lake.files().open(path))) {
      return Optional.ofNullable(reader.read(JSON.readTree(in)));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // The first look at this table.
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot read {}, so all rows are read again: {}", path, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Replaces what is there. A file that is cut off cannot be read back, which its checksum tells.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if the lake does not answer
   */
  void write(ObjectNode root) {
    try (OutputStream out = new GZIPOutputStream(lake.files().create(path, true))) {
      JSON.writeValue(out, root);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(path.toString(), e);
    }
  }

  static ObjectNode add(ArrayNode list, DataFile file) {
    return list.addObject()
        .put("name", file.name())
        .put("deletes", file.deletes())
        .put("bytes", file.bytes());
  }

  static DataFile file(JsonNode node) {
    return new DataFile(
        node.get("name").asText(), node.get("deletes").asText(), node.get("bytes").asLong());
  }
}
