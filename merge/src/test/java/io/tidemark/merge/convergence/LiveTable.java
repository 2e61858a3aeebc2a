package io.tidemark.merge.convergence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.Position.Phase;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.JsonText;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.CutOff;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** A table with a random history that arrives in a lake bit by bit. */
final class LiveTable {
  private static final Shape NARROW =
      Shape.of("id string", "name string", "amount decimal(12,2)", "body string");
  private static final Shape EXTENDED =
      Shape.of("id string", "name string", "extra int", "amount decimal(12,2)", "body string");

  private final TestLake lake;
  private final String name;
  private final Random random;
  private final List<SourceEvent> log;
  private final Iterator<List<SourceEvent>> portions;

  LiveTable(TestLake lake, long seed, int events, int portions) {
    this.lake = lake;
    this.name = "seed_" + seed;
    this.random = new Random(seed);
    this.log = History.of(random, events);
    this.portions = Delivery.cut(Delivery.of(log, random), portions, random).iterator();
  }

  String name() {
    return name;
  }

  /** Lands the next portion of the delivery, in one bronze commit or in several. */
  void landPortion() {
    for (List<SourceEvent> commit : Delivery.cut(portions.next(), 1 + random.nextInt(2), random)) {
      if (!commit.isEmpty()) {
        lake.land(name, commit.stream().map(LiveTable::change).toList());
      }
    }
  }

  /** The version of silver, or -1 if there is none. */
  long version() {
    return lake.lake().silver(name).exists() ? lake.lake().silver(name).version() : -1;
  }

  /** Sometimes takes back what the last pass wrote to silver; deletes are remembered then. */
  void sometimesCutOff(long before) {
    // Delta writes a checkpoint at version 10, which cannot be taken back so simply.
    if (random.nextInt(3) == 0 && version() < 10) {
      if (before < 0) {
        CutOff.remove(lake.lake(), lake.lake().silver(name));
      } else {
        CutOff.after(lake.lake(), lake.lake().silver(name), before);
      }
    }
  }

  /** What silver must hold, by key. */
  Map<String, Map<String, Object>> expected() {
    Map<String, Map<String, Object>> expected = new TreeMap<>();
    Oracle.fold(log)
        .forEach(
            (key, current) -> {
              Map<String, Object> row = new TreeMap<>(current.values());
              row.putIfAbsent("extra", null);
              row.put(SilverColumns.SOURCE_TIME, BronzeLog.timeOf(current.lsn()));
              expected.put(key, row);
            });
    return expected;
  }

  /** What silver holds, by key; a key that is there twice has a row that equals none. */
  Map<String, Map<String, Object>> actual() {
    Map<String, Map<String, Object>> actual = new TreeMap<>();
    for (Row row : lake.lake().silver(name).read().collectAsList()) {
      Map<String, Object> values = new TreeMap<>();
      for (String column : row.schema().fieldNames()) {
        values.put(column, row.getAs(column));
      }
      values.putIfAbsent("extra", null);
      values.remove(SilverColumns.POSITION);
      values.remove(SilverColumns.APPLIED_AT);
      actual.merge(row.getAs("id"), values, (one, other) -> Map.of("twice", List.of(one, other)));
    }
    return actual;
  }

  private static Change change(SourceEvent event) {
    Shape shape = event.extended() ? EXTENDED : NARROW;
    if (event.op().equals("t")) {
      return shape.truncate(event.lsn());
    }
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("id", event.key());
    return new Change(
        event.op(),
        json(key),
        event.row() == null ? null : json(event.row()),
        event.lsn(),
        event.op().equals("r") ? Phase.SNAPSHOT : Phase.STREAM,
        shape.schema());
  }

  private static String json(Map<String, Object> values) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (column, value) -> {
          if (value instanceof BigDecimal number) {
            json.put(column, number);
          } else if (value instanceof Integer number) {
            json.put(column, number);
          } else {
            json.put(column, (String) value);
          }
        });
    return JsonText.compact(json);
  }

  /** The tables of some seeds. */
  static List<LiveTable> of(TestLake lake, long firstSeed, int tables, int events, int portions) {
    List<LiveTable> live = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      live.add(new LiveTable(lake, firstSeed + i, events, portions));
    }
    return live;
  }
}
