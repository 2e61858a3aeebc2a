package io.tidemark.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.lake.OriginalRows;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.RandomRule;
import io.tidemark.merge.log.Shape;
import io.tidemark.merge.log.TestLake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For random rules and corrections and random rows, NULL and values that are not logged among them:
 * silver is what the rows that pass make of it, corrected, and quarantine has all others. In order
 * each row is there once it has landed; in any order those that count are once all have.
 */
class MergeJudgedOrderTest {
  private static final long SEED = Long.getLong("tidemark.seed", 1);
  private static final int KEYS = 30;
  private static final int EVENTS = 240;
  private static final int PASSES = 2;
  private static final String UNLOGGED = "__debezium_unavailable_value";
  private static final Shape SHAPE = Shape.of("id bigint", "n int", "doc string");

  /** An entry of the source's log; of a delete without values. */
  private record Event(long lsn, int key, boolean delete, Integer n, String doc) {
    Change change() {
      return delete
          ? SHAPE.delete(lsn, "{'id':%d}".formatted(key))
          : SHAPE.update(
              lsn,
              "{'id':%d,'n':%s,'doc':%s}".formatted(key, n, doc == null ? null : "'" + doc + "'"));
    }
  }

  /** A table: its rules, its log, and what must come of it. */
  private static final class Table {
    private final OnQuarantine mode;
    private final boolean inOrder;
    private final List<RandomRule> rules = new ArrayList<>();

    /** Corrections that show if they are made twice, and that see each other's originals only. */
    private final boolean corrects;

    private final List<Event> log = new ArrayList<>();
    private final Map<Integer, String> shown = new TreeMap<>();

    /** Position in the log of rows that break rules, with their names. */
    private final Map<Long, String> broken = new TreeMap<>();

    private final TreeSet<Long> newerThanShown = new TreeSet<>();

    Table(OnQuarantine mode, boolean inOrder, Random random) {
      this.mode = mode;
      this.inOrder = inOrder;
      this.corrects = random.nextInt(3) > 0;
      for (int i = 0; i < 2; i++) {
        rules.add(RandomRule.over(random, "n", "doc"));
      }
      for (long lsn = 10; log.size() < EVENTS; lsn += 10) {
        int key = 1 + Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
        Integer n = random.nextInt(4) == 0 ? null : random.nextInt(6);
        int dice = random.nextInt(10);
        String doc = dice < 2 ? UNLOGGED : dice < 4 ? null : "" + (char) ('a' + random.nextInt(5));
        log.add(new Event(lsn, key, random.nextInt(8) == 0, n, doc));
      }
      for (int key = 1; key <= KEYS; key++) {
        live(key);
      }
    }

    String name() {
      return mode.name().toLowerCase(Locale.ROOT) + (inOrder ? "_in_order" : "_shuffled");
    }

    RowRule[] declared() {
      List<RowRule> declared = new ArrayList<>();
      for (RandomRule rule : rules) {
        declared.add(
            new RowRule("r" + declared.size(), rule.sql(), Action.QUARANTINE, Dimension.VALIDITY));
      }
      return declared.toArray(RowRule[]::new);
    }

    Map<String, String> corrections() {
      return corrects
          ? Map.of("n", "if(doc = 'a', n + 1, n)", "doc", "if(n > 3, concat(doc, doc), doc)")
          : Map.of();
    }

    private Event corrected(Event event, String doc) {
      Integer n = event.n();
      return new Event(
          event.lsn(),
          event.key(),
          false,
          corrects && n != null && "a".equals(doc) ? Integer.valueOf(n + 1) : n,
          corrects && n != null && n > 3 && doc != null ? doc + doc : doc);
    }

    private void live(int key) {
      boolean docKnown = false;
      String doc = null;
      TreeSet<Long> newer = new TreeSet<>();
      for (Event event : log.stream().filter(e -> e.key() == key).toList()) {
        if (event.delete()) {
          shown.remove(key);
          newer.clear();
          docKnown = false;
          continue;
        }
        if (!UNLOGGED.equals(event.doc())) {
          doc = event.doc();
          docKnown = true;
        }
        if (docKnown) {
          judge(event, doc, newer);
        }
      }
      newerThanShown.addAll(newer);
    }

    private void judge(Event original, String originalDoc, TreeSet<Long> newer) {
      Event event = corrected(original, originalDoc);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("n", event.n());
      row.put("doc", event.doc());
      List<String> names = new ArrayList<>();
      for (RandomRule rule : rules) {
        if (!Boolean.TRUE.equals(rule.of(row))) {
          names.add("r" + rules.indexOf(rule));
        }
      }
      String flags = mode == OnQuarantine.FLAG && !names.isEmpty() ? " " + names : "";
      if (!names.isEmpty()) {
        broken.put(event.lsn(), names.toString());
      }
      if (names.isEmpty() || mode == OnQuarantine.FLAG) {
        shown.put(
            event.key(),
            "%s %s, was %s %s%s"
                .formatted(event.n(), event.doc(), original.n(), originalDoc, flags));
        newer.clear();
      } else {
        newer.add(event.lsn());
        if (mode == OnQuarantine.REMOVE) {
          shown.remove(event.key());
        }
      }
    }

    /** Its changes as they arrive. */
    List<Change> arriving(Random random) {
      List<Event> sent = new ArrayList<>(log);
      if (!inOrder) {
        log.stream().filter(e -> random.nextInt(5) == 0).forEach(sent::add);
        Collections.shuffle(sent, random);
      }
      return sent.stream().map(Event::change).toList();
    }
  }

  @Test
  void silverIsWhatTheRowsThatPassMakeAndQuarantineHasTheOthers(@TempDir Path folder) {
    TestLake lake = new TestLake(folder);
    Random random = new Random(SEED);
    List<Table> tables = new ArrayList<>();
    Map<String, List<Change>> arriving = new TreeMap<>();
    tables.add(new Table(OnQuarantine.KEEP_LAST_GOOD, true, random));
    tables.add(new Table(OnQuarantine.KEEP_LAST_GOOD, false, random));
    // The one that shows bad rows judges no less, and is quicker to show what it does by hand.
    tables.add(new Table(SEED % 2 == 0 ? OnQuarantine.FLAG : OnQuarantine.REMOVE, false, random));
    for (Table table : tables) {
      lake.rules(table.name(), table.mode, table.declared())
          .corrections(table.name(), table.corrections());
      arriving.put(table.name(), table.arriving(random));
    }
    Map<String, Long> quarantined = new TreeMap<>();
    for (int pass = 0; pass < PASSES; pass++) {
      for (Map.Entry<String, List<Change>> entry : arriving.entrySet()) {
        List<Change> all = entry.getValue();
        int from = pass * all.size() / PASSES;
        lake.land(entry.getKey(), all.subList(from, (pass + 1) * all.size() / PASSES));
      }
      for (StepRecord step : lake.mergeAll().steps()) {
        assertThat(step.error()).as(step.table()).isEmpty();
        assertThat(step.counts().unaccounted()).as("%s", step).isZero();
        quarantined.merge(step.table(), step.counts().of(Count.QUARANTINED), Long::sum);
      }
    }
    tables.forEach(table -> assertJudged(lake, table));
    for (Table table : tables) {
      if (table.inOrder && table.mode == OnQuarantine.KEEP_LAST_GOOD) {
        assertThat(quarantined.get(table.name()))
            .as("counted in %s", table.name())
            .isGreaterThanOrEqualTo(table.broken.size());
      }
    }
    Table rebuilt = tables.get(1);
    lake.rebuild(rebuilt.name());
    assertJudged(lake, rebuilt);
  }

  private static void assertJudged(TestLake lake, Table table) {
    String what = "%s, rules %s; repeat with -Dtidemark.seed=%d";
    Map<Integer, String> actual = new TreeMap<>();
    Dataset<Row> silver = lake.lake().silver(table.name()).read();
    Map<Long, Row> originals = new TreeMap<>();
    OriginalRows.of(silver)
        .collectAsList()
        .forEach(row -> originals.put(row.<Long>getAs("id"), row));
    for (Row row : silver.collectAsList()) {
      String flags = "";
      if (table.mode == OnQuarantine.FLAG && row.getAs(SilverColumns.BROKEN_RULES) != null) {
        flags = " " + row.getList(row.fieldIndex(SilverColumns.BROKEN_RULES));
      }
      actual.merge(
          row.<Long>getAs("id").intValue(),
          "%s %s, was %s %s%s"
              .formatted(
                  row.<Integer>getAs("n"),
                  row.<String>getAs("doc"),
                  originals.get(row.<Long>getAs("id")).<Integer>getAs("n"),
                  originals.get(row.<Long>getAs("id")).<String>getAs("doc"),
                  flags),
          (a, b) -> "twice");
    }
    assertThat(actual).as(what, table.name(), table.rules, SEED).isEqualTo(table.shown);
    Map<Long, String> waiting = new TreeMap<>();
    if (lake.lake().quarantine(table.name()).exists()) {
      for (Row row :
          lake.lake()
              .quarantine(table.name())
              .read()
              .filter("reason = 'BROKEN_RULE'")
              .select("source_time", "rules")
              .collectAsList()) {
        long lsn = Duration.between(BronzeLog.EPOCH, row.<Instant>getAs(0)).toSeconds();
        waiting.merge(lsn, row.getList(1).toString(), (a, b) -> a);
      }
    }
    if (table.inOrder) {
      assertThat(waiting).as(what, table.name(), table.rules, SEED).isEqualTo(table.broken);
    } else {
      assertThat(waiting.keySet()).containsAll(table.newerThanShown);
      table.newerThanShown.forEach(
          lsn -> assertThat(waiting.get(lsn)).isEqualTo(table.broken.get(lsn)));
    }
  }
}
