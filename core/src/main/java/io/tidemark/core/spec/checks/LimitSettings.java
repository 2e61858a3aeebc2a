package io.tidemark.core.spec.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.Redaction;
import java.util.List;
import java.util.Optional;

/** The settings that say what a measure must be. */
final class LimitSettings {
  /** The kinds of anomalies. */
  enum Kind {
    ABSOLUTE_CHANGE("absolute-change"),
    RELATIVE_CHANGE("relative-change"),
    DEVIATION("deviation"),
    WEEKDAY("weekday");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }

    static Kind of(Anomaly anomaly) {
      if (anomaly instanceof Anomaly.AbsoluteChange) {
        return ABSOLUTE_CHANGE;
      }
      if (anomaly instanceof Anomaly.RelativeChange) {
        return RELATIVE_CHANGE;
      }
      return anomaly instanceof Anomaly.Deviation ? DEVIATION : WEEKDAY;
    }
  }

  static final Setting<DatasetCheck, Optional<Limit>> AT_LEAST =
      Setting.optional(
          "at-least",
          Limit.type(),
          check -> isOneValue(check) ? Optional.empty() : limit(check, check.bounds().atLeast()),
          "The least that the measure may be.");
  static final Setting<DatasetCheck, Optional<Limit>> AT_MOST =
      Setting.optional(
          "at-most",
          Limit.type(),
          check -> isOneValue(check) ? Optional.empty() : limit(check, check.bounds().atMost()),
          "The most that the measure may be.");
  static final Setting<DatasetCheck, Optional<Limit>> EQUALS =
      Setting.optional(
          "equals",
          Limit.type(),
          check -> isOneValue(check) ? limit(check, check.bounds().atLeast()) : Optional.empty(),
          "What the measure must be, in place of both.");
  static final Setting<DatasetCheck, Limit> TOLERANCE =
      Setting.withDefault(
          "tolerance",
          Limit.type(),
          "0",
          check -> limit(check, Optional.of(check.bounds().tolerance())).orElseThrow(),
          "How far beyond these bounds it may be.");

  static final Setting<Anomaly, Kind> KIND =
      Setting.required(
          "kind",
          ValueTypes.oneOf(List.of(Kind.values()), Kind::toString),
          Kind::of,
          "What the measure is compared with: its last value, the mean of all values before, or"
              + " the mean of those of the same weekday.");
  static final Setting<Anomaly, Optional<Limit>> MAX_DECREASE =
      Setting.optional(
              "max-decrease",
              Limit.type(),
              (Anomaly anomaly) -> change(anomaly, true),
              "How much less than the last time it may be; relative to that, 0.5 is half.")
          .onlyWhere(KIND, List.of(Kind.ABSOLUTE_CHANGE, Kind.RELATIVE_CHANGE));
  static final Setting<Anomaly, Optional<Limit>> MAX_INCREASE =
      Setting.optional(
              "max-increase",
              Limit.type(),
              (Anomaly anomaly) -> change(anomaly, false),
              "How much more than the last time it may be; relative to that, 1 is twice as much.")
          .onlyWhere(KIND, List.of(Kind.ABSOLUTE_CHANGE, Kind.RELATIVE_CHANGE));
  static final Setting<Anomaly, Double> DEVIATIONS =
      Setting.withDefault(
              "deviations",
              Limit.number("a number from 0.1 to 100", 0.1, 100),
              "3",
              (Anomaly anomaly) ->
                  anomaly instanceof Anomaly.Deviation deviation
                      ? deviation.deviations()
                      : ((Anomaly.Weekday) anomaly).deviations(),
              "How many standard deviations from the mean it may be.")
          .onlyWhere(KIND, List.of(Kind.DEVIATION, Kind.WEEKDAY));
  static final Setting<Anomaly, Long> MIN_HISTORY =
      Setting.withDefault(
              "min-history",
              ValueTypes.wholeNumber(2, 400),
              "4",
              (Anomaly anomaly) ->
                  (long)
                      (anomaly instanceof Anomaly.Deviation deviation
                          ? deviation.minHistory()
                          : ((Anomaly.Weekday) anomaly).minHistory()),
              "How many values before it takes to judge; with fewer the verdict is `not yet`. They are"
                  + " kept for 400 days, which have 57 of each weekday.")
          .onlyWhere(KIND, List.of(Kind.DEVIATION, Kind.WEEKDAY));

  static final Section<Anomaly> ANOMALY =
      new Section<>(
          "anomaly",
          Optional.empty(),
          "What a measure must be, given what it was before.",
          List.of(KIND, MAX_DECREASE, MAX_INCREASE, DEVIATIONS, MIN_HISTORY),
          List.of(),
          anomaly -> Redaction.NONE);

  private LimitSettings() {}

  private static boolean isOneValue(DatasetCheck check) {
    Bounds bounds = check.bounds();
    return bounds.atLeast().isPresent() && bounds.atLeast().equals(bounds.atMost());
  }

  private static Optional<Limit> limit(DatasetCheck check, Optional<Double> value) {
    boolean time = CheckType.of(check.subject()).measure() == CheckType.Measure.TIME;
    return value.map(v -> new Limit(v, time ? Limit.Form.DURATION : Limit.Form.NUMBER));
  }

  private static Optional<Limit> change(Anomaly anomaly, boolean decrease) {
    Optional<Double> change;
    if (anomaly instanceof Anomaly.AbsoluteChange absolute) {
      change = decrease ? absolute.maxDecrease() : absolute.maxIncrease();
    } else {
      Anomaly.RelativeChange relative = (Anomaly.RelativeChange) anomaly;
      change = decrease ? relative.maxDecrease() : relative.maxIncrease();
    }
    return change.map(value -> new Limit(value, Limit.Form.NUMBER));
  }
}
