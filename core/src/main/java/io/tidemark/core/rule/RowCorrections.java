package io.tidemark.core.rule;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.schema.ExactText;
import io.tidemark.core.schema.LakeType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Corrects rows of one table as its corrections say. Each sees the row as the source had it,
 * whatever the others make of it. Travels to the executors.
 */
final class RowCorrections implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Bound> corrections;

  private record Bound(int place, String column, LakeType type, String sql, Expression value)
      implements Serializable {}

  private RowCorrections(ArrayList<Bound> corrections) {
    this.corrections = corrections;
  }

  /** What became of one row. */
  record Corrected(InternalRow row, List<Correction> made, List<BrokenRule> failed) {}

  /**
   * Corrections of rows with these columns.
   *
   * @param table named in errors
   * @param declared column to expression
   * @throws TidemarkException with exit code 2 if one cannot be made of a row of them
   */
  static RowCorrections of(
      RowExpressions expressions,
      String table,
      List<String> key,
      StructType columns,
      Map<String, String> declared) {
    ArrayList<Bound> corrections = new ArrayList<>();
    declared.forEach(
        (column, sql) -> {
          try {
            corrections.add(bound(expressions, key, columns, column, sql));
          } catch (InvalidExpression e) {
            throw Errors.configuration(
                "Cannot correct column '%s' of table '%s' (%s): %s"
                    .formatted(column, table, sql, e.getMessage()),
                "Put the correction right in the checks file: an expression over the columns of"
                    + " one row, for a column of one value that is not part of the key");
          }
        });
    return new RowCorrections(corrections);
  }

  private static Bound bound(
      RowExpressions expressions, List<String> key, StructType columns, String column, String sql)
      throws InvalidExpression {
    if (columns.getFieldIndex(column).isEmpty()) {
      throw new InvalidExpression("there is no such column");
    }
    DataType type = columns.apply(column).dataType();
    LakeType lakeType = LakeType.parse(type.sql());
    if (key.contains(column)) {
      throw new InvalidExpression("it is part of the key");
    }
    if (!ExactText.isOf(lakeType)) {
      throw new InvalidExpression("no text keeps a value of type " + type.sql());
    }
    Expression value = expressions.value(columns, sql, type);
    return new Bound(columns.fieldIndex(column), column, lakeType, sql, value);
  }

  /** Corrects a row; where a correction fails, its column stays as it is. */
  Corrected correct(InternalRow original) {
    InternalRow corrected = original;
    List<Correction> made = new ArrayList<>();
    List<BrokenRule> failed = new ArrayList<>();
    for (Bound bound : corrections) {
      Object before = original.get(bound.place(), bound.value().dataType());
      Object after;
      try {
        after = bound.value().eval(original);
      } catch (Exception e) { // Of this row alone, whatever the expression throws; it is told.
        failed.add(BrokenRule.ofCorrection(bound.column(), bound.sql(), e));
        continue;
      }
      if (!Objects.equals(before, after)) {
        corrected = made.isEmpty() ? original.copy() : corrected;
        corrected.update(bound.place(), after);
        made.add(
            new Correction(
                bound.place(),
                bound.column(),
                CatalystValues.of(after, bound.type()),
                before == null ? null : ExactText.of(CatalystValues.of(before, bound.type()))));
      }
    }
    return new Corrected(corrected, made, failed);
  }
}
