package io.tidemark.quality.alert.channel;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.AlertKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a channel is told.
 *
 * @param kind what raised the alert
 * @param table the table with its layer; {@code *} for the whole pipeline
 * @param check which check, step or verb of the table it is about; empty if there is one only
 * @param message what is wrong, or was
 * @param remedy the next step for the reader
 * @param since when it began
 * @param at when this is said
 */
public record Notice(
    Event event,
    String pipeline,
    AlertKind kind,
    String table,
    String check,
    Severity severity,
    String message,
    String remedy,
    Instant since,
    Instant at) {

  /** Why a channel is told. */
  public enum Event {
    RAISED,
    /** It has become more severe. */
    ESCALATED,
    /** It lasts, and the pipeline wants to be reminded. */
    REMINDER,
    RESOLVED,
    /** Somebody tries the channel. */
    TEST;

    /** The word for it in messages. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A message by which an operator tries a channel. */
  public static Notice test(String pipeline, Instant at) {
    return new Notice(
        Event.TEST,
        pipeline,
        AlertKind.RUN,
        "*",
        "test",
        Severity.WARN,
        "This is a test: alerts of this pipeline arrive here",
        "Nothing is to be done",
        at,
        at);
  }

  /** Event, pipeline and place on one line. */
  public String headline() {
    String what =
        switch (event) {
          case RAISED, ESCALATED -> severity.word().toUpperCase(Locale.ROOT);
          case REMINDER -> "STILL " + severity.word().toUpperCase(Locale.ROOT);
          case RESOLVED -> "RESOLVED";
          case TEST -> "TEST";
        };
    String where = table.equals("*") ? "" : " " + table;
    return "%s %s%s: %s%s"
        .formatted(what, pipeline, where, kind.word(), check.isEmpty() ? "" : " (" + check + ")");
  }

  /** For people: what, since when, and what to do. */
  public String body() {
    return event == Event.RESOLVED
        ? "It was: %s%nFrom %s to %s".formatted(message, since, at)
        : "%s%nSince %s%n-> %s".formatted(message, since, remedy);
  }

  /** For programs. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("event", event.word());
    map.put("severity", severity.word());
    map.put("pipeline", pipeline);
    map.put("kind", kind.word());
    map.put("table", table);
    map.put("check", check);
    map.put("message", message);
    map.put("remedy", remedy);
    map.put("since", since.toString());
    map.put("at", at.toString());
    return map;
  }
}
