package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.event.Position;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableOwner;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.order.OrderStore;
import io.tidemark.ingest.order.OrderStore.Declared;
import io.tidemark.ingest.order.OrderTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The epochs of a pipeline's tables.
 *
 * <p>An operator declares one when a source's log began anew: from the offsets on that the table
 * has not landed yet, every change beats every earlier one, whatever its place in the new log. The
 * bronze table's own commit takes note first, so that nothing can land by the old epoch any more,
 * and on the condition that nothing has landed since the offsets were read.
 */
public final class Epochs {
  private final String pipeline;
  private final Lake lake;
  private final OrderStore store;

  /** The epochs of one pipeline. */
  public Epochs(String pipeline, Lake lake) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.store = new OrderStore(lake, pipeline);
  }

  /** All declared epochs, by table, epoch and partition. */
  public List<Declared> declared() {
    return store.declared();
  }

  /**
   * Declares the next epoch of a table. Cut off half-way, it keeps the table from landing until it
   * is run again, which then completes it.
   *
   * @param by who declares it
   * @param reason why
   * @return the new epoch, one entry for each partition the table has landed from
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table or
   *     another pipeline writes it, 5 if a run landed changes of it at the same moment
   */
  public List<Declared> advance(String table, String by, String reason, Instant now) {
    LakeTable bronze = lake.bronze(table);
    if (!bronze.exists()) {
      throw Errors.unknownTable(lake.toString(), table, lake.bronzeTables());
    }
    TableOwner.require(bronze, bronze.properties(), pipeline);
    Map<String, Long> tokens = bronze.tokens("");
    int epoch = claim(table, bronze, tokens);
    Declared all = new Declared(table, epoch, null, 0, 0, now, by, reason);
    List<Declared> rows = rows(boundary(tokens, epoch), all);
    store.declare(rows);
    return rows;
  }

  private int claim(String table, LakeTable bronze, Map<String, Long> found) {
    String name = OrderTokens.epoch(pipeline);
    long claimed = found.getOrDefault(name, CommitToken.NONE);
    int last = store.read().newestEpoch(table);
    if (claimed > last) {
      return (int) claimed; // An advance was cut off before it was stored.
    }
    if (last == Position.LAST_EPOCH) {
      throw new IllegalStateException("Cannot count more than " + last + " epochs of " + table);
    }
    List<CommitToken> tokens = new ArrayList<>();
    tokens.add(new CommitToken(name, claimed, last + 1L));
    // Nothing may have landed since.
    startingWith(BronzeTokens.prefix(pipeline), found)
        .forEach(
            (partition, next) ->
                tokens.add(new CommitToken(BronzeTokens.prefix(pipeline) + partition, next, next)));
    Dataset<Row> nothing = lake.spark().createDataFrame(List.<Row>of(), bronze.schema());
    bronze.append(nothing, tokens);
    return last + 1;
  }

  /** The first offset of each partition that has not landed, or at which the log broke. */
  private Map<String, Long> boundary(Map<String, Long> tokens, int epoch) {
    Map<String, Long> boundary = new TreeMap<>();
    for (String prefix : List.of(BronzeTokens.prefix(pipeline), OrderTokens.seen(pipeline))) {
      startingWith(prefix, tokens).forEach((p, next) -> boundary.merge(p, next, Math::max));
    }
    boundary.remove(BronzeTokens.BATCHES);
    boundary.putAll(startingWith(OrderTokens.broken(pipeline, epoch - 1), tokens));
    return boundary;
  }

  private static Map<String, Long> startingWith(String prefix, Map<String, Long> tokens) {
    Map<String, Long> found = new TreeMap<>();
    tokens.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static List<Declared> rows(Map<String, Long> boundary, Declared all) {
    List<Declared> rows = new ArrayList<>();
    boundary.forEach(
        (partition, first) -> {
          int slash = partition.lastIndexOf('/');
          rows.add(
              new Declared(
                  all.table(),
                  all.epoch(),
                  partition.substring(0, slash),
                  Integer.parseInt(partition.substring(slash + 1)),
                  first,
                  all.at(),
                  all.by(),
                  all.reason()));
        });
    return rows.isEmpty() ? List.of(all) : rows;
  }
}
