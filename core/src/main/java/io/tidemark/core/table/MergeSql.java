package io.tidemark.core.table;

import java.util.Map;
import java.util.stream.Collectors;

/** The SQL text of a MERGE; pure, so that it can be read and tested without Spark. */
final class MergeSql {
  private MergeSql() {}

  static String of(MergeStatement statement, String target, String source) {
    String updates =
        statement.updates().entrySet().stream()
            .map(update -> "t." + SqlNames.quote(update.getKey()) + " = " + update.getValue())
            .collect(Collectors.joining(", "));
    Map<String, String> inserts = statement.inserts();
    return """
        MERGE INTO %s t USING %s s ON %s
        WHEN MATCHED AND %s THEN DELETE
        WHEN MATCHED AND %s THEN UPDATE SET %s
        WHEN NOT MATCHED AND %s THEN INSERT (%s) VALUES (%s)
        """
        .formatted(
            target,
            source,
            statement.matchCondition(),
            statement.deleteCondition(),
            statement.updateCondition(),
            updates,
            statement.insertCondition(),
            inserts.keySet().stream().map(SqlNames::quote).collect(Collectors.joining(", ")),
            String.join(", ", inserts.values()));
  }
}
