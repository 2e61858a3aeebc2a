package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules 1, 3, 4 and 6, for events in any order at all: what silver and its quarantine hold is a
 * function of the set of events. Half of the tables keep their deleted rows.
 */
class MergeAnyOrderTest {
  private static final long FIRST_SEED = Long.getLong("tidemark.seed", 1);
  private static final int TABLES = Integer.getInteger("tidemark.histories", 2);
  private static final int KEYS = 40;
  private static final int EVENTS = 400;
  private static final int PASSES = 3;
  private static final String UNLOGGED = "__debezium_unavailable_value";
  private static final List<String> COLUMNS = List.of("body", "doc");
  private static final Shape SHAPE = Shape.of("id bigint", "body string", "doc string");

  /** An entry of the source's log; a truncate has key 0, a delete no values. */
  private record Event(long lsn, char op, int key, Map<String, String> values) {
    Change change() {
      if (op == 't') {
        return SHAPE.truncate(lsn);
      }
      if (op == 'd') {
        return SHAPE.delete(lsn, "{'id':%d}".formatted(key));
      }
      String row =
          "{'id':%d,'body':'%s','doc':'%s'}".formatted(key, values.get("body"), values.get("doc"));
      return SHAPE.update(lsn, row);
    }
  }

  /** What a key has come to; plain, and in the log's order. */
  private static final class Life {
    private Map<String, String> known = new TreeMap<>();
    private Map<String, String> shown;
    private long lsn;
    private boolean deleted;
    private boolean pending;

    void upsert(Event event) {
      event.values().forEach((c, v) -> known.merge(c, v, (o, n) -> n.equals(UNLOGGED) ? o : n));
      known.values().removeIf(UNLOGGED::equals);
      pending = known.size() < COLUMNS.size();
      if (!pending) {
        shown = new TreeMap<>(known);
        lsn = event.lsn();
        deleted = false;
      }
    }

    void delete(Event event, boolean soft) {
      known = new TreeMap<>();
      pending = false;
      if (shown != null) {
        shown = soft ? shown : null;
        lsn = event.lsn();
        deleted = true;
      }
    }
  }

  private static List<Event> log(Random random) {
    List<Event> log = new ArrayList<>();
    for (long lsn = 10; log.size() < EVENTS; lsn += 10) {
      int key = 1 + Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
      int dice = random.nextInt(1000);
      if (dice < 4) {
        log.add(new Event(lsn, 't', 0, Map.of()));
      } else if (dice < 200) {
        log.add(new Event(lsn, 'd', key, Map.of()));
      } else {
        Map<String, String> values = new LinkedHashMap<>();
        for (String column : COLUMNS) {
          values.put(column, random.nextInt(3) == 0 ? UNLOGGED : column + " " + lsn);
        }
        log.add(new Event(lsn, 'u', key, values));
      }
    }
    return log;
  }

  private static Map<Integer, Life> lives(List<Event> log, boolean soft) {
    Map<Integer, Life> lives = new TreeMap<>();
    for (Event event : log) {
      if (event.op() == 't') {
        lives.values().forEach(life -> life.delete(event, soft));
      } else if (event.op() == 'd') {
        lives.computeIfAbsent(event.key(), k -> new Life()).delete(event, soft);
      } else {
        lives.computeIfAbsent(event.key(), k -> new Life()).upsert(event);
      }
    }
    return lives;
  }

  @Test
  void rule1SilverIsAFunctionOfTheSetOfEvents(@TempDir Path folder) {
    TestLake lake = new TestLake(folder);
    Map<String, List<Event>> logs = new TreeMap<>();
    Map<String, List<Change>> arriving = new TreeMap<>();
    for (int i = 0; i < TABLES; i++) {
      Random random = new Random(FIRST_SEED + i);
      String table = (i % 2 == 0 ? "hard_" : "soft_") + (FIRST_SEED + i);
      lake.declare(table, "deletes: " + table.substring(0, 4));
      List<Event> log = log(random);
      logs.put(table, log);
      List<Event> sent = new ArrayList<>(log);
      for (int again = 0; again < EVENTS / 5; again++) {
        sent.add(log.get(random.nextInt(log.size())));
      }
      Collections.shuffle(sent, random);
      arriving.put(table, sent.stream().map(Event::change).toList());
    }
    for (int pass = 0; pass < PASSES; pass++) {
      for (Map.Entry<String, List<Change>> entry : arriving.entrySet()) {
        List<Change> all = entry.getValue();
        int from = pass * all.size() / PASSES;
        lake.land(entry.getKey(), all.subList(from, (pass + 1) * all.size() / PASSES));
      }
      assertThat(lake.mergeAll().steps())
          .hasSize(TABLES)
          .allSatisfy(MergeAnyOrderTest::assertAccounted);
    }
    logs.forEach((table, log) -> assertConverged(lake, table, log));
    assertRebuilds(lake, logs, arriving);
  }

  /** From bronze it is the same function, and what comes again then changes nothing. */
  private static void assertRebuilds(
      TestLake lake, Map<String, List<Event>> logs, Map<String, List<Change>> arriving) {
    logs.keySet().forEach(lake::rebuild);
    logs.forEach((table, log) -> assertConverged(lake, table, log));
    arriving.forEach((table, changes) -> lake.land(table, changes.subList(0, EVENTS / 2)));
    assertThat(lake.mergeAll().steps()).allSatisfy(MergeAnyOrderTest::assertAccounted);
    logs.forEach((table, log) -> assertConverged(lake, table, log));
  }

  private static void assertAccounted(StepRecord step) {
    assertThat(step.error()).as(step.table()).isEmpty();
    assertThat(step.counts().unaccounted()).as("%s", step).isZero();
  }

  private static void assertConverged(TestLake lake, String table, List<Event> log) {
    boolean soft = table.startsWith("soft");
    Map<Integer, Life> lives = lives(log, soft);
    Map<Integer, String> expected = new TreeMap<>();
    TreeSet<String> pending = new TreeSet<>();
    lives.forEach(
        (key, life) -> {
          if (life.shown != null) {
            expected.put(key, text(life, soft));
          }
          if (life.pending) {
            pending.add("{\"id\":" + key + "}");
          }
        });
    Map<Integer, String> actual = new TreeMap<>();
    for (Row row : lake.lake().silver(table).read().collectAsList()) {
      actual.merge((int) row.<Long>getAs("id").longValue(), text(row, soft), (a, b) -> "twice");
    }
    assertThat(actual)
        .as("%s; repeat with -Dtidemark.seed=%d", table, FIRST_SEED)
        .isEqualTo(expected);
    TreeSet<String> waiting = new TreeSet<>();
    if (lake.lake().quarantine(table).exists()) {
      lake.lake()
          .quarantine(table)
          .read()
          .select("key")
          .collectAsList()
          .forEach(row -> waiting.add(row.getString(0)));
    }
    assertThat(waiting).as("quarantine of %s", table).isEqualTo(pending);
  }

  private static String text(Life life, boolean soft) {
    Instant time = BronzeLog.timeOf(life.lsn);
    return life.shown.values()
        + " "
        + time
        + (soft ? " " + life.deleted + " " + (life.deleted ? time : null) : "");
  }

  private static String text(Row row, boolean soft) {
    return List.of(row.getAs("body"), row.getAs("doc"))
        + " "
        + row.getAs(SilverColumns.SOURCE_TIME)
        + (soft
            ? " " + row.getAs(SilverColumns.DELETED) + " " + row.getAs(SilverColumns.DELETED_AT)
            : "");
  }
}
