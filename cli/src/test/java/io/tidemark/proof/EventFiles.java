package io.tidemark.proof;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** A folder of event files: one record a line, as the file source reads them. */
final class EventFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path folder;
  private final SplittableRandom random;
  private int written;

  EventFiles(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Writes records, in their order, to one or more files, plain or compressed. */
  void write(List<SourceRecord> records) {
    int from = 0;
    if (random.nextBoolean()) {
      from = random.nextInt(records.size() + 1);
      writeOne(records.subList(0, from));
    }
    writeOne(records.subList(from, records.size()));
  }

  private void writeOne(List<SourceRecord> records) {
    boolean packed = random.nextBoolean();
    Path file = folder.resolve("%06d.json%s".formatted(written++, packed ? ".gz" : ""));
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = packed ? new GZIPOutputStream(plain) : plain) {
      for (SourceRecord record : records) {
        out.write((line(record) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(SourceRecord record) {
    StringBuilder line = new StringBuilder();
    line.append(
        "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"timestamp\":%d"
            .formatted(
                record.topic(), record.partition(), record.offset(), SourceRecord.RECORD_TIME));
    line.append(',').append(field("key", record.key()));
    line.append(',').append(field("value", record.value()));
    if (!record.headers().isEmpty()) {
      line.append(",\"headers\":{");
      String comma = "";
      for (Map.Entry<String, String> header : record.headers().entrySet()) {
        line.append(comma)
            .append(text(header.getKey()))
            .append(':')
            .append(text(header.getValue()));
        comma = ",";
      }
      line.append('}');
    }
    return line.append('}').toString();
  }

  /** JSON as it is, or any text as text or as bytes. */
  private String field(String name, String content) {
    if (content == null) {
      return "\"" + name + "\":null";
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> "\"" + name + "Base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
      case 1 -> "\"" + name + "\":" + text(content);
      default -> "\"" + name + "\":" + (isJson(content) ? content : text(content));
    };
  }

  private static boolean isJson(String content) {
    try {
      return JSON.readTree(content) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(String content) {
    return JsonNodeFactory.instance.textNode(content).toString();
  }
}
