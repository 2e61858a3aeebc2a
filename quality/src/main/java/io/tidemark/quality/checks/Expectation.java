package io.tidemark.quality.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in words what a measure should be. */
public final class Expectation {
  private Expectation() {}

  /**
   * What a check expects, such as {@code at least 0.95}; {@code anything} if it expects nothing.
   */
  public static String of(DatasetCheck check) {
    List<String> parts = new ArrayList<>();
    if (!check.bounds().areNone()) {
      parts.add(of(check.subject(), check.bounds()));
    }
    check.anomaly().ifPresent(anomaly -> parts.add(of(check.subject(), anomaly)));
    return parts.isEmpty() ? "anything" : String.join("; ", parts);
  }

  private static String of(Subject subject, Bounds bounds) {
    if (subject instanceof Subject.Schema) {
      return "the declared columns";
    }
    String tolerance =
        bounds.tolerance() == 0 ? "" : ", give or take " + Numbers.text(bounds.tolerance());
    Optional<String> least = bounds.atLeast().map(value -> Numbers.text(subject, value));
    Optional<String> most = bounds.atMost().map(value -> Numbers.text(subject, value));
    if (least.isPresent() && least.equals(most)) {
      return "exactly " + least.get() + tolerance;
    }
    if (least.isPresent() && most.isPresent()) {
      return "between " + least.get() + " and " + most.get() + tolerance;
    }
    return least.map(value -> "at least " + value).orElseGet(() -> "at most " + most.orElseThrow())
        + tolerance;
  }

  static String of(Subject subject, Anomaly anomaly) {
    if (anomaly instanceof Anomaly.AbsoluteChange its) {
      return change(
          its.maxDecrease().map(by -> Numbers.text(subject, by)),
          its.maxIncrease().map(by -> Numbers.text(subject, by)));
    } else if (anomaly instanceof Anomaly.RelativeChange its) {
      return change(
          its.maxDecrease().map(Numbers::percent), its.maxIncrease().map(Numbers::percent));
    } else if (anomaly instanceof Anomaly.Deviation its) {
      return "within %s standard deviations of its history"
          .formatted(Numbers.text(its.deviations()));
    }
    return "within %s standard deviations of the same weekdays"
        .formatted(Numbers.text(((Anomaly.Weekday) anomaly).deviations()));
  }

  private static String change(Optional<String> less, Optional<String> more) {
    if (less.isEmpty() && more.isEmpty()) {
      return "any change";
    }
    List<String> parts = new ArrayList<>();
    less.ifPresent(by -> parts.add("at most " + by + " less"));
    more.ifPresent(by -> parts.add("at most " + by + " more"));
    return String.join(" and ", parts) + " than last time";
  }
}
