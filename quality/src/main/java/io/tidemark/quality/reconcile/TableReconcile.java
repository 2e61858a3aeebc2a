package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.OriginalRows;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.reconcile.KeyDifference.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares a table of silver with its source, of which only hashes travel where both agree.
 *
 * <p>One view of the source is compared with one version of the lake. What is on its way between
 * the two differs: the caller compares again until the lake has passed the view.
 */
public final class TableReconcile {
  /** So many differing keys are looked at value by value. */
  private static final int LOOKED_AT = 20_000;

  private final Lake lake;
  private final TableSpec spec;
  private final Snapshot snapshot;
  private final DatabaseTable source;
  private final Sample sample;

  /**
   * A comparison in one view of the source.
   *
   * @param source the table, with at least its key
   * @param sample which rows are compared
   */
  public TableReconcile(
      Lake lake, TableSpec spec, Snapshot snapshot, DatabaseTable source, Sample sample) {
    this.lake = lake;
    this.spec = spec;
    this.snapshot = snapshot;
    this.source = source;
    this.sample = sample;
  }

  /**
   * What was found.
   *
   * @param table the lake's name of the table
   * @param lakeVersion of the silver table
   * @param at the view of the source, by its clock
   * @param place the same by its count
   * @param sample which rows were compared
   * @param sourceRows rows of the source that were compared
   * @param lakeRows rows of the lake that were
   * @param columns how many were compared
   * @param leftOut columns that were not, each with the reason
   * @param differing keys whose row differs
   * @param differences of at most 20,000 of them, value by value
   * @param moved bytes that the source sent, about
   */
  public record Found(
      String table,
      long lakeVersion,
      Instant at,
      long place,
      Sample sample,
      long sourceRows,
      long lakeRows,
      int columns,
      Map<String, String> leftOut,
      long differing,
      List<KeyDifference> differences,
      long moved) {
    /** Whether nothing differs. */
    public boolean equal() {
      return differing == 0;
    }
  }

  /**
   * Compares the rows.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the tables cannot be
   *     compared, 4 if the source does not answer
   */
  public Found run() {
    FloatBits.register(lake.spark());
    LakeTable silver = ReconciledColumns.silver(lake, spec);
    long version = silver.version();
    Dataset<Row> rows = OriginalRows.of(ReconciledColumns.live(silver.readVersion(version)));
    ReconciledColumns columns = ReconciledColumns.of(spec, source, rows);
    Dialect dialect = snapshot.dialect();
    RowNumber key = columns.keyNumber(dialect, sample);
    RowNumber row = columns.hash(dialect, columns.compared());
    Buckets buckets =
        new Buckets(
            dialect, source, key, row, Buckets.bits(snapshot.approximateRows(source)), sample);
    SourceSide side = SourceSide.of(snapshot, columns, buckets, columns.compared());
    BucketComparison.Found found =
        new BucketComparison(side, buckets, rows, kind -> true, LOOKED_AT).run();
    Values values = new Values(rows, columns, buckets, side);
    List<KeyDifference> differences = values.of(found.keys());
    long unreal = found.keys().size() - (long) differences.size();
    return new Found(
        spec.name(),
        version,
        snapshot.moment().clock(),
        snapshot.moment().place(),
        sample,
        found.source(),
        found.lake(),
        columns.compared().size(),
        columns.leftOut(),
        found.differing() - unreal,
        differences,
        side.moved());
  }

  /** Spark's arrays are none of Java's lists. */
  private static Object javaValue(Object value) {
    if (!(value instanceof scala.collection.Seq<?> elements)) {
      return value;
    }
    List<Object> list = new ArrayList<>();
    scala.collection.JavaConverters.seqAsJavaList(elements)
        .forEach(element -> list.add(javaValue(element)));
    return list;
  }

  /** Looks at rows by value, which seem to differ by hash. */
  private final class Values {
    private final Dataset<Row> silver;
    private final ReconciledColumns columns;
    private final Buckets buckets;
    private final List<CellForm> forms = new ArrayList<>();
    private final SourceSide side;

    Values(Dataset<Row> silver, ReconciledColumns columns, Buckets buckets, SourceSide side) {
      this.side = side;
      this.silver = silver;
      this.columns = columns;
      this.buckets = buckets;
      for (String column : columns.compared()) {
        forms.add(
            CellForms.of(
                source.qualified() + "." + column,
                source.type(column),
                columns.lake().get(column).type()));
      }
    }

    List<KeyDifference> of(Map<Long, Kind> keys) {
      List<Long> some = List.copyOf(keys.keySet());
      if (some.isEmpty()) {
        return List.of();
      }
      Map<List<String>, String[]> ofSource = new LinkedHashMap<>();
      side.values(columns.compared(), some, texts -> ofSource.put(keyText(texts), texts));
      List<KeyDifference> differences = new ArrayList<>();
      Set<List<String>> seen = new HashSet<>();
      for (Row row : lakeRows(some)) {
        differences.addAll(difference(row, ofSource, seen));
      }
      ofSource.forEach(
          (key, texts) -> {
            if (!seen.contains(key)) {
              differences.add(new KeyDifference(Kind.MISSING_IN_LAKE, named(key), List.of()));
            }
          });
      return differences;
    }

    private List<Row> lakeRows(List<Long> some) {
      Column[] selected =
          columns.compared().stream()
              .map(c -> col(SqlNames.quote(columns.lake().get(c).name())))
              .toArray(Column[]::new);
      return buckets.key().rows(silver, some).select(selected).collectAsList();
    }

    private List<KeyDifference> difference(
        Row row, Map<List<String>, String[]> ofSource, Set<List<String>> seen) {
      List<String> key = new ArrayList<>();
      for (String column : columns.key()) {
        int place = columns.compared().indexOf(column);
        key.add(KeyTexts.of(source.type(column), row.get(place)));
      }
      String[] texts = ofSource.get(key);
      if (texts == null) {
        return List.of(new KeyDifference(Kind.MISSING_IN_SOURCE, named(key), List.of()));
      }
      if (!seen.add(key)) {
        return List.of(new KeyDifference(Kind.REPEATED_IN_LAKE, named(key), List.of()));
      }
      List<Difference.Cell> cells = new ArrayList<>();
      for (int i = 0; i < texts.length; i++) {
        Object left = texts[i] == null ? null : forms.get(i).ofSource(texts[i]);
        Object right = row.isNullAt(i) ? null : forms.get(i).ofLake(javaValue(row.get(i)));
        if (!Arrays.equals(Canonical.bytes(left), Canonical.bytes(right))) {
          cells.add(
              new Difference.Cell(
                  named(key).toString(),
                  columns.compared().get(i),
                  Canonical.text(left),
                  Canonical.text(right)));
        }
      }
      return cells.isEmpty()
          ? List.of()
          : List.of(new KeyDifference(Kind.DIFFERENT, named(key), cells));
    }

    private List<String> keyText(String[] texts) {
      return columns.key().stream()
          .map(c -> KeyTexts.ofSource(source.type(c), texts[columns.compared().indexOf(c)]))
          .toList();
    }

    private Map<String, String> named(List<String> key) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < key.size(); i++) {
        named.put(columns.key().get(i), key.get(i));
      }
      return named;
    }
  }
}
