package io.tidemark.core.run;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names of runs: when they began, and a few characters by which two of one second differ. */
public final class RunIds {
  /** What every name of a run looks like. */
  public static final Pattern FORM = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{4}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** The name of a run that begins now. */
  public static String next(Clock clock) {
    return TIME.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 4);
  }
}
