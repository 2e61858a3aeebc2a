package io.tidemark.core.table;

import java.util.Map;
import java.util.stream.Collectors;

/** The SQL text of a MERGE; pure, so that it can be read and tested without Spark. */
final class MergeSql {
  private MergeSql() {}

  static String of(MergeStatement statement, String target, String source) {
    Map<String, String> inserts = statement.inserts();
    return """
        MERGE INTO %s t USING %s s ON %s
        %s%sWHEN NOT MATCHED AND %s THEN INSERT (%s) VALUES (%s)
        """
        .formatted(
            target,
            source,
            statement.matchCondition(),
            clause(statement.deleteCondition(), "DELETE"),
            clause(statement.updateCondition(), "UPDATE SET " + updates(statement)),
            statement.insertCondition(),
            inserts.keySet().stream().map(SqlNames::quote).collect(Collectors.joining(", ")),
            String.join(", ", inserts.values()));
  }

  private static String updates(MergeStatement statement) {
    return statement.updates().entrySet().stream()
        .map(update -> "t." + SqlNames.quote(update.getKey()) + " = " + update.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String clause(String condition, String action) {
    return condition.equals(MergeStatement.NEVER)
        ? ""
        : "WHEN MATCHED AND " + condition + " THEN " + action + "\n";
  }
}
