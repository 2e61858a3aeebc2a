package io.tidemark.quality.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HistoryTextTest {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aCheckHasAChartWithGapsAndItsVerdicts() {
    List<String> lines =
        HistoryText.of(ORDERS, series("known", 1, 0.98, Double.NaN, 0.9, 1, 0.95, 1, 0.5));

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            silver.orders  known (validity, error)
            expected: at least 0.95

                         1 |o o     o   o
                           |      X   o
                           |
                           |
                           |
                           |
                           |
                       0.5 |              X
                           +----------------
                            2026-03-01 .. 2026-03-08

            o pass   ? not yet   ! warn   X fail   (a gap: nothing measured)

            time (UTC)             version           rows          value  verdict
            2026-03-01 12:00:00          0          1,000              1  pass
            2026-03-02 12:00:00          1          1,000           0.98  pass
            2026-03-03 12:00:00          2          1,000              -  NOT YET
            2026-03-04 12:00:00          3          1,000            0.9  FAIL
              is too low
            2026-03-05 12:00:00          4          1,000              1  pass
            2026-03-06 12:00:00          5          1,000           0.95  pass
            2026-03-07 12:00:00          6          1,000              1  pass
            2026-03-08 12:00:00          7          1,000            0.5  FAIL
              is too low""");
  }

  @Test
  void manyChecksHaveALineEach() {
    assertThat(
            String.join(
                "\n",
                HistoryText.overview(
                    ORDERS, List.of(series("known", 1, 0.9), series("n".repeat(50), 1234567.25)))))
        .isEqualTo(
            """
            silver.orders: 2 checks measured

            check                                  newest  verdict   verdicts
            known                                     0.9  FAIL      oX
            nnnnnnnnnnnnnnnnnnnnnnnnnnn...        1234560  pass      o

            o pass   ? not yet   ! warn   X fail   (a gap: nothing measured)""");
  }

  @Test
  void everythingFitsATerminal() {
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 == 0 ? Double.NaN : Math.pow(-10, i % 300) * i;
    }
    assertThat(HistoryText.of(ORDERS, series("wild", values)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(HistoryText.of(ORDERS, series("none", Double.NaN)))
        .as("no chart of nothing")
        .noneMatch(line -> line.contains("+-"));
    assertThat(MetricChart.lines(series("flat", 3, 3, 3)).get(0)).endsWith("3 |o o o");
    assertThat(MetricChart.number(0.99999999)).isEqualTo("0.999999");
  }

  private static MetricSeries series(String check, double... values) {
    List<MetricPoint> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      boolean none = Double.isNaN(values[i]);
      boolean low = values[i] < 0.95;
      CheckResult result =
          new CheckResult(
              ORDERS,
              check,
              Dimension.VALIDITY,
              Severity.ERROR,
              none ? Verdict.NOT_YET : low ? Verdict.FAIL : Verdict.PASS,
              none ? OptionalDouble.empty() : OptionalDouble.of(values[i]),
              "at least 0.95",
              low ? "is too low" : "");
      points.add(new MetricPoint("run", START.plus(Duration.ofDays(i)), i, 1000, result));
    }
    return new MetricSeries(check, points);
  }
}
