package io.tidemark.cli.letters;

import io.tidemark.core.error.Errors;
import io.tidemark.ingest.letters.LetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which dead letters a verb is about. */
final class LetterOptions {
  private static final String TIME =
      "a time such as 2026-11-21T03:00:00Z, a day, or how long ago: 30m, 2h, 7d";

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only letters of this lake table; '-' for those of none")
  private String table;

  @Option(names = "--reason", paramLabel = "REASON", description = "Only letters of this reason")
  private String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only letters first seen then or later: " + TIME)
  private String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only letters first seen before then")
  private String until;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Only this letter; may be given several times")
  private List<String> ids = List.of();

  LetterFilter filter(Instant now) {
    return new LetterFilter(
        Optional.ofNullable(table),
        Optional.ofNullable(reason).map(r -> r.toUpperCase(Locale.ROOT)),
        Optional.ofNullable(since).map(text -> time("--since", text, now)),
        Optional.ofNullable(until).map(text -> time("--until", text, now)),
        ids);
  }

  static Instant time(String option, String text, Instant now) {
    try {
      if (text.matches("\\d+[smh]")) {
        return now.minus(Duration.parse("PT" + text));
      }
      if (text.matches("\\d+[dD]")) {
        return now.minus(Duration.parse("P" + text));
      }
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw Errors.configuration("Invalid " + option + ": '" + text + "'", "Write " + TIME);
    }
  }
}
