package io.tidemark.quality.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.checks.LiveRows;
import io.tidemark.quality.report.RowSample.Cell;
import io.tidemark.quality.report.RowSample.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads some of the rows of the judged version that checks and rules complain about. */
final class OffendingRows {
  private static final Logger LOG = LoggerFactory.getLogger(OffendingRows.class);

  /** A sample is one query, which may have to read the whole table. */
  static final int MOST_SAMPLES = 20;

  static final int MOST_ROWS = 5;
  static final int MOST_CHARACTERS = 500;

  private final Layer layer;
  private final LakeTable table;
  private final List<String> key;
  private final MaskedColumns masked;

  /**
   * The rows of a table.
   *
   * @param layer the table's
   * @param key the columns that tell its rows apart; they are shown as the table has them
   * @param masked the columns of which only is shown whether they have a value
   */
  OffendingRows(Layer layer, LakeTable table, List<String> key, MaskedColumns masked) {
    this.layer = layer;
    this.table = table;
    this.key = List.copyOf(key);
    this.masked = masked;
  }

  /** A sample for each check or rule that does not hold and is about single rows. */
  List<RowSample> of(CheckedTable declared, TableVerdict verdict) {
    List<RowSample> samples = new ArrayList<>();
    if (verdict.version() < 0) {
      return samples; // Nothing is published that could be read.
    }
    for (CheckResult result : verdict.results()) {
      boolean breaks = result.verdict() == Verdict.WARN || result.verdict() == Verdict.FAIL;
      Optional<BrokenRows> rows = breaks ? BrokenRows.of(declared, result) : Optional.empty();
      if (rows.isPresent() && samples.size() < MOST_SAMPLES) {
        samples.add(sample(result.check(), rows.get(), verdict.version()));
      }
    }
    return samples;
  }

  private RowSample sample(String check, BrokenRows broken, long version) {
    try {
      Dataset<Row> rows = LiveRows.of(layer, table.readVersion(version)).filter(broken.condition());
      List<StructField> fields = fields(rows, broken.columns());
      Column[] shown = fields.stream().map(this::shown).toArray(Column[]::new);
      List<List<Cell>> cells = new ArrayList<>();
      for (Row row : rows.limit(MOST_ROWS).select(shown).collectAsList()) {
        cells.add(cells(row, fields));
      }
      List<String> names = fields.stream().map(StructField::name).toList();
      return new RowSample(check, Place.TABLE, names, cells, Optional.empty());
    } catch (Exception e) { // A check that cannot be computed has no rows; the page tells it.
      LOG.warn("Rows of {} that break {} cannot be read", table, check, e);
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new RowSample(
          check, Place.TABLE, List.of(), List.of(), Optional.of("Cannot read them: " + reason));
    }
  }

  /** The key's columns, then the others; those that the table lacks cannot be shown. */
  private List<StructField> fields(Dataset<Row> rows, Set<String> columns) {
    Set<StructField> fields = new LinkedHashSet<>();
    List<String> wanted = new ArrayList<>(key);
    wanted.addAll(columns);
    for (String name : wanted) {
      for (StructField field : rows.schema().fields()) {
        if (field.name().equalsIgnoreCase(name)) {
          fields.add(field);
        }
      }
    }
    return List.copyOf(fields);
  }

  private boolean isHidden(String column) {
    return masked.contains(column) && key.stream().noneMatch(column::equalsIgnoreCase);
  }

  /** Long and secret values are not even read. */
  private Column shown(StructField field) {
    Column value = col(SqlNames.quote(field.name()));
    if (isHidden(field.name())) {
      return when(value.isNotNull(), lit(""));
    }
    Column text = field.dataType().equals(DataTypes.BinaryType) ? hex(value) : value.cast("string");
    return substring(text, 1, MOST_CHARACTERS);
  }

  private List<Cell> cells(Row row, List<StructField> fields) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      boolean hidden = !row.isNullAt(i) && isHidden(fields.get(i).name());
      cells.add(hidden ? Cell.MASKED : Cell.of(row.get(i)));
    }
    return cells;
  }
}
