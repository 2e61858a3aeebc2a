package io.tidemark.quality.checks;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Place;

/**
 * What a look at a checks file beside the lake's tables found.
 *
 * @param at where in the file
 * @param what how it is, with the dotted key in front
 * @param remedy what to do about it
 */
public record ChecksFinding(Kind kind, Place at, String what, String remedy) {
  /** How much a finding matters. */
  public enum Kind {
    /** The check cannot be made. */
    PROBLEM,
    /** It can be made, and may say something else than is expected. */
    WARNING,
    /** What it is about does not exist yet. */
    NOT_YET
  }

  public ChecksFinding {
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
    requireNonNull(what, "what");
    requireNonNull(remedy, "remedy");
  }
}
