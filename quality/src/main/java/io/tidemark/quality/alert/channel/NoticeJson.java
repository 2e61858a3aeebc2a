package io.tidemark.quality.alert.channel;

import io.tidemark.core.json.JsonLine;
import java.util.Map;

/** Notices as JSON on one line. */
final class NoticeJson {
  private NoticeJson() {}

  /** For programs. */
  static String line(Notice notice) {
    return JsonLine.of(notice.asMap());
  }

  /** As Slack's incoming webhooks, and those that took over their form, want it. */
  static String chat(Notice notice) {
    return JsonLine.of(
        Map.of("text", "*" + escaped(notice.headline()) + "*\n" + escaped(notice.body())));
  }

  /** Of these three characters Slack makes links and mentions. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
