package io.tidemark.core.spec.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.spec.checks.CheckType.Measure;
import io.tidemark.core.spec.checks.Limit.Form;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** Reads what a measure must be, and refuses what no measure can be and what every one is. */
final class LimitReader {
  private final CheckType type;
  private final Values values;
  private final Optional<Values> anomaly;
  private final YamlValue written;
  private final Site site;

  LimitReader(
      CheckType type, Values values, Optional<Values> anomaly, YamlValue written, Site site) {
    this.type = type;
    this.values = values;
    this.anomaly = anomaly;
    this.written = written;
    this.site = site;
  }

  /** The bounds of a check without problems. */
  static Bounds bounds(CheckType type, Values values, boolean hasAnomaly) {
    double tolerance = values.of(LimitSettings.TOLERANCE).value();
    Optional<Double> equal = values.of(LimitSettings.EQUALS).map(Limit::value);
    Optional<Double> least = values.of(LimitSettings.AT_LEAST).map(Limit::value).or(() -> equal);
    Optional<Double> most = values.of(LimitSettings.AT_MOST).map(Limit::value).or(() -> equal);
    Bounds bounds = new Bounds(least, most, tolerance);
    if (!bounds.areNone() || hasAnomaly) {
      return bounds;
    }
    return type.defaultBounds()
        .map(byDefault -> new Bounds(byDefault.atLeast(), byDefault.atMost(), tolerance))
        .orElse(bounds);
  }

  /** The anomaly of settings without problems. */
  static Anomaly anomaly(Values values) {
    return switch (values.of(LimitSettings.KIND)) {
      case ABSOLUTE_CHANGE ->
          new Anomaly.AbsoluteChange(
              values.of(LimitSettings.MAX_DECREASE).map(Limit::value),
              values.of(LimitSettings.MAX_INCREASE).map(Limit::value));
      case RELATIVE_CHANGE ->
          new Anomaly.RelativeChange(
              values.of(LimitSettings.MAX_DECREASE).map(Limit::value),
              values.of(LimitSettings.MAX_INCREASE).map(Limit::value));
      case DEVIATION ->
          new Anomaly.Deviation(
              values.of(LimitSettings.DEVIATIONS),
              Math.toIntExact(values.of(LimitSettings.MIN_HISTORY)));
      case WEEKDAY ->
          new Anomaly.Weekday(
              values.of(LimitSettings.DEVIATIONS),
              Math.toIntExact(values.of(LimitSettings.MIN_HISTORY)));
    };
  }

  /** Notes the problems. */
  void verify() {
    if (type.measure() == Measure.TRUTH) {
      refuseAll();
      return;
    }
    boolean fit = true;
    for (Setting<?, Optional<Limit>> setting :
        List.of(LimitSettings.AT_LEAST, LimitSettings.AT_MOST, LimitSettings.EQUALS)) {
      fit &= values.has(setting) && fits(setting, values.of(setting), type.measure(), written);
    }
    fit &= values.has(LimitSettings.TOLERANCE) && toleranceFits();
    anomaly.ifPresent(this::verifyAnomaly);
    if (fit) {
      verifyBounds(bounds(type, values, anomaly.isPresent()));
    }
  }

  private void refuseAll() {
    for (String key : List.of("at-least", "at-most", "equals", "tolerance", "anomaly")) {
      written
          .entry(key)
          .ifPresent(
              entry ->
                  invalid(entry, "has no meaning for 'type: " + type + "', which is yes or no"));
    }
  }

  private boolean toleranceFits() {
    Optional<YamlValue.Entry> entry = written.entry(LimitSettings.TOLERANCE.key());
    Limit limit = values.of(LimitSettings.TOLERANCE);
    if (entry.isEmpty()) {
      return true;
    }
    if (limit.value() < 0) {
      invalid(entry.get(), "is negative");
      return false;
    }
    return fits(LimitSettings.TOLERANCE, Optional.of(limit), type.measure(), written);
  }

  /** Whether a limit, if there is one, is written in the form of the measure. */
  private boolean fits(
      Setting<?, ?> setting, Optional<Limit> limit, Measure measure, YamlValue section) {
    String remedy =
        switch (measure) {
          case TIME ->
              limit.map(Limit::form).filter(f -> f != Form.DURATION).isPresent()
                  ? "write a duration such as 1h"
                  : "";
          case SHARE ->
              limit.filter(l -> !isShare(l)).isPresent()
                  ? "write a share from 0 to 1, or a percentage such as 95%"
                  : "";
          case RATIO ->
              limit.map(Limit::form).filter(f -> f == Form.DURATION).isPresent()
                  ? "write a share such as 0.99, or a percentage"
                  : "";
          case NUMBER, TRUTH ->
              limit.map(Limit::form).filter(f -> f != Form.NUMBER).isPresent()
                  ? "write a number"
                  : "";
        };
    if (remedy.isEmpty()) {
      return true;
    }
    YamlValue.Entry entry = section.entry(setting.key()).orElseThrow();
    String owner = section == written ? "" : LimitSettings.ANOMALY.key() + ".";
    site.child(owner + setting.key(), entry.at())
        .invalid(entry.value().at(), "is no limit of a check of type " + type, remedy);
    return false;
  }

  private static boolean isShare(Limit limit) {
    return limit.form() != Form.DURATION && limit.value() >= 0 && limit.value() <= 1;
  }

  private void verifyBounds(Bounds bounds) {
    boolean both =
        values.of(LimitSettings.AT_LEAST).or(() -> values.of(LimitSettings.AT_MOST)).isPresent();
    if (both && values.of(LimitSettings.EQUALS).isPresent()) {
      invalid(entry(LimitSettings.EQUALS), "stands beside at-least or at-most");
    } else if (bounds.atLeast().orElse(Double.NEGATIVE_INFINITY)
        > bounds.atMost().orElse(Double.POSITIVE_INFINITY)) {
      invalid(entry(LimitSettings.AT_LEAST), "is more than at-most");
    } else if (bounds.areNone() && anomaly.isEmpty()) {
      site.invalid(
          site.at(),
          "does not say what the measure must be",
          "add at-least, at-most, equals or anomaly");
    } else if (bounds.areNone() && bounds.tolerance() > 0) {
      invalid(entry(LimitSettings.TOLERANCE), "stands beside no bound");
    } else if (anomaly.isEmpty() && alwaysHold(bounds)) {
      site.invalid(site.at(), "holds whatever the data", "require more than every share is");
    }
  }

  private boolean alwaysHold(Bounds bounds) {
    return type.measure() == Measure.SHARE && bounds.hold(0) && bounds.hold(1);
  }

  private void verifyAnomaly(Values judged) {
    YamlValue.Entry section = entry(LimitSettings.ANOMALY.key());
    if (!judged.has(LimitSettings.KIND)
        || !judged.has(LimitSettings.MAX_DECREASE)
        || !judged.has(LimitSettings.MAX_INCREASE)) {
      return;
    }
    boolean relative = judged.of(LimitSettings.KIND) == LimitSettings.Kind.RELATIVE_CHANGE;
    Optional<Limit> decrease = judged.of(LimitSettings.MAX_DECREASE);
    Optional<Limit> increase = judged.of(LimitSettings.MAX_INCREASE);
    if (decrease.isEmpty() && increase.isEmpty()) {
      invalid(section, "has neither max-decrease nor max-increase");
    }
    for (Optional<Limit> change : List.of(decrease, increase)) {
      if (change.filter(limit -> limit.value() < 0).isPresent()) {
        invalid(section, "a change is negative");
      }
    }
    Measure increases = relative ? Measure.RATIO : type.measure();
    Measure decreases = relative ? Measure.SHARE : type.measure();
    fits(LimitSettings.MAX_DECREASE, decrease, decreases, section.value());
    fits(LimitSettings.MAX_INCREASE, increase, increases, section.value());
  }

  private YamlValue.Entry entry(Setting<?, ?> setting) {
    return entry(setting.key());
  }

  private YamlValue.Entry entry(String key) {
    return written.entry(key).orElseThrow();
  }

  private void invalid(YamlValue.Entry entry, String problem) {
    site.child(entry.key(), entry.at())
        .invalid(entry.value().at(), problem, "correct or remove it");
  }
}
