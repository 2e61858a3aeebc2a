package io.tidemark.quality.checks;

import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import java.util.List;

/** Counts the rows of a source table by SQL. */
final class SourceRows {
  private final PipelineSpec spec;
  private final Lake lake;

  SourceRows(PipelineSpec spec, Lake lake) {
    this.spec = spec;
    this.lake = lake;
  }

  /**
   * The lake's rows as share of the source's.
   *
   * @param total the lake's, as measured
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table has no one
   *     source table that the pipeline can read, 4 if the source does not answer
   */
  Outcome share(TableRef table, Outcome total) {
    if (!(total instanceof Outcome.Value ours)) {
      return total;
    }
    long rows = count(table);
    String detail = "the source has %d rows, the lake %d".formatted(rows, (long) ours.value());
    if (rows == 0 && ours.value() != 0) {
      return new Outcome.Failed(detail);
    }
    return new Outcome.Value(rows == 0 ? 1 : ours.value() / rows, detail);
  }

  private long count(TableRef table) {
    TableSpec declared = spec.table(table.name());
    if (table.layer() != Layer.SILVER || !declared.sourceTables().isEmpty()) {
      throw Errors.configuration(
          "Cannot compare the number of rows of %s: no one source table stands behind it"
              .formatted(table),
          "Check it on a silver table that has one source");
    }
    try (Snapshot snapshot = spec.requireDatabase().snapshot()) {
      DatabaseTable source =
          snapshot.table(declared.source().orElseGet(() -> landedFrom(table.name())));
      String sql = "SELECT count(*) FROM " + snapshot.dialect().quote(source);
      return Long.parseLong(
          snapshot.rows(new Query(source.qualified(), sql, List.of())).get(0).get(0));
    }
  }

  /** Events tell the name of the source table; bronze has kept it. */
  private String landedFrom(String table) {
    LakeTable bronze = lake.bronze(table);
    return bronze.exists()
        ? bronze.properties().getOrDefault(BronzeColumns.SOURCE_TABLE_PROPERTY, table)
        : table;
  }
}
