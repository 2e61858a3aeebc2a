package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.Term;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.Lag;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * What rises when a row changes, as numbers: microseconds since 1970 of times, days of dates.
 *
 * @param term its value
 * @param kind how texts of it are read
 */
record Watermark(String sql, DatabaseType type, Kind kind) implements Serializable {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final Set<String> NUMBERS =
      Set.of("int2", "int4", "int8", "smallint", "mediumint", "int", "bigint", "tinyint");
  private static final Set<String> TIMES = Set.of("timestamp", "timestamptz", "datetime");

  /** How texts of a watermark are read. */
  enum Kind {
    TIME,
    DATE,
    NUMBER
  }

  /**
   * The watermark of a table.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if its type has no order that
   *     can be counted
   */
  static Watermark of(String table, String written, Term term) {
    DatabaseType type = term.type();
    if (TIMES.contains(type.name())) {
      return new Watermark(term.sql(), type, Kind.TIME);
    }
    if (type.name().equals("date")) {
      return new Watermark(term.sql(), type, Kind.DATE);
    }
    boolean whole = type.name().equals("numeric") || type.name().equals("decimal");
    if (NUMBERS.contains(type.name())
        || whole && type.scale() == 0 && type.precision().orElse(99) <= 18) {
      return new Watermark(term.sql(), type, Kind.NUMBER);
    }
    throw Errors.configuration(
        "Cannot poll table '%s' by the watermark '%s': it is a %s".formatted(table, written, type),
        "Take a column or expression that is a time, a date or a whole number");
  }

  Term term() {
    return new Term(sql, type);
  }

  /** The number of a text. */
  long number(String text) {
    return switch (kind) {
      case NUMBER -> Long.parseLong(text);
      case DATE -> isOutside(text) ? outside(text) : LocalDate.parse(text).toEpochDay();
      case TIME -> isOutside(text) ? outside(text) : micros(text);
    };
  }

  /** PostgreSQL's infinities, and years before the first. */
  private static boolean isOutside(String text) {
    return text.endsWith("infinity") || text.endsWith(" BC");
  }

  private static long outside(String text) {
    return text.equals("infinity") ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  private static long micros(String text) {
    String local = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    LocalDateTime time = LocalDateTime.parse(local.replace(' ', 'T'));
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1_000;
  }

  /** The text of a number, as the database takes it. */
  String text(long number) {
    return switch (kind) {
      case NUMBER -> Long.toString(number);
      case DATE -> LocalDate.ofEpochDay(number).toString();
      case TIME -> {
        LocalDateTime time =
            LocalDateTime.ofInstant(Instant.EPOCH.plus(number, ChronoUnit.MICROS), ZoneOffset.UTC);
        String zone = type.name().equals("timestamptz") ? "+00" : "";
        yield DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time).replace('T', ' ') + zone;
      }
    };
  }

  /** The number of a moment of the database's clock; the greatest for plain numbers. */
  long clock(Instant clock) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock);
    return switch (kind) {
      case NUMBER -> Long.MAX_VALUE;
      case DATE -> Math.floorDiv(micros, MICROS_PER_DAY);
      case TIME -> micros;
    };
  }

  /**
   * What a poll keeps of the highest number that it saw: of all numbers of the future one behind
   * its clock, so that they are known to be there.
   */
  long kept(long highest, Instant clock) {
    long now = clock(clock);
    return highest > now ? now + 1 : highest;
  }

  /** Whether a poll that kept this number had seen numbers of the future. */
  boolean isFuture(long kept, Instant clock) {
    return kept > clock(clock);
  }

  /** Of what a poll kept, the highest number that is none of the future. */
  long known(long kept, Instant clock) {
    return Math.min(kept, clock(clock));
  }

  /** The moment of a number; empty for plain numbers. */
  Optional<Instant> instant(long number) {
    return switch (kind) {
      case NUMBER -> Optional.empty();
      case DATE -> Optional.of(Instant.EPOCH.plus(number, ChronoUnit.DAYS));
      case TIME -> Optional.of(Instant.EPOCH.plus(number, ChronoUnit.MICROS));
    };
  }

  /** When a row changed, in microseconds since 1970; empty numbers tell no time. */
  long micros(String text, long otherwise) {
    return switch (kind) {
      case NUMBER -> otherwise;
      case DATE -> within(number(text), Math.floorDiv(otherwise, MICROS_PER_DAY)) * MICROS_PER_DAY;
      case TIME -> within(number(text), otherwise);
    };
  }

  /** A change is not later than the view that shows it, and not before all times. */
  private static long within(long number, long latest) {
    return number == Long.MIN_VALUE ? latest : Math.min(number, latest);
  }

  /**
   * The number from which a poll begins.
   *
   * @param high the highest number of which all rows are known
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the lag is a time and the
   *     watermark is none, or the other way around
   */
  long from(String table, long high, Lag lag) {
    if (lag.isNumber() && kind != Kind.NUMBER) {
      throw Errors.configuration(
          "Cannot poll table '%s': its lag is the number %d, and its watermark is a %s"
              .formatted(table, lag.number(), type),
          "Write 'tables.%s.lag' as a duration, such as 10m".formatted(table));
    }
    long micros = lag.time().toNanos() / 1_000;
    return switch (kind) {
      case NUMBER -> high - lag.number();
      case DATE -> high + Math.floorDiv(-micros, MICROS_PER_DAY);
      case TIME -> high - micros;
    };
  }
}
