package io.tidemark.merge.gold;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What marts could not be made of, so that a continuous run does not try the same in each pass.
 *
 * <p>It is remembered by the process and not by the lake: a commit for it would be a version of the
 * mart, and a run that is started anew should try, since what was wrong may be outside the lake,
 * and should end with an exit code that says that gold is behind. For the same reason it is
 * forgotten after a while.
 */
final class Rejections {
  /** After which time the same is tried again: a check may depend on the time, or a network. */
  static final Duration STANDS = Duration.ofMinutes(10);

  private record Rejection(MartBasis basis, Instant at) {}

  private final Map<String, Rejection> rejections = new HashMap<>();

  void add(String mart, MartBasis basis, Instant at) {
    rejections.put(mart, new Rejection(basis, at));
  }

  void forget(String mart) {
    rejections.remove(mart);
  }

  /** Whether there is no reason to try this again. */
  boolean stands(String mart, MartBasis basis, Instant now) {
    Rejection last = rejections.get(mart);
    return last != null && last.basis().equals(basis) && now.isBefore(last.at().plus(STANDS));
  }

  boolean isEmpty() {
    return rejections.isEmpty();
  }
}
