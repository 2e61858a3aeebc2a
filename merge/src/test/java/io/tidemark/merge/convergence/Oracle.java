package io.tidemark.merge.convergence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a table must hold after its log: a plain fold in the log's order, sharing no code with what
 * it judges.
 */
final class Oracle {
  /**
   * A current row.
   *
   * @param values by column
   * @param lsn of the last change that touched it
   */
  record Current(Map<String, Object> values, long lsn) {}

  private Oracle() {}

  /** The rows by key after events in the log's order. */
  static Map<String, Current> fold(List<SourceEvent> log) {
    Map<String, Current> rows = new TreeMap<>();
    for (SourceEvent event : log) {
      switch (event.op()) {
        case "t" -> rows.clear();
        case "d" -> rows.remove(event.key());
        default -> {
          Map<String, Object> values = new LinkedHashMap<>(event.row());
          values.replaceAll(
              (column, value) ->
                  value == SourceEvent.UNLOGGED
                      ? rows.get(event.key()).values().get(column)
                      : value);
          rows.put(event.key(), new Current(values, event.lsn()));
        }
      }
    }
    return rows;
  }
}
