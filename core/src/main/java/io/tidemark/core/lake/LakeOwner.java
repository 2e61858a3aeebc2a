package io.tidemark.core.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.error.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;

/**
 * Claims a lake for a pipeline and its source.
 *
 * <p>Offsets and positions mean nothing against another source: a lake that was fed from one Kafka
 * cluster must never be continued from another. The claim is a small file that the first run writes
 * and every later one compares.
 */
public final class LakeOwner {
  /** The layout this version writes; raised when an older version could misread the lake. */
  static final int FORMAT = 1;

  private static final String FILE = "lake.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LakeOwner() {}

  /**
   * Claims the lake, or checks the claim that is there.
   *
   * @param pipeline the pipeline's name
   * @param source the source's identity, such as its Kafka cluster's id and its topics
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the lake is newer than
   *     this version or the pipeline's source was another one
   */
  public static void claim(Lake lake, String pipeline, String source) {
    Path file = new Path(lake.own(), FILE);
    try {
      JsonNode found = read(lake.files(), file);
      requireKnownFormat(lake.toString(), found);
      JsonNode owner = found.path("pipelines").path(pipeline);
      if (owner.isMissingNode()) {
        write(lake, file, withPipeline((ObjectNode) found, pipeline, source));
      } else if (!owner.asText().equals(source)) {
        throw Errors.foreignLake(lake.toString(), pipeline, owner.asText(), source);
      }
    } catch (IOException e) {
      throw Errors.lakeUnreachable(lake.toString(), e);
    }
  }

  /**
   * Lets another source feed a pipeline from now on.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the lake is newer than
   *     this version
   */
  public static void adopt(Lake lake, String pipeline, String source) {
    Path file = new Path(lake.own(), FILE);
    try {
      JsonNode found = read(lake.files(), file);
      requireKnownFormat(lake.toString(), found);
      write(lake, file, withPipeline((ObjectNode) found, pipeline, source));
    } catch (IOException e) {
      throw Errors.lakeUnreachable(lake.toString(), e);
    }
  }

  /**
   * Remembers what masking keys the lake was masked with, or checks what is remembered.
   *
   * @param checks by key id a text that stands for the secret
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if a key has another secret
   *     than before: equal values would no longer have equal masks
   */
  public static void claimMaskingKeys(Lake lake, Map<String, String> checks) {
    Path file = new Path(lake.own(), FILE);
    try {
      ObjectNode claims = (ObjectNode) read(lake.files(), file);
      ObjectNode known = claims.withObject("/masking_keys");
      boolean news = false;
      for (Map.Entry<String, String> check : checks.entrySet()) {
        String before = known.path(check.getKey()).asText(check.getValue());
        if (!before.equals(check.getValue())) {
          throw Errors.maskingKeyChanged(lake.toString(), check.getKey());
        }
        news |= !known.has(check.getKey());
        known.put(check.getKey(), check.getValue());
      }
      if (news) {
        write(lake, file, claims.put("format", FORMAT));
      }
    } catch (IOException e) {
      throw Errors.lakeUnreachable(lake.toString(), e);
    }
  }

  /**
   * Refuses a lake that a newer version wrote; a lake nobody claimed yet is fine.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it is newer
   */
  public static void requireReadable(Lake lake) {
    try {
      requireKnownFormat(lake.toString(), read(lake.files(), new Path(lake.own(), FILE)));
    } catch (IOException e) {
      throw Errors.lakeUnreachable(lake.toString(), e);
    }
  }

  /**
   * Which source feeds which pipeline of the lake in a folder; for checks without a Spark session.
   *
   * @return source by pipeline's name; empty if nobody has claimed the lake yet
   * @throws IOException if the claims cannot be read
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the lake is newer than
   *     this version
   */
  public static Map<String, String> sources(FileSystem files, Path root) throws IOException {
    JsonNode claims = read(files, new Path(new Path(root, Lake.OWN), FILE));
    requireKnownFormat(root.toString(), claims);
    Map<String, String> sources = new TreeMap<>();
    claims
        .path("pipelines")
        .fields()
        .forEachRemaining(claim -> sources.put(claim.getKey(), claim.getValue().asText()));
    return sources;
  }

  private static void requireKnownFormat(String lake, JsonNode claims) {
    int format = claims.path("format").asInt(FORMAT);
    if (format > FORMAT) {
      throw Errors.newerLake(lake, format, FORMAT);
    }
  }

  private static ObjectNode withPipeline(ObjectNode claims, String pipeline, String source) {
    claims.put("format", FORMAT);
    claims.withObject("/pipelines").put(pipeline, source);
    return claims;
  }

  private static JsonNode read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      JsonNode claims = JSON.readTree(in);
      // A run that was killed between creating the file and writing it claimed nothing.
      return claims.isMissingNode() ? JSON.createObjectNode() : claims;
    } catch (FileNotFoundException e) {
      return JSON.createObjectNode(); // A new lake.
    }
  }

  /** Replaces the file at once: a reader sees the old claims or the new ones, never a part. */
  private static void write(Lake lake, Path file, ObjectNode claims) throws IOException {
    lake.files().mkdirs(file.getParent());
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(claims);
    try (OutputStream out =
        CheckpointFileManager.create(file, lake.files().getConf()).createAtomic(file, true)) {
      out.write(text);
    }
  }
}
