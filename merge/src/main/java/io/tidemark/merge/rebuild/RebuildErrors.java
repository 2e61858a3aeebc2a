package io.tidemark.merge.rebuild;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.core.spec.TableSpec;
import java.util.List;

/** What can be wrong with building a table anew. */
final class RebuildErrors {
  private RebuildErrors() {}

  static TidemarkException unknown(String table, List<String> known) {
    return Errors.configuration(
        "Cannot rebuild the table '%s': nothing has landed in a table of that name"
            .formatted(table),
        "Name one of " + known);
  }

  static TidemarkException combined(TableSpec table) {
    return Errors.configuration(
        "Cannot rebuild the table '%s' from bronze: it is combined from the tables %s"
            .formatted(table.name(), table.sourceTables().values()),
        "Rebuild these; the next 'tidemark merge' brings '%s' up to them".formatted(table.name()));
  }

  static TidemarkException notThere(String layer, String table) {
    return Errors.configuration(
        "Cannot rebuild the table '%s': there is no %s/%s yet".formatted(table, layer, table),
        layer.equals("history")
            ? "Set 'tables.%s.history: true', and run 'tidemark merge': it builds history from bronze"
                .formatted(table)
            : "Run 'tidemark merge': it builds the table from all that bronze has");
  }

  static TidemarkException nothingInBronze(String table) {
    return Errors.dataLoss(
        "Cannot rebuild the table '%s': bronze has no change of a row".formatted(table),
        "Nothing was changed; bring bronze back (an older version of bronze/%s, 'tidemark backfill"
                .formatted(table)
            + " files', or a new snapshot) and run it again");
  }

  static TidemarkException lost(String layer, String table, LostRows lost) {
    return Errors.dataLoss(
        "Cannot rebuild %s of table '%s': %,d of its rows cannot come from bronze, which has lost changes; for example %s"
            .formatted(layer, table, lost.rows(), String.join(", ", lost.examples())),
        "Nothing was changed; bring the changes back (an older version of bronze/%s, 'tidemark"
                .formatted(table)
            + " backfill files'), or go without them with --accept-loss and then take a snapshot");
  }

  static TidemarkException overtaken(String layer, String table, int tries) {
    return Errors.dataLoss(
        "Cannot put the rebuilt %s of table '%s' in place: %d times another process merged the table in that moment"
            .formatted(layer, table, tries),
        "Nothing was changed; run it again, or stop the process that merges for as long as it takes");
  }

  static TidemarkException undecodable(String table, UndecodableValueException cause) {
    return Errors.configuration(
        "Cannot rebuild the table '%s' as the pipeline file declares it: bronze has a value that does not fit: %s"
            .formatted(table, cause.getMessage()),
        "Nothing was changed; correct 'tables.%s.columns' so that all its values fit"
            .formatted(table));
  }
}
