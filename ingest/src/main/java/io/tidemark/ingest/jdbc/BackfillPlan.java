package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.ingest.jdbc.Part.Mark;
import io.tidemark.ingest.jdbc.Part.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what the next round of a backfill reads. */
final class BackfillPlan {
  /** So many keys one query looks for. */
  static final int KEYS_PER_QUERY = 500;

  private final ReadPace pace;
  private final BackfillTable table;
  private final Snapshot snapshot;

  BackfillPlan(ReadPace pace, BackfillTable table, Snapshot snapshot) {
    this.pace = pace;
    this.table = table;
    this.snapshot = snapshot;
  }

  /**
   * The first round of a backfill.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the scope does not fit the
   *     table
   */
  BackfillRound first(long number, BackfillScope scope, LogPlace place, int epoch) {
    if (scope instanceof BackfillScope.Keys keys) {
      keys.keys().forEach(table.byKeys()::require);
    }
    return round(
        new BackfillRound(number, number, scope, List.of(), false, place, epoch),
        List.of(),
        pace.queries(0));
  }

  /** The round behind another. */
  BackfillRound next(BackfillRound before) {
    return round(
        new BackfillRound(
            before.number() + 1,
            before.backfill(),
            before.scope(),
            List.of(),
            false,
            before.place(),
            before.epoch()),
        before.reached(),
        pace.queries(before.chunks().size()));
  }

  private BackfillRound round(BackfillRound bare, List<String> from, int queries) {
    List<Chunk> chunks = new ArrayList<>();
    boolean last =
        bare.scope() instanceof BackfillScope.Keys keys
            ? pieces(keys.keys().size(), from, queries, chunks)
            : pace.chunks(snapshot, table.rows(bare.scope()), from, queries, chunks);
    return bare.with(chunks, last);
  }

  /** Pieces of a list of keys, told by the numbers of the keys behind and at their ends. */
  private boolean pieces(int keys, List<String> from, int queries, List<Chunk> chunks) {
    int begin = from.isEmpty() ? 0 : Integer.parseInt(from.get(0));
    while (begin < keys && chunks.size() < queries) {
      int end = Math.min(keys, begin + KEYS_PER_QUERY);
      chunks.add(new Chunk(List.of(Integer.toString(begin)), List.of(Integer.toString(end))));
      begin = end;
    }
    return begin == keys;
  }

  /** The queries of a round. */
  List<Part> parts(BackfillRound round) {
    List<Part> parts = new ArrayList<>();
    for (Chunk chunk : round.chunks()) {
      boolean last = round.last() && parts.size() == round.chunks().size() - 1;
      boolean first = round.isFirst() && parts.isEmpty();
      Mark mark = round.isWhole() ? Mark.of(first, last) : Mark.INCREMENTAL;
      parts.add(part(round, chunk, round.offset(parts.size()), new Standing(round.place(), mark)));
    }
    return parts;
  }

  private Part part(BackfillRound round, Chunk chunk, long offset, Standing standing) {
    if (round.scope() instanceof BackfillScope.Keys keys) {
      int from = Integer.parseInt(chunk.after().get(0));
      int to = Integer.parseInt(chunk.upTo().get(0));
      List<List<String>> some = texts(keys.keys().subList(from, to));
      Query query = table.byKeys().rows(table.columns(), some);
      return Part.of(query, table.table(), table.key(), offset, standing).looksFor(some);
    }
    Query query = table.rows(round.scope()).rows(table.columns(), chunk);
    return Part.of(query, table.table(), table.key(), offset, standing);
  }

  /** Keys as the database writes them, by which found rows are told from missing ones. */
  private List<List<String>> texts(List<List<String>> keys) {
    return snapshot.rows(table.byKeys().texts(keys)).stream()
        .sorted(Comparator.comparingInt(row -> Integer.parseInt(row.get(0))))
        .map(row -> row.subList(1, row.size()))
        .toList();
  }
}
