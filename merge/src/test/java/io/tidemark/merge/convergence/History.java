package io.tidemark.merge.convergence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random life of a table: a snapshot, then inserts, updates that do not log the large column,
 * deletes, key changes, truncates, and on the way a column added in the middle. A few keys get most
 * of the changes.
 */
final class History {
  private static final int KEYS = 30;

  private final Random random;
  private final List<SourceEvent> log = new ArrayList<>();
  private final Map<String, Map<String, Object>> rows = new TreeMap<>();
  private final int extendedAt;
  private long lsn = 1000;
  private int values;

  private History(Random random, int events) {
    this.random = random;
    this.extendedAt = random.nextInt(2 * events);
  }

  /** A log of about so many events. */
  static List<SourceEvent> of(Random random, int events) {
    History history = new History(random, events);
    history.snapshot();
    while (history.log.size() < events) {
      history.step();
    }
    return history.log;
  }

  /** All rows of a snapshot have the position at which it began. */
  private void snapshot() {
    for (int i = random.nextInt(KEYS / 2); i > 0; i--) {
      String key = key(i);
      put("r", key, complete(key));
    }
  }

  private void step() {
    lsn += 1 + random.nextInt(3);
    int dice = random.nextInt(100);
    String key = anyKey();
    if (dice == 0 && random.nextBoolean()) {
      rows.clear();
      log.add(new SourceEvent(lsn, "t", null, null, extended()));
    } else if (!rows.containsKey(key)) {
      put("c", key, complete(key));
    } else if (dice < 20) {
      remove(key);
    } else if (dice < 28) {
      changeKey(key);
    } else if (dice < 34) {
      put("r", key, row(key)); // An incremental snapshot reads what is there.
    } else {
      update(key);
    }
  }

  private boolean extended() {
    return log.size() >= extendedAt;
  }

  /** Half of all changes go to the first keys. */
  private String anyKey() {
    return key(Math.min(random.nextInt(KEYS), random.nextInt(KEYS)));
  }

  private static String key(int number) {
    return number % 3 == 0 ? "it's \"%d\"".formatted(number) : "k" + number;
  }

  private void update(String key) {
    Map<String, Object> row = row(key);
    row.put("name", text("name"));
    row.put("amount", random.nextInt(8) == 0 ? null : amount());
    boolean large = random.nextInt(6) == 0;
    if (large) {
      row.put("body", random.nextInt(5) == 0 ? null : text("body"));
    }
    rows.put(key, row);
    Map<String, Object> logged = new LinkedHashMap<>(row);
    if (!large && row.get("body") != null) {
      logged.put("body", SourceEvent.UNLOGGED);
    }
    log.add(new SourceEvent(lsn, "u", key, logged, extended()));
  }

  private void remove(String key) {
    rows.remove(key);
    log.add(new SourceEvent(lsn, "d", key, null, extended()));
  }

  private void changeKey(String from) {
    String to = anyKey();
    if (rows.containsKey(to)) {
      return;
    }
    Map<String, Object> row = row(from);
    row.put("id", to);
    remove(from);
    put("c", to, row);
  }

  private void put(String op, String key, Map<String, Object> row) {
    rows.put(key, row);
    log.add(new SourceEvent(lsn, op, key, new LinkedHashMap<>(row), extended()));
  }

  /** The stored row with the columns that the table has now. */
  private Map<String, Object> row(String key) {
    Map<String, Object> row = columns(key);
    row.putAll(rows.get(key));
    return row;
  }

  private Map<String, Object> complete(String key) {
    Map<String, Object> row = columns(key);
    row.put("name", text("name"));
    row.put("amount", amount());
    row.put("body", text("body"));
    row.computeIfPresent("extra", (column, none) -> values++);
    return row;
  }

  private Map<String, Object> columns(String key) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", key);
    row.put("name", null);
    if (extended()) {
      row.put("extra", -1);
    }
    row.put("amount", null);
    row.put("body", null);
    return row;
  }

  /** Every value occurs once, so that an old one is never right by chance. */
  private String text(String column) {
    return column + " " + values++;
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(values++ * 100L + random.nextInt(100), 2);
  }
}
