package io.tidemark.quality.alert.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Notices as JSON on one line. */
final class NoticeJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NoticeJson() {}

  /** For programs. */
  static String line(Notice notice) {
    return write(notice.asMap());
  }

  /** As Slack's incoming webhooks, and those that took over their form, want it. */
  static String chat(Notice notice) {
    return write(Map.of("text", "*" + escaped(notice.headline()) + "*\n" + escaped(notice.body())));
  }

  /** Of these three characters Slack makes links and mentions. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String write(Map<String, Object> value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a map as JSON", e);
    }
  }
}
