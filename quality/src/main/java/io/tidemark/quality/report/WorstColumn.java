package io.tidemark.quality.report;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A column that checks complain about.
 *
 * @param broken the names of the checks that look at it and do not hold
 * @param checks how many look at it
 * @param worst the worst that they say
 */
record WorstColumn(TableRef table, String column, List<String> broken, int checks, Verdict worst) {
  /** The columns with the most and gravest complaints, those first. */
  static List<WorstColumn> of(List<TableReport> tables, int most) {
    List<WorstColumn> all = new ArrayList<>();
    for (TableReport table : tables) {
      Map<String, WorstColumn> byColumn = new LinkedHashMap<>();
      for (CheckResult result : table.verdict().results()) {
        for (String column : table.columns().getOrDefault(result.check(), Set.of())) {
          byColumn.merge(column, of(column, result), WorstColumn::and);
        }
      }
      all.addAll(byColumn.values());
    }
    return all.stream()
        .filter(column -> !column.broken().isEmpty())
        .sorted(
            Comparator.comparing(WorstColumn::worst)
                .thenComparing(column -> column.broken().size())
                .reversed())
        .limit(most)
        .toList();
  }

  private static WorstColumn of(String column, CheckResult result) {
    boolean breaks = result.verdict() == Verdict.WARN || result.verdict() == Verdict.FAIL;
    return new WorstColumn(
        result.table(), column, breaks ? List.of(result.check()) : List.of(), 1, result.verdict());
  }

  private WorstColumn and(WorstColumn other) {
    List<String> both = new ArrayList<>(broken);
    both.addAll(other.broken);
    return new WorstColumn(table, column, both, checks + other.checks, worst.worse(other.worst));
  }
}
