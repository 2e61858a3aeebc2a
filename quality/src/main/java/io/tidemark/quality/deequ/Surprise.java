package io.tidemark.quality.deequ;

import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetector;
import com.amazon.deequ.anomalydetection.BatchNormalStrategy;
import com.amazon.deequ.anomalydetection.DataPoint;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import io.tidemark.core.check.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import scala.Option;
import scala.Some;
import scala.collection.JavaConverters;

/** Asks Deequ's strategies whether a value surprises after others. */
public final class Surprise {
  private Surprise() {}

  /**
   * Whether a value is an anomaly.
   *
   * @param history earlier values, the oldest first; not empty, and at least two for a deviation
   */
  public static boolean is(Anomaly anomaly, List<Double> history, double value) {
    Optional<AnomalyDetectionStrategy> strategy = strategy(anomaly);
    if (strategy.isEmpty()) {
      return false;
    }
    // Deequ orders by time; what is handed over is in order already, and times may be equal.
    List<DataPoint<Object>> points = new ArrayList<>();
    for (double earlier : history) {
      points.add(new DataPoint<>(points.size(), new Some<>(earlier)));
    }
    return new AnomalyDetector(strategy.get())
        .isNewPointAnomalous(
            JavaConverters.asScalaBuffer(points).toSeq(),
            new DataPoint<>(points.size(), new Some<>(value)))
        .anomalies()
        .nonEmpty();
  }

  private static Optional<AnomalyDetectionStrategy> strategy(Anomaly anomaly) {
    if (anomaly instanceof Anomaly.AbsoluteChange its) {
      return its.maxDecrease().isEmpty() && its.maxIncrease().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new AbsoluteChangeStrategy(
                  option(its.maxDecrease().map(d -> -d)), option(its.maxIncrease()), 1));
    } else if (anomaly instanceof Anomaly.RelativeChange its) {
      return its.maxDecrease().isEmpty() && its.maxIncrease().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new RelativeRateOfChangeStrategy(
                  option(its.maxDecrease().map(d -> 1 - d)),
                  option(its.maxIncrease().map(i -> 1 + i)),
                  1));
    } else if (anomaly instanceof Anomaly.Deviation its) {
      return Optional.of(normal(its.deviations()));
    }
    return Optional.of(normal(((Anomaly.Weekday) anomaly).deviations()));
  }

  /** The new value is no part of the mean that it is compared with. */
  private static AnomalyDetectionStrategy normal(double deviations) {
    return new BatchNormalStrategy(new Some<>(deviations), new Some<>(deviations), false);
  }

  private static Option<Object> option(Optional<Double> value) {
    return Option.apply(value.orElse(null));
  }
}
