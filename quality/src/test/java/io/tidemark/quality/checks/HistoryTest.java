package io.tidemark.quality.checks;

import static io.tidemark.quality.checks.CheckedLake.NOW;
import static io.tidemark.quality.checks.CheckedLake.silver;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.metrics.MetricPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private final List<MetricPoint> measured = new ArrayList<>();
  private long version = 1;

  @Test
  void changesAreComparedWithTheLastValueThatPassed() {
    DatasetCheck check = compared(new Anomaly.AbsoluteChange(Optional.of(10.0), Optional.of(5.0)));
    assertThat(judged(check, 100)).isEqualTo(Verdict.NOT_YET);
    assertThat(judged(check, 105)).isEqualTo(Verdict.PASS);
    assertThat(judged(check, 111)).isEqualTo(Verdict.FAIL);
    assertThat(judged(check, 111)).isEqualTo(Verdict.FAIL);
    assertThat(judged(check, 95)).isEqualTo(Verdict.PASS);
    assertThat(judged(check, 84)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void sharesOfChangeAreOfTheEarlierValue() {
    DatasetCheck check = compared(new Anomaly.RelativeChange(Optional.of(0.2), Optional.of(0.5)));
    judged(check, 100);
    assertThat(judged(check, 150)).isEqualTo(Verdict.PASS);
    assertThat(judged(check, 119)).isEqualTo(Verdict.FAIL);
    assertThat(judged(check, 121)).isEqualTo(Verdict.PASS);
    DatasetCheck onlyLess =
        compared(new Anomaly.RelativeChange(Optional.of(0.2), Optional.empty()));
    assertThat(judged(onlyLess, 9000)).isEqualTo(Verdict.PASS);
  }

  @Test
  void threeSigmaTakesEnoughValues() {
    DatasetCheck check = compared(new Anomaly.Deviation(3, 4));
    for (double value : new double[] {10, 11, 9, 10}) {
      assertThat(judged(check, value)).isEqualTo(Verdict.NOT_YET);
    }
    assertThat(judged(check, 13)).isEqualTo(Verdict.FAIL);
    assertThat(judged(check, 12)).isEqualTo(Verdict.PASS);
  }

  @Test
  void weekdaysAreComparedWithTheirLike() {
    DatasetCheck check = compared(new Anomaly.Weekday(3, 3));
    for (int day = 21; day > 0; day--) {
      measured.add(point(day, day % 7 == 0 ? 100 + day : 10, version++, Verdict.PASS));
    }
    assertThat(judged(check, 113)).isEqualTo(Verdict.PASS);
    assertThat(judged(check, 10)).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aVersionCountsOnceAndNeverAgainstItself() {
    measured.add(point(3, 50, 7, Verdict.PASS));
    measured.add(point(2, 60, 8, Verdict.PASS));
    measured.add(point(1, 61, 8, Verdict.PASS));
    measured.add(point(1, 70, -1, Verdict.PASS));
    measured.add(point(1, 71, -1, Verdict.PASS));
    Anomaly any = new Anomaly.Deviation(3, 1);
    assertThat(History.of(measured, "n", 9).values(any, NOW))
        .containsExactly(50.0, 61.0, 70.0, 71.0);
    assertThat(History.of(measured, "n", 8).values(any, NOW)).containsExactly(50.0, 70.0, 71.0);
    assertThat(History.of(measured, "m", 9).values(any, NOW)).isEmpty();
  }

  private static DatasetCheck compared(Anomaly anomaly) {
    return CheckedLake.compared("n", new Subject.Size(), anomaly);
  }

  /** Judges a value of a new version, and remembers it. */
  private Verdict judged(DatasetCheck check, double value) {
    CheckResult result =
        new Judgement(silver("t"), NOW)
            .of(check, new Outcome.Value(value, ""), History.of(measured, "n", version));
    measured.add(new MetricPoint("run", NOW, version++, 1, result));
    return result.verdict();
  }

  private static MetricPoint point(int daysAgo, double value, long version, Verdict verdict) {
    DatasetCheck check = compared(new Anomaly.Deviation(3, 1));
    CheckResult result =
        new CheckResult(
            silver("t"),
            "n",
            check.dimension(),
            check.severity(),
            verdict,
            OptionalDouble.of(value),
            "",
            "");
    return new MetricPoint("run", NOW.minus(Duration.ofDays(daysAgo)), version, 1, result);
  }
}
