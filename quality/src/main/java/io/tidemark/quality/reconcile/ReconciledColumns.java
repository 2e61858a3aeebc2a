package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a source's table and of silver that can be compared.
 *
 * @param spec what the pipeline file says
 * @param source the table
 * @param compared names in the source
 * @param lake the lake's column of each
 * @param leftOut those that are not compared, with the reason
 */
record ReconciledColumns(
    TableSpec spec,
    DatabaseTable source,
    List<String> compared,
    Map<String, LakeField> lake,
    Map<String, String> leftOut) {

  /**
   * The silver table.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table
   */
  static LakeTable silver(Lake lake, TableSpec spec) {
    LakeTable silver = lake.silver(spec.name());
    if (!silver.exists()) {
      throw Errors.configuration(
          "Cannot compare table '%s': silver has no such table yet".formatted(spec.name()),
          "Run the pipeline first: tidemark run --once --pipeline FILE");
    }
    return silver;
  }

  /** Of some rows of silver those that the source has not deleted. */
  static Dataset<Row> live(Dataset<Row> rows) {
    return List.of(rows.columns()).contains(SilverColumns.DELETED)
        ? rows.filter(not(col(SilverColumns.DELETED)))
        : rows;
  }

  /**
   * The columns of both sides.
   *
   * @param silver its rows
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the key is not among them
   */
  static ReconciledColumns of(TableSpec spec, DatabaseTable source, Dataset<Row> silver) {
    Map<String, LakeField> fields = new LinkedHashMap<>();
    for (StructField field : silver.schema().fields()) {
      fields.put(field.name(), new LakeField(field.name(), LakeType.parse(field.dataType().sql())));
    }
    List<String> compared = new ArrayList<>();
    Map<String, LakeField> ofSource = new HashMap<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (String column : source.columns().keySet()) {
      LakeField field = fields.get(spec.rename().getOrDefault(column, column));
      if (spec.isMasked(column)) {
        leftOut.put(column, "masked in the lake");
      } else if (field == null) {
        leftOut.put(column, "not in the lake");
      } else {
        compared.add(column);
        ofSource.put(column, field);
      }
    }
    ReconciledColumns columns = new ReconciledColumns(spec, source, compared, ofSource, leftOut);
    columns.requireKey();
    RowNumber.unhashable(source, compared, ofSource)
        .forEach((column, type) -> leftOut.put(column, "no hash of a " + type + " is known"));
    compared.removeAll(leftOut.keySet());
    return columns;
  }

  private void requireKey() {
    for (String column : key()) {
      if (!compared.contains(column)) {
        throw Errors.configuration(
            "Cannot compare table '%s': its key column '%s' is %s"
                .formatted(spec.name(), column, leftOut.getOrDefault(column, "not in the source")),
            "Rows cannot be matched without the key");
      }
    }
  }

  /** The columns that tell rows apart. */
  List<String> key() {
    return spec.key().isEmpty() ? source.key() : spec.key();
  }

  /**
   * What tells rows apart.
   *
   * @param sample which of them are compared; one of some needs numbers that are spread evenly
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the key has none
   */
  RowNumber keyNumber(Dialect dialect, Sample sample) {
    Optional<RowNumber> number =
        sample.isAll() ? RowNumber.ofKey(dialect, source, key(), lake) : Optional.empty();
    return number.orElseGet(() -> hash(dialect, key()));
  }

  /**
   * What makes the same number of the key where rows are read.
   *
   * @param names the columns of the rows
   */
  ReadNumber readKey(List<String> names, Sample sample) {
    DatabaseType first = source.type(key().get(0));
    boolean isNumber = sample.isAll() && RowNumber.isNumber(first, key(), lake);
    ReadNumber hash = read(key(), names);
    return new ReadNumber(hash.places(), hash.texts(), isNumber);
  }

  /**
   * What makes the same hash of some columns where rows are read.
   *
   * @param names the columns of the rows
   */
  ReadNumber read(List<String> hashed, List<String> names) {
    return new ReadNumber(
        hashed.stream().mapToInt(names::indexOf).toArray(),
        hashed.stream()
            .map(c -> ReadText.of(source.type(c), lake.get(c).type()).orElseThrow())
            .toList(),
        false);
  }

  /**
   * The hash of some columns.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one has none
   */
  RowNumber hash(Dialect dialect, List<String> names) {
    return RowNumber.hash(dialect, source, names, lake)
        .orElseThrow(
            () ->
                Errors.configuration(
                    "Cannot compare table '%s': no hash is known of its key %s"
                        .formatted(spec.name(), names),
                    "Keys are numbers, texts, dates, times or bytes"));
  }
}
