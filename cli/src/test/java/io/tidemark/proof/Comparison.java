package io.tidemark.proof;

import io.tidemark.core.lake.Lake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares one table of the lake with the oracle, and explains what differs. */
final class Comparison {
  private final TableDelivery delivery;
  private final TableLife life;
  private final Expectation expected;
  private final LakeReader reader;
  private final Findings findings;
  private final Coverage coverage;

  Comparison(Lake lake, TableDelivery delivery, Findings findings, Coverage coverage) {
    this.delivery = delivery;
    this.life = delivery.life();
    this.expected = new Expectation(delivery);
    this.reader = new LakeReader(lake, life);
    this.findings = findings;
    this.coverage = coverage;
  }

  void run() {
    for (Reader who : Reader.values()) {
      rows("silver read with " + who, expected.silver(), reader.silver(who));
      if (life.hasHistory()) {
        rows("history read with " + who, expected.history(), reader.history(who));
        coverage.hit(Rule.INTERVAL_COMPARED, expected.history().size());
      }
    }
    same("columns of silver", expected.columns(), reader.columns());
    same("dead letters", expected.deadLetters(), reader.deadLetters());
    keys("unresolved keys in quarantine", expected.unresolved(), reader.quarantinedKeys());
    bronze();
    coverage.hit(Rule.HISTORY_COMPARED, delivery.logs().size());
    for (Map<String, String> row : expected.silver().values()) {
      coverage.hit(
          Rule.VALUE_COMPARED, row.values().stream().filter(v -> !v.equals("null")).count());
      coverage.hit(
          Rule.MASKED,
          row.entrySet().stream()
              .filter(e -> expected.masking().masks(e.getKey()) && !e.getValue().equals("null"))
              .count());
    }
  }

  private void rows(
      String what, Map<String, Map<String, String>> right, Map<String, Map<String, String>> found) {
    Set<String> names = new TreeSet<>(right.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      Map<String, String> actual = expected.masking().unhashed(right.get(name), found.get(name));
      if (!Objects.equals(right.get(name), actual)) {
        Map<String, String> some = right.getOrDefault(name, found.get(name));
        Key key = expected.key(reader.key(some));
        findings.add(life, what, Story.of(delivery, key, right.get(name), actual));
      }
    }
  }

  private void same(String what, Map<String, String> right, Map<String, String> found) {
    Map<String, String> differing = new TreeMap<>();
    Set<String> names = new TreeSet<>(right.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String expectedText = right.get(name);
      if (!String.valueOf(expectedText).equals(String.valueOf(found.get(name)))) {
        differing.put(name, "expected " + expectedText + ", found " + found.get(name));
      }
    }
    if (!differing.isEmpty()) {
      findings.add(
          life, what, differing.toString().replaceAll("(0x[0-9a-f]{40})[0-9a-f]+", "$1..."));
    }
  }

  private void keys(String what, Set<String> wanted, Set<String> found) {
    if (!wanted.equals(found)) {
      findings.add(life, what, "expected %s,%nfound %s".formatted(wanted, found));
    }
  }

  private void bronze() {
    List<String> origins = reader.bronzeOrigins();
    if (origins.size() != delivery.changes() || new HashSet<>(origins).size() != origins.size()) {
      findings.add(
          life,
          "bronze has each change once",
          "%d changes sent, %d rows, %d of them different"
              .formatted(delivery.changes(), origins.size(), new HashSet<>(origins).size()));
    }
  }
}
