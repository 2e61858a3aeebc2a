package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.DeadLetterColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Which dead letters are meant; what is empty leaves the choice open.
 *
 * @param table the lake table they seem to belong to; {@link #NO_TABLE} for those of none
 * @param reason why they are dead letters
 * @param since first seen then or later
 * @param until first seen before then
 * @param ids their ids
 */
public record LetterFilter(
    Optional<String> table,
    Optional<String> reason,
    Optional<Instant> since,
    Optional<Instant> until,
    List<String> ids) {
  /** Stands for letters of no table. */
  public static final String NO_TABLE = "-";

  /** All letters. */
  public static final LetterFilter ALL =
      new LetterFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Copies the ids. */
  public LetterFilter {
    ids = List.copyOf(ids);
  }

  /** Whether it chooses at all. */
  public boolean isAll() {
    return equals(ALL);
  }

  Column condition() {
    Column condition = lit(true);
    if (table.isPresent()) {
      Column column = col(DeadLetterColumns.TABLE);
      condition =
          condition.and(
              table.get().equals(NO_TABLE) ? column.isNull() : column.equalTo(table.get()));
    }
    if (reason.isPresent()) {
      condition = condition.and(col(DeadLetterColumns.REASON).equalTo(reason.get()));
    }
    if (since.isPresent()) {
      condition = condition.and(col(DeadLetterColumns.FIRST_SEEN).geq(since.get()));
    }
    if (until.isPresent()) {
      condition = condition.and(col(DeadLetterColumns.FIRST_SEEN).lt(until.get()));
    }
    return ids.isEmpty() ? condition : condition.and(col(DeadLetterColumns.ID).isin(ids.toArray()));
  }
}
