package io.tidemark.quality.reconcile;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A source that cannot hash as the lake does: all its rows are read, and hashed here. What they
 * hash to is not kept, so that where rows differ they are read again.
 */
final class ReadSource implements SourceSide {
  private final Snapshot snapshot;
  private final ReconciledColumns columns;
  private final Buckets buckets;
  private final List<String> hashed;
  private long moved;

  /**
   * A source of rows.
   *
   * @param hashed columns whose values make the hash of a row
   */
  ReadSource(Snapshot snapshot, ReconciledColumns columns, Buckets buckets, List<String> hashed) {
    this.snapshot = snapshot;
    this.columns = columns;
    this.buckets = buckets;
    this.hashed = List.copyOf(hashed);
  }

  @Override
  public Map<Long, Sum> sums() {
    Map<Long, Sum> sums = new HashMap<>();
    numbers(
        (key, row) ->
            sums.merge(buckets.bucket(key), Sum.NONE.with(row), (sum, one) -> sum.with(row)));
    return sums;
  }

  @Override
  public void rows(Collection<Long> some, Numbers consumer) {
    Set<Long> wanted = new HashSet<>(some);
    numbers(
        (key, row) -> {
          if (wanted.contains(buckets.bucket(key))) {
            consumer.accept(key, row);
          }
        });
  }

  @Override
  public void values(List<String> names, Collection<Long> keys, Consumer<String[]> consumer) {
    Set<Long> wanted = new HashSet<>(keys);
    ReadNumber key = key(names);
    read(
        names,
        texts -> {
          if (wanted.contains(key.of(texts))) {
            consumer.accept(texts);
          }
        });
  }

  @Override
  public long moved() {
    return moved;
  }

  private void numbers(Numbers consumer) {
    Set<String> both = new LinkedHashSet<>(columns.key());
    both.addAll(hashed);
    List<String> names = new ArrayList<>(both);
    ReadNumber key = key(names);
    ReadNumber row = columns.read(hashed, names);
    read(
        names,
        texts -> {
          long number = key.of(texts);
          if (buckets.sample().contains(number)) {
            consumer.accept(number, row.of(texts));
          }
        });
  }

  private ReadNumber key(List<String> names) {
    return columns.readKey(names, buckets.sample());
  }

  private void read(List<String> names, Consumer<String[]> consumer) {
    Query all =
        new KeysetSql(snapshot.dialect(), columns.source(), List.of(), List.of())
            .rows(names, Chunk.ALL);
    snapshot.forEachRow(
        all,
        texts -> {
          for (String text : texts) {
            moved += text == null ? 0 : text.length();
          }
          consumer.accept(texts);
        });
  }
}
