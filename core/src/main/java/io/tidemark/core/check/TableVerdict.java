package io.tidemark.core.check;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What all checks of a table say together.
 *
 * @param version the table's version that was judged; -1 if there is none yet
 * @param rows how many rows it had; -1 if there is no table yet
 * @param at when it was judged
 * @param results one for each check, in the order of the file
 */
public record TableVerdict(
    TableRef table, long version, long rows, Instant at, List<CheckResult> results) {

  /** Copies the list. */
  public TableVerdict {
    results = List.copyOf(results);
  }

  /** The worst of all; {@link Verdict#PASS} if there are none. */
  public Verdict verdict() {
    return results.stream().map(CheckResult::verdict).reduce(Verdict.PASS, Verdict::worse);
  }

  /** The results that say so, in the order of the file. */
  public List<CheckResult> saying(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).toList();
  }

  /** What the results that say so measured and expected, for a message. */
  public String inWords(Verdict verdict) {
    return saying(verdict).stream().map(CheckResult::inWords).collect(Collectors.joining("; "));
  }
}
