package io.tidemark.quality.reconcile;

import io.tidemark.core.database.Snapshot;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A source that hashes its rows itself, so that only those travel that are asked for. */
final class HashedSource implements SourceSide {
  private final Snapshot snapshot;
  private final Buckets buckets;
  private long moved;

  HashedSource(Snapshot snapshot, Buckets buckets) {
    this.snapshot = snapshot;
    this.buckets = buckets;
  }

  @Override
  public Map<Long, Sum> sums() {
    Map<Long, Sum> sums = new HashMap<>();
    snapshot.forEachHeldRow(
        buckets.source(),
        texts -> {
          long[] row = numbers(texts);
          sums.put(row[0], new Sum(row[1], row[2]));
        });
    return sums;
  }

  @Override
  public void rows(Collection<Long> some, Numbers consumer) {
    snapshot.forEachRow(
        buckets.sourceRows(some),
        texts -> {
          long[] row = numbers(texts);
          consumer.accept(row[0], row[1]);
        });
  }

  @Override
  public void values(List<String> columns, Collection<Long> keys, Consumer<String[]> consumer) {
    snapshot.forEachRow(
        buckets.sourceValues(columns, keys),
        texts -> {
          count(texts);
          consumer.accept(texts);
        });
  }

  @Override
  public long moved() {
    return moved;
  }

  private long[] numbers(String[] texts) {
    count(texts);
    long[] numbers = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      numbers[i] = new BigInteger(texts[i]).longValue(); // MariaDB's may have no sign.
    }
    return numbers;
  }

  private void count(String[] texts) {
    for (String text : texts) {
      moved += text == null ? 0 : text.length();
    }
  }
}
