package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.PolledRound.Overlap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * For rows that a poll or a backfill read: a table has a round or it has not. Polls overlap, so a
 * row of theirs that is what the table landed last of its key is left out; so is a bad one that is
 * a dead letter already.
 */
final class ProgressByRound implements BatchProgress {
  private final String token;
  private final PolledRound round;
  private final Lake lake;
  private final RepeatedLetters repeats;

  /**
   * The progress of a round.
   *
   * @param repeats tells dead letters that are there already
   */
  ProgressByRound(String pipeline, PolledRound round, Lake lake, RepeatedLetters repeats) {
    this.token = BronzeTokens.partition(pipeline, round.topic(), 0);
    this.round = round;
    this.lake = lake;
    this.repeats = repeats;
  }

  @Override
  public Map<String, Long> ends(BatchContent content, Holds holds) {
    return Map.of(token, round.end());
  }

  @Override
  public Map<Partition, Long> heldFrom(Map<Partition, Long> breaks) {
    return breaks;
  }

  @Override
  public Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups) {
    long landed = table.token(token);
    if (landed >= round.end()) {
      return new Missing(rows, List.of(), false);
    }
    List<CommitToken> proof = List.of(new CommitToken(token, landed, round.end()));
    boolean letters = !table.hasColumn(BronzeColumns.POSITION);
    Optional<Overlap> overlap = letters ? round.letters() : round.overlap();
    if (overlap.isEmpty()) {
      return new Missing(rows, proof, true);
    }
    Dataset<Row> news =
        letters
            ? newLetters(table, rows, groups, overlap.get())
            : changed(table, rows, overlap.get());
    return new Missing(news, proof, false);
  }

  /** A round is of one table; rows that are not even known to be its own are never compared. */
  private Dataset<Row> newLetters(
      LakeTable letters, Dataset<Row> rows, List<Group> groups, Overlap overlap) {
    Optional<String> table = groups.get(0).table();
    return table.isEmpty()
        ? rows
        : repeats.without(rows, letters, lake.bronze(table.get()), overlap);
  }

  private Dataset<Row> changed(LakeTable table, Dataset<Row> rows, Overlap overlap) {
    Dataset<Row> landed =
        table
            .read()
            .filter(
                col(BronzeColumns.TOPIC)
                    .equalTo(round.topic())
                    .and(col(BronzeColumns.OFFSET).geq(overlap.offset()))
                    .or(
                        col(BronzeColumns.TOPIC)
                            .equalTo(overlap.backfill())
                            .and(col(BronzeColumns.POSITION).geq(overlap.position()))));
    if (overlap.since().isEmpty()) {
      return without(rows, landed);
    }
    Optional<String> first = first(landed, overlap.since().get());
    return first.isEmpty()
        ? rows
        : without(rows, landed.filter(col(BronzeColumns.POSITION).geq(first.get())));
  }

  /**
   * The position of the first row that changed as late as the ones that are read again. Rows before
   * it are neither equal to one of those, nor what landed last of a key that has an equal one: so
   * they need not be read, and two narrow columns tell which those are.
   */
  private static Optional<String> first(Dataset<Row> landed, Instant since) {
    return Optional.ofNullable(
        landed
            .filter(col(BronzeColumns.SOURCE_TIME).geq(lit(since)))
            .agg(min(BronzeColumns.POSITION))
            .head()
            .getString(0));
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> landed) {
    Dataset<Row> last =
        landed
            .groupBy(col(BronzeColumns.KEY).as("landed_key"))
            .agg(
                max_by(
                        struct(
                            col(BronzeColumns.AFTER).as("after"),
                            col(BronzeColumns.SCHEMA).as("schema")),
                        col(BronzeColumns.POSITION))
                    .as("landed"));
    return rows.join(
        last,
        col(BronzeColumns.KEY)
            .equalTo(col("landed_key"))
            .and(col(BronzeColumns.AFTER).eqNullSafe(col("landed.after")))
            .and(col(BronzeColumns.SCHEMA).equalTo(col("landed.schema"))),
        "left_anti");
  }
}
