package io.tidemark.quality.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spark.SharedSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What was measured can be looked up, and does not grow without end. */
@ExtendWith(SharedSpark.class)
class MetricsLogTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final TableRef USERS = new TableRef(Layer.SILVER, "users");

  @TempDir private Path folder;
  private Lake lake;
  private MetricsLog log;

  @BeforeEach
  void open(SparkSession spark) {
    lake = Lake.at(spark, folder.toString());
    log = new MetricsLog(lake, "shop");
  }

  private static TableVerdict verdict(TableRef table, Instant at, double value, Verdict... said) {
    List<CheckResult> results = new ArrayList<>();
    for (Verdict verdict : said) {
      results.add(
          new CheckResult(
              table,
              "check " + results.size(),
              Dimension.VALIDITY,
              Severity.ERROR,
              verdict,
              OptionalDouble.of(value),
              "at least 1",
              ""));
    }
    return new TableVerdict(table, 1, 1, at, results);
  }

  private void store(Instant at, double value, Verdict... said) {
    log.store("run", List.of(verdict(ORDERS, at, value, said)));
  }

  private static List<Double> values(List<MetricPoint> points) {
    return points.stream().map(point -> point.result().value().getAsDouble()).toList();
  }

  private List<Double> good() {
    return values(log.good(ORDERS, Set.of("check 0"), NOW));
  }

  @Test
  void onlyWhatTheReaderNeedsIsReadAndOldFilesAreSkipped() {
    store(NOW.minus(MetricsLog.REACH).minusSeconds(1), 1, Verdict.PASS);
    store(NOW.minusSeconds(50), 2, Verdict.PASS, Verdict.PASS);
    store(NOW.minusSeconds(40), 3, Verdict.FAIL, Verdict.PASS);
    store(NOW.minusSeconds(30), 4, Verdict.NOT_YET, Verdict.PASS);
    store(NOW.minusSeconds(20), 5, Verdict.WARN, Verdict.PASS);
    log.store("run", List.of(verdict(USERS, NOW.minusSeconds(10), 6, Verdict.PASS)));
    new MetricsLog(lake, "other").store("run", List.of(verdict(ORDERS, NOW, 7, Verdict.PASS)));

    assertThat(good()).containsExactly(2.0, 4.0);
    assertThat(values(log.newest(List.of(ORDERS, USERS), 2, NOW).get(ORDERS)))
        .as("two of each check")
        .containsExactly(4.0, 4.0, 5.0, 5.0);
    assertThat(values(log.newest(List.of(ORDERS, USERS), 2, NOW).get(USERS))).containsExactly(6.0);
    assertThat(log.since(List.of(ORDERS), NOW).inputFiles())
        .as("neither the one of long ago nor those of other tables and pipelines")
        .hasSize(4);
  }

  @Test
  void thePastIsThinnedAndItsGoodValuesStayBesideTheBad() {
    Instant month = NOW.minus(Duration.ofDays(40));
    store(NOW.minus(Duration.ofDays(401)), 1, Verdict.PASS);
    store(month, 2, Verdict.PASS);
    store(month.plusSeconds(3600), 3, Verdict.PASS);
    store(month.plusSeconds(7200), 4, Verdict.FAIL);
    Instant day = NOW.minus(Duration.ofDays(1));
    store(day, 5, Verdict.PASS);
    store(day.plusSeconds(60), 6, Verdict.PASS);
    store(day.plusSeconds(120), 7, Verdict.WARN);
    store(day.plusSeconds(3600), 8, Verdict.PASS);
    for (int second = 0; second < 3; second++) {
      store(NOW.minusSeconds(60 - second), 10 + second, Verdict.PASS);
    }

    long version = lake.metrics().version();
    new MetricsUpkeep(lake.metrics(), Math.toIntExact(version + 1)).runDue(NOW);
    assertThat(lake.metrics().version()).as("it is not time yet").isEqualTo(version);

    new MetricsUpkeep(lake.metrics(), Math.toIntExact(version)).runDue(NOW);

    assertThat(lake.metrics().files().files()).hasSize(1);
    assertThat(good()).containsExactly(3.0, 6.0, 8.0, 10.0, 11.0, 12.0);
    assertThat(values(log.newest(List.of(ORDERS), 100, NOW).get(ORDERS)))
        .containsExactly(3.0, 4.0, 6.0, 7.0, 8.0, 10.0, 11.0, 12.0);
    new MetricsUpkeep(lake.metrics(), 1).runDue(NOW);
    assertThat(good()).as("what is thin stays").hasSize(6);
  }
}
