package io.tidemark.quality.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.table.LakeTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of measures small: now and then many small files become one, and the past is
 * thinned. Of each check and verdict there stay all measures of the last hour, the newest of each
 * hour of the last month, the newest of each day before, and none from before {@link
 * MetricsLog#REACH}. So a good value stays beside a bad one of the same hour, and the day by day
 * history that a rule by weekdays asks for is whole.
 *
 * @param log the table
 * @param every after how many commits
 */
record MetricsUpkeep(LakeTable log, int every) {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsUpkeep.class);

  private static final Duration ALL = Duration.ofHours(1);
  private static final Duration HOURLY = Duration.ofDays(30);

  /** Thins if it is time; what fails is left to the next time, for nothing depends on it. */
  void runDue(Instant now) {
    try {
      if (log.version() % every == 0) {
        thin(now);
      }
    } catch (Exception e) { // Delta's are checked and undeclared: another process thins, too.
      LOG.warn("The measures in {} could not be thinned", log, e);
    }
  }

  /** In one commit; what another process appends meanwhile stays. */
  private void thin(Instant now) {
    Column at = col("at");
    Column span =
        when(at.lt(lit(now.minus(HOURLY))), date_trunc("day", at))
            .when(at.lt(lit(now.minus(ALL))), date_trunc("hour", at));
    Column place =
        row_number()
            .over(
                Window.partitionBy("pipeline", "table", "check", "verdict", "span")
                    .orderBy(at.desc()));
    Dataset<Row> kept =
        log.read()
            .filter(at.geq(lit(now.minus(MetricsLog.REACH))))
            .withColumn("span", span)
            .withColumn("place", place)
            .filter(col("span").isNull().or(col("place").equalTo(1)))
            .drop("span", "place")
            .coalesce(1);
    log.replace(kept, List.of());
  }
}
