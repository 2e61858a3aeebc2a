package io.tidemark.merge.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A mart, recomputed in full and replaced in one commit when a table it reads has changed.
 *
 * <p>The commit carries the silver versions it was computed from, at the least: a table that
 * changes meanwhile makes the next pass compute again.
 */
final class Mart {
  private final GoldSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final LakeTable target;

  Mart(GoldSpec spec, Lake lake, RunContext context) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.target = lake.gold(spec.name());
  }

  /** Computes and replaces the mart; empty if nothing it reads has changed. */
  Optional<StepRecord> run() {
    Instant started = context.clock().instant();
    List<CommitToken> tokens = tokens();
    if (tokens.stream().allMatch(token -> token.next() == token.expected())) {
      return Optional.empty();
    }
    Dataset<Row> rows = lake.spark().sql(spec.sqlText()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long written = rows.count();
      requireKey(rows);
      target.create(
          new TableDefinition(
              rows.schema(), List.of(), Map.of(), TableDefinition.Feature.REPLACED));
      target.replace(rows, tokens);
      return Optional.of(
          context.done(
              Step.GOLD,
              spec.name(),
              started,
              Counts.none(),
              Optional.empty(),
              "{\"rows\":%d,\"version\":%d}".formatted(written, target.version())));
    } finally {
      rows.unpersist();
    }
  }

  /**
   * One token for each silver table, and one for the query; another query or a table created anew
   * has other names.
   */
  private List<CommitToken> tokens() {
    List<CommitToken> tokens = new ArrayList<>();
    List<String> existing = lake.silverTables();
    for (String source : MartSources.of(spec.sqlText())) {
      String table =
          existing.stream()
              .filter(name -> name.toLowerCase(Locale.ROOT).equals(source))
              .findFirst()
              .orElseThrow(() -> Errors.martWaits(spec.name(), source));
      LakeTable silver = lake.silver(table);
      String name = "gold/%s/%08x/%s".formatted(spec.name(), queryHash(), silver.id());
      tokens.add(new CommitToken(name, target.token(name), silver.version()));
    }
    if (tokens.isEmpty()) {
      throw Errors.martReadsNothing(spec.name(), spec.sql().toString());
    }
    tokens.add(queryToken());
    return tokens;
  }

  /** Moves if another query made the mart last, so that an older query can come back. */
  private CommitToken queryToken() {
    Map<String, Long> queries = target.tokens("gold-query/" + spec.name() + "/");
    String name = "gold-query/%s/%08x".formatted(spec.name(), queryHash());
    long own = queries.getOrDefault(name, CommitToken.NONE);
    long last = queries.values().stream().max(Long::compare).orElse(CommitToken.NONE);
    return new CommitToken(name, own, own == last && own != CommitToken.NONE ? own : last + 1);
  }

  private long queryHash() {
    CRC32 hash = new CRC32();
    hash.update(spec.sqlText().getBytes(StandardCharsets.UTF_8));
    hash.update(String.join(",", spec.key()).getBytes(StandardCharsets.UTF_8));
    return hash.getValue();
  }

  private void requireKey(Dataset<Row> rows) {
    List<String> columns = List.of(rows.columns());
    for (String column : spec.key()) {
      if (!columns.contains(column)) {
        throw Errors.martKeyMissing(spec.name(), column, columns);
      }
    }
    Column[] key = spec.key().stream().map(c -> col(SqlNames.quote(c))).toArray(Column[]::new);
    Column isNull =
        spec.key().stream()
            .map(c -> col(SqlNames.quote(c)).isNull())
            .reduce(Column::or)
            .orElseThrow();
    List<Row> broken =
        rows.groupBy(key)
            .agg(count(lit(1)).as("__rows"))
            .filter(col("__rows").gt(1).or(isNull))
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw Errors.martKeyBroken(spec.name(), spec.key(), broken.get(0).toString());
    }
  }
}
