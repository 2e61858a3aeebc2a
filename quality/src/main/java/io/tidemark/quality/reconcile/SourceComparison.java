package io.tidemark.quality.reconcile;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.ExactText;
import io.tidemark.core.schema.LakeType;
import io.tidemark.quality.kernel.KernelTable;
import io.tidemark.quality.reconcile.Comparison.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares tables of a PostgreSQL, MariaDB or MySQL with tables of the lake, row by row and column
 * by column, by value; of a corrected value by the original that is kept with it.
 *
 * <p>Kernel delivers rows in no order, so one pass over the lake keeps a digest of each row under a
 * digest of its key; the source then streams past it. Only if something differs, a second pass over
 * the same version of the lake fetches some of the values. No table is held in memory.
 *
 * <p>Nothing waits for changes that are on their way: drain the pipeline first.
 */
public final class SourceComparison {
  /** The most examples of one kind. */
  private static final int EXAMPLES = 20;

  private final SourceDatabase database;

  /** Compares with tables of a database. */
  public SourceComparison(SourceDatabase database) {
    this.database = database;
  }

  /**
   * Compares one table, in one read-only transaction of the source and one version of the lake's
   * table.
   *
   * @param schema the source table's schema
   * @param table the source table's name
   * @param lakeTable path or URI of the lake's table
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if either table does not
   *     exist or they cannot be compared, 4 if a side does not answer
   */
  public Comparison compare(String schema, String table, String lakeTable) {
    KernelTable lake = KernelTable.newest(lakeTable);
    try (Snapshot snapshot = database.snapshot()) {
      DatabaseTable source = snapshot.table(schema, table);
      if (source.key().isEmpty()) {
        throw Errors.configuration(
            "Cannot compare %s: it has no primary key, so rows cannot be matched"
                .formatted(source.qualified()),
            "Add a primary key, or leave the table out");
      }
      return new Pass(snapshot, source, lake).run();
    }
  }

  /** The comparison of one table. */
  private static final class Pass {
    private final Snapshot snapshot;
    private final DatabaseTable source;
    private final KernelTable lake;
    private final ComparedColumns columns;
    private final Map<String, LakeType> types = new HashMap<>();
    private final Digest.Maker digests = new Digest.Maker();
    private final RowDigests rows = new RowDigests();
    private final List<Difference> examples;
    // Rows of which the values will be looked up.
    private final Map<Digest, Object[]> differing = new LinkedHashMap<>();
    private final Map<Digest, Integer> repeated = new LinkedHashMap<>();
    private long sourceRows;
    private long lakeRows;
    private long missingInLake;
    private long repeatedInLake;
    private long differingRows;

    Pass(Snapshot snapshot, DatabaseTable source, KernelTable lake) {
      this.snapshot = snapshot;
      this.source = source;
      this.lake = lake;
      this.columns = ComparedColumns.of(source, lake.columns());
      lake.columns().forEach(column -> types.put(column.name(), column.type()));
      this.examples = new ArrayList<>(columns.differences());
    }

    Comparison run() {
      forEachLiveRow(values -> keep(columns.ofLake(values)));
      snapshot.forEachRow(
          new KeysetSql(snapshot.dialect(), source, List.of(), List.of())
              .rows(columns.names(), Chunk.ALL),
          texts -> match(columns.ofSource(texts)));
      if (rows.unmatched() + repeatedInLake + differingRows > 0) {
        Details details = new Details();
        forEachLiveRow(values -> details.look(columns.ofLake(values)));
      }
      Counts counts =
          new Counts(
              sourceRows, lakeRows, missingInLake, rows.unmatched(), repeatedInLake, differingRows);
      return new Comparison(
          source.qualified(), lake.version(), columns.names().size(), counts, examples);
    }

    /** Some tables keep the rows that the source has deleted, and some correct what it has. */
    private void forEachLiveRow(Consumer<Object[]> row) {
      List<String> names = new ArrayList<>(columns.names());
      int compared = names.size();
      int deleted = placeOf(SilverColumns.DELETED, names);
      int originals = placeOf(SilverColumns.ORIGINAL, names);
      lake.forEachRow(
          names,
          values -> {
            if (deleted < 0 || !Boolean.TRUE.equals(values[deleted])) {
              if (originals >= 0 && values[originals] instanceof Map<?, ?> texts) {
                texts.forEach((column, text) -> restore(values, column, (String) text));
              }
              row.accept(Arrays.copyOf(values, compared));
            }
          });
    }

    /** Has a column of Tidemark's own read, too, if the table has it; else -1. */
    private int placeOf(String own, List<String> names) {
      if (!types.containsKey(own)) {
        return -1;
      }
      names.add(own);
      return names.size() - 1;
    }

    private void restore(Object[] values, Object column, String text) {
      int place = columns.names().indexOf(column);
      if (place >= 0) {
        values[place] = text == null ? null : ExactText.value(text, types.get(column));
      }
    }

    private void keep(Object[] row) {
      lakeRows++;
      Digest key = digests.places(row, columns.keyPlaces());
      if (!rows.add(key, digests.row(row))) {
        repeatedInLake++;
        if (repeated.size() < EXAMPLES) {
          repeated.put(key, 0);
        }
      }
    }

    private void match(Object[] row) {
      sourceRows++;
      Digest key = digests.places(row, columns.keyPlaces());
      switch (rows.match(key, digests.row(row))) {
        case EQUAL_ROW -> {}
        case NO_ROW -> {
          if (missingInLake++ < EXAMPLES) {
            examples.add(new Difference.MissingInLake(columns.keyText(row)));
          }
        }
        case OTHER_ROW -> {
          if (differingRows++ < EXAMPLES) {
            differing.put(key, row);
          }
        }
      }
    }

    /** The second pass over the lake. */
    private final class Details {
      private int missingInSource;
      private int cells;

      void look(Object[] row) {
        Digest key = digests.places(row, columns.keyPlaces());
        if (rows.isUnmatched(key) && missingInSource < EXAMPLES) {
          missingInSource++;
          examples.add(new Difference.MissingInSource(columns.keyText(row)));
        }
        if (repeated.containsKey(key) && repeated.merge(key, 1, Integer::sum) == 2) {
          examples.add(new Difference.RepeatedInLake(columns.keyText(row)));
        }
        Object[] other = differing.get(key);
        if (other != null) {
          cells(other, row);
        }
      }

      private void cells(Object[] ofSource, Object[] ofLake) {
        for (int i = 0; i < ofSource.length && cells < EXAMPLES; i++) {
          if (!Arrays.equals(Canonical.bytes(ofSource[i]), Canonical.bytes(ofLake[i]))) {
            cells++;
            examples.add(
                new Difference.Cell(
                    columns.keyText(ofSource),
                    columns.names().get(i),
                    Canonical.text(ofSource[i]),
                    Canonical.text(ofLake[i])));
          }
        }
      }
    }
  }
}
