package io.tidemark.cli.letters;

import io.tidemark.core.json.JsonLine;
import io.tidemark.ingest.letters.Letter;
import io.tidemark.ingest.letters.LetterGroup;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Dead letters as lines for people and for programs. */
final class LetterLines {
  private static final String GROUP = "%-20s %-22s %-10s %8s  %-20s %s";
  private static final int HEX_LINE = 32;

  /** Whether the bytes of sealed letters are shown. */
  enum Bytes {
    HIDDEN,
    REVEALED
  }

  private LetterLines() {}

  static String heading() {
    return GROUP.formatted("TABLE", "REASON", "STATUS", "LETTERS", "NEWEST (UTC)", "EXAMPLE");
  }

  static String of(LetterGroup group) {
    return GROUP.formatted(
        group.table().orElse("-"),
        group.reason(),
        word(group.status()),
        "%,d".formatted(group.letters()),
        shown(group.newest()),
        group.example() + ": " + group.message());
  }

  static String json(LetterGroup group) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("table", group.table().orElse(null));
    line.put("reason", group.reason());
    line.put("status", word(group.status()));
    line.put("letters", group.letters());
    line.put("oldest", group.oldest().toString());
    line.put("newest", group.newest().toString());
    line.put("example", group.example());
    line.put("message", group.message());
    return JsonLine.of(line);
  }

  static List<String> of(Letter letter, Bytes bytes) {
    List<String> lines = new ArrayList<>();
    lines.add("id            " + letter.id());
    lines.add("table         " + letter.table().orElse("-"));
    lines.add("status        " + letter.decision().orElse(word(letter.status())));
    lines.add("reason        " + letter.reason());
    lines.add("message       " + letter.message());
    lines.add("stage         " + letter.stage());
    lines.add("attempts      " + letter.attempts());
    lines.add("first seen    " + letter.firstSeen());
    lines.add("last attempt  " + letter.lastAttempt());
    lines.add("record time   " + letter.recordTime().map(Instant::toString).orElse("-"));
    if (letter.sealed() && bytes == Bytes.HIDDEN) {
      lines.add("key, value and headers are sealed, because the table has masked columns;");
      lines.add("--reveal shows them as they came");
      return lines;
    }
    part(lines, "key", letter.key());
    part(lines, "value", letter.value());
    letter.headers().forEach(header -> part(lines, "header " + header.name(), header.value()));
    return lines;
  }

  private static void part(List<String> lines, String name, byte[] bytes) {
    if (bytes == null) {
      lines.add(name + ": null");
      return;
    }
    Optional<String> text = text(bytes);
    lines.add("%s, %,d bytes%s:".formatted(name, bytes.length, text.isPresent() ? "" : " as hex"));
    if (text.isPresent()) {
      lines.add("  " + text.get());
      return;
    }
    for (int from = 0; from < bytes.length; from += HEX_LINE) {
      int to = Math.min(bytes.length, from + HEX_LINE);
      lines.add("  " + HexFormat.ofDelimiter(" ").formatHex(bytes, from, to));
    }
  }

  static String json(Letter letter, Bytes bytes) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", letter.id());
    line.put("table", letter.table().orElse(null));
    line.put("status", word(letter.status()));
    line.put("decision", letter.decision().orElse(null));
    line.put("reason", letter.reason());
    line.put("message", letter.message());
    line.put("stage", letter.stage());
    line.put("attempts", letter.attempts());
    line.put("first_seen", letter.firstSeen().toString());
    line.put("last_attempt", letter.lastAttempt().toString());
    line.put("record_time", letter.recordTime().map(Instant::toString).orElse(null));
    line.put("sealed", letter.sealed());
    if (!letter.sealed() || bytes == Bytes.REVEALED) {
      put(line, "key", letter.key());
      put(line, "value", letter.value());
      List<Map<String, Object>> headers = new ArrayList<>();
      for (Letter.Header header : letter.headers()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", header.name());
        put(one, "value", header.value());
        headers.add(one);
      }
      line.put("headers", headers);
    }
    return JsonLine.of(line);
  }

  private static void put(Map<String, Object> line, String name, byte[] bytes) {
    Optional<String> text = bytes == null ? Optional.empty() : text(bytes);
    if (bytes == null || text.isPresent()) {
      line.put(name, text.orElse(null));
    } else {
      line.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** The bytes as text, if they are UTF-8 without control characters but blanks. */
  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean plain =
          text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
      return plain ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty(); // Bytes, then.
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
  }
}
