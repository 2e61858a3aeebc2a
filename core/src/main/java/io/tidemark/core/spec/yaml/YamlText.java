package io.tidemark.core.spec.yaml;

import io.tidemark.core.error.Errors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a pipeline file, or the reason why there is none. */
final class YamlText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private YamlText() {}

  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw Errors.configuration(
          "Cannot read pipeline file " + file + ": it is a folder",
          "Name one file in it" + pipelineFiles(file) + ".");
    }
    if (!Files.exists(file)) {
      Path folder = file.toAbsolutePath().normalize().getParent();
      throw Errors.configuration(
          "Cannot read pipeline file " + file + ": no such file",
          "Correct the path; looked at "
              + file.toAbsolutePath().normalize()
              + pipelineFiles(folder)
              + ".");
    }
    try {
      return withoutMark(decoded(file, Files.readAllBytes(file)));
    } catch (IOException e) {
      throw Errors.configuration(
          "Cannot read pipeline file " + file + ": " + e, "Make the file readable for this user.");
    }
  }

  static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static String decoded(Path file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      return out.flip().toString();
    }
    long line = out.flip().chars().filter(c -> c == '\n').count() + 1;
    throw Errors.configuration(
        "Cannot read pipeline file " + file + ": line " + line + " is not UTF-8 text",
        "Save the file with the encoding UTF-8.");
  }

  private static String pipelineFiles(Path folder) {
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yml") || name.endsWith(".yaml"))
              .sorted()
              .toList();
      return names.isEmpty()
          ? ""
          : names.stream().collect(Collectors.joining(", ", " (there are: ", ")"));
    } catch (IOException | UncheckedIOException e) {
      return " (its folder cannot be listed: " + e + ")";
    }
  }
}
