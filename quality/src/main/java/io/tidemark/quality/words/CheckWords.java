package io.tidemark.quality.words;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a dataset check expects, as a sentence without its full stop. */
public final class CheckWords {
  private static final MathContext SHOWN = new MathContext(6);

  private CheckWords() {}

  /** The whole expectation, such as {@code email has a value in at least 95 % of rows}. */
  public static String of(DatasetCheck check) {
    List<String> requirements = new ArrayList<>();
    if (check.bounds().areNone()) {
      requirements.add(measure(check.subject()));
    } else {
      requirements.add(bounded(check.subject(), check.bounds()));
    }
    check.anomaly().ifPresent(anomaly -> requirements.add(of(anomaly)));
    String words = String.join(check.bounds().areNone() ? " " : ", and it ", requirements);
    String of = words.endsWith("rows") ? " where " : ", of rows where ";
    return check
        .where()
        .map(where -> words + of + Condition.of(where).words().orElse(where))
        .orElse(words);
  }

  private static String bounded(Subject subject, Bounds bounds) {
    Optional<String> share = SubjectWords.share(subject);
    if (share.isPresent()) {
      boolean all = bounds.atLeast().filter(least -> least == 1).isPresent();
      return share.get()
          + " in "
          + (all && bounds.tolerance() == 0
              ? "all rows"
              : range(bounds, CheckWords::percent) + " of rows");
    } else if (subject instanceof Subject.Schema) {
      return SubjectWords.name(subject);
    } else if (subject instanceof Subject.Freshness freshness) {
      return "the newest %s is %s old"
          .formatted(freshness.column(), range(bounds, CheckWords::age));
    }
    return SubjectWords.name(subject) + " is " + range(bounds, CheckWords::number);
  }

  private static String measure(Subject subject) {
    return SubjectWords.share(subject)
        .map(share -> "the share of rows in which " + share)
        .orElseGet(() -> SubjectWords.name(subject));
  }

  private interface Form {
    String of(double value);
  }

  private static String range(Bounds bounds, Form form) {
    Optional<String> least = bounds.atLeast().map(form::of);
    Optional<String> most = bounds.atMost().map(form::of);
    String tolerance =
        bounds.tolerance() > 0 ? ", give or take " + form.of(bounds.tolerance()) : "";
    if (least.isPresent() && least.equals(most)) {
      return "exactly " + least.get() + tolerance;
    } else if (least.isPresent() && most.isPresent()) {
      return "between " + least.get() + " and " + most.get() + tolerance;
    } else if (most.isPresent()) {
      return "at most " + most.get() + tolerance;
    }
    return "at least " + least.orElseThrow() + tolerance;
  }

  private static String of(Anomaly anomaly) {
    if (anomaly instanceof Anomaly.AbsoluteChange change) {
      return change(
          change.maxDecrease().map(CheckWords::number),
          change.maxIncrease().map(CheckWords::number));
    } else if (anomaly instanceof Anomaly.RelativeChange change) {
      return change(
          change.maxDecrease().map(CheckWords::percent),
          change.maxIncrease().map(CheckWords::percent));
    } else if (anomaly instanceof Anomaly.Deviation deviation) {
      return "stays within %s standard deviations of its history (judged after %d measures)"
          .formatted(number(deviation.deviations()), deviation.minHistory());
    }
    Anomaly.Weekday weekday = (Anomaly.Weekday) anomaly;
    return ("stays within %s standard deviations of earlier days of the same weekday (judged after"
            + " %d of them)")
        .formatted(number(weekday.deviations()), weekday.minHistory());
  }

  private static String change(Optional<String> decrease, Optional<String> increase) {
    List<String> limits = new ArrayList<>();
    decrease.ifPresent(limit -> limits.add("falls by no more than " + limit));
    increase.ifPresent(limit -> limits.add("rises by no more than " + limit));
    if (limits.isEmpty()) {
      return "changes as it likes from one look to the next";
    }
    return String.join(" and ", limits) + " from one look to the next";
  }

  private static String percent(double share) {
    return number(share * 100) + " %";
  }

  private static String age(double seconds) {
    Duration age = Duration.ofMillis(Math.round(seconds * 1000));
    if (age.toSeconds() >= 7200 && age.toHoursPart() > 0 || age.toHours() == 24) {
      return unit(age.toMinutes() / 60.0, "hour");
    } else if (age.toDays() > 0) {
      return unit(age.toMinutes() / 1440.0, "day");
    } else if (age.toMinutes() >= 60) {
      return unit(age.toSeconds() / 3600.0, "hour");
    }
    return age.toSeconds() >= 60 ? unit(age.toSeconds() / 60.0, "minute") : unit(seconds, "second");
  }

  private static String unit(double count, String unit) {
    return number(count) + " " + unit + (count == 1 ? "" : "s");
  }

  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(SHOWN).stripTrailingZeros();
    return rounded.scale() <= 0
        ? String.format(Locale.ROOT, "%,d", rounded.toBigInteger())
        : rounded.toPlainString();
  }

  /** The columns that a check looks at, those of its {@code where} left aside. */
  public static Set<String> columns(Subject subject) {
    return new LinkedHashSet<>(SubjectWords.columns(subject));
  }
}
