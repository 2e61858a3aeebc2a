package io.tidemark.proof;

import io.tidemark.core.lake.Lake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    Map<String, Map<String, String>> silver = reader.silver();
    rows("silver", silver);
    rows("silver read by Delta Kernel", reader.silverWithoutSpark());
    same("columns of silver", expected.columns(), reader.columns());
    same("dead letters", expected.deadLetters(), reader.deadLetters());
    Set<String> quarantined = new TreeSet<>(reader.quarantinedKeys());
    subset("unresolved keys are in quarantine", expected.unresolved(), quarantined);
    subset("keys in quarantine were unresolved", quarantined, expected.everUnresolved());
    bronze();
    coverage.hit(Rule.HISTORY_COMPARED, delivery.logs().size());
    silver
        .values()
        .forEach(
            row ->
                coverage.hit(
                    Rule.VALUE_COMPARED,
                    row.values().stream().filter(v -> !v.equals("null")).count()));
  }

  private void rows(String what, Map<String, Map<String, String>> actual) {
    Set<String> keys = new TreeSet<>(expected.silver().keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      Map<String, String> right = expected.silver().get(key);
      Map<String, String> found = actual.get(key);
      if (right == null || !right.equals(found)) {
        findings.add(Story.of(delivery, expected.key(key), what, right, found));
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
      findings.add(Story.header(delivery, what) + differing);
    }
  }

  private void subset(String what, Set<String> part, Set<String> whole) {
    Set<String> missing = new TreeSet<>(part);
    missing.removeAll(whole);
    if (!missing.isEmpty()) {
      findings.add(Story.header(delivery, what) + "not so: " + missing);
    }
  }

  private void bronze() {
    List<String> origins = reader.bronzeOrigins();
    if (origins.size() != delivery.changes() || new HashSet<>(origins).size() != origins.size()) {
      findings.add(
          Story.header(delivery, "bronze has each change once")
              + "%d changes sent, %d rows, %d of them different"
                  .formatted(delivery.changes(), origins.size(), new HashSet<>(origins).size()));
    }
  }
}
