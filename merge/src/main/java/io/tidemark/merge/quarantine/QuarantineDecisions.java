package io.tidemark.merge.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * What becomes of changes in quarantine.
 *
 * <p>A change that is released lands in bronze once more, as it was and at its own position. So the
 * next merge judges it by today's rules and applies it under the guard, as if it came late: what is
 * newer stays. Cut off in between, it lands twice, which changes nothing.
 */
public final class QuarantineDecisions {
  private final Lake lake;
  private final RunContext context;

  /** Decisions of one run. */
  public QuarantineDecisions(Lake lake, RunContext context) {
    this.lake = lake;
    this.context = context;
  }

  /**
   * Lands the chosen changes once more that broke a rule.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table has no
   *     quarantine, 5 if another process decides about the table meanwhile
   */
  public StepRecord release(String table, QuarantineFilter filter, RunLog runs) {
    Instant started = context.clock().instant();
    requireQuarantine(table);
    Dataset<Row> chosen =
        new QuarantineBook(lake)
            .undecided(table, filter)
            .filter(col(QuarantineColumns.REASON).equalTo(QuarantineColumns.BROKEN_RULE))
            .select(QuarantineColumns.POSITION, BronzeColumns.KEY)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long landed = land(table, chosen, started);
      decide(table, chosen, QuarantineColumns.RELEASED, Optional.empty(), started);
      StepRecord step =
          context.done(
              Step.RELEASE,
              table,
              started,
              new Counts().add(Count.READ, landed).add(Count.LANDED, landed),
              Optional.empty(),
              "");
      runs.store(List.of(step), List.of());
      return step;
    } finally {
      chosen.unpersist();
    }
  }

  private long land(String table, Dataset<Row> chosen, Instant now) {
    if (chosen.isEmpty()) {
      return 0;
    }
    LakeTable bronze = lake.bronze(table);
    String name = "replay/" + context.pipeline();
    long moved = bronze.token(name);
    Column[] columns =
        Arrays.stream(BronzeColumns.changeLog().fieldNames())
            .map(functions::col)
            .toArray(Column[]::new);
    List<String> identity = List.of(QuarantineColumns.POSITION, BronzeColumns.KEY);
    Dataset<Row> again =
        bronze
            .read()
            .join(chosen, asScalaBuffer(identity).toSeq(), "left_semi")
            .dropDuplicates(identity.toArray(String[]::new))
            .withColumn(BronzeColumns.LANDED_AT, lit(now))
            .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"))
            .select(columns);
    return bronze.append(again.coalesce(1), List.of(new CommitToken(name, moved, moved + 1)));
  }

  /**
   * Notes that the chosen changes stay where they are; they are kept, and no one is asked again.
   *
   * @param note why
   * @return how many there are
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table has no
   *     quarantine
   */
  public long discard(String table, QuarantineFilter filter, String note) {
    requireQuarantine(table);
    Dataset<Row> chosen =
        new QuarantineBook(lake)
            .undecided(table, filter)
            .select(QuarantineColumns.POSITION, BronzeColumns.KEY)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Instant now = context.clock().instant();
      return decide(table, chosen, QuarantineColumns.DISCARDED, Optional.of(note), now);
    } finally {
      chosen.unpersist();
    }
  }

  private long decide(
      String table, Dataset<Row> chosen, String decision, Optional<String> note, Instant now) {
    List<String> positions =
        chosen.select(QuarantineColumns.POSITION).distinct().as(Encoders.STRING()).collectAsList();
    Map<String, String> decided = new LinkedHashMap<>();
    decided.put(QuarantineColumns.DECISION, SqlNames.literal(decision));
    decided.put(QuarantineColumns.DECIDED_AT, SqlNames.timestamp(now));
    decided.put(QuarantineColumns.NOTE, note.map(SqlNames::literal).orElse("CAST(NULL AS STRING)"));
    long changed = 0;
    for (String some : SqlNames.isIn(QuarantineColumns.POSITION, positions)) {
      changed +=
          lake.quarantine(table)
              .update(QuarantineColumns.DECISION + " IS NULL AND " + some, decided);
    }
    return changed;
  }

  private void requireQuarantine(String table) {
    if (!lake.quarantine(table).exists()) {
      throw Errors.configuration(
          "Cannot decide about quarantine: table '%s' has none in %s".formatted(table, lake),
          "See the tables with 'tidemark quarantine list'");
    }
    QuarantineColumns.prepare(lake.quarantine(table));
  }
}
