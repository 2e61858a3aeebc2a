package io.tidemark.cli.check;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.util.Locale;

/**
 * One thing that was looked at, and how it is. Holds no secret.
 *
 * @param severity how much it matters
 * @param where the thing: the lake, a topic, a connector
 * @param what how it is
 * @param remedy what to do about it; empty if there is nothing to do
 * @param exitCode what a check that finds nothing worse ends with
 */
public record Finding(
    Severity severity, String where, String what, String remedy, ExitCode exitCode) {
  /** How much a finding matters. */
  public enum Severity {
    /** As it should be. */
    OK,
    /** Good to know; nothing to do. */
    NOTE,
    /** Data may be missing or look different than expected. */
    WARNING,
    /** The pipeline cannot run, or data is lost or wrong. */
    ERROR;

    /** The word in output. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses missing parts. */
  public Finding {
    requireNonNull(severity, "severity");
    requireNonNull(where, "where");
    requireNonNull(what, "what");
    requireNonNull(remedy, "remedy");
    requireNonNull(exitCode, "exitCode");
  }

  static Finding ok(String where, String what) {
    return new Finding(Severity.OK, where, what, "", ExitCode.DONE);
  }

  static Finding note(String where, String what, String remedy) {
    return new Finding(Severity.NOTE, where, what, remedy, ExitCode.DONE);
  }

  static Finding warning(String where, String what, String remedy) {
    return new Finding(Severity.WARNING, where, what, remedy, ExitCode.DONE);
  }

  static Finding error(String where, String what, String remedy) {
    return new Finding(Severity.ERROR, where, what, remedy, ExitCode.CONFIGURATION);
  }

  /** Something did not answer or does not run; trying again later may help. */
  static Finding unavailable(String where, String what, String remedy) {
    return new Finding(Severity.ERROR, where, what, remedy, ExitCode.UNAVAILABLE);
  }

  /** What ended one part of the check. */
  static Finding failure(String where, TidemarkException failure) {
    return new Finding(
        Severity.ERROR, where, failure.getMessage(), failure.remedy(), failure.exitCode());
  }
}
