package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.KnownDialect;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.SqlNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * SQL that makes the same number of the same row in the database and in the lake: 64 bits of the
 * MD5 of its values' texts, or of a key that is a whole number the key itself.
 *
 * <p>The texts are equal only if the values are; the reverse need not hold for every type (a JSON
 * document has many texts), as rows that seem to differ are compared by value afterwards.
 *
 * @param source the database's SQL; empty if rows are read to be hashed, see {@link ReadNumber}
 * @param lake Spark's
 */
record RowNumber(String source, String lake) {
  private static final String NULL = "'-'";
  private static final String WANTED = "_tidemark_number";
  private static final Set<String> WHOLE_NUMBERS =
      Set.of("int2", "int4", "int8", "tinyint", "smallint", "mediumint", "int", "bigint");

  /**
   * Of a key that is one whole number: cheaper than a hash, and no two keys share one. The numbers
   * of neighbours are neighbours.
   */
  static Optional<RowNumber> ofKey(
      Dialect dialect, DatabaseTable table, List<String> key, Map<String, LakeField> lake) {
    return isNumber(table.type(key.get(0)), key, lake)
        ? Optional.of(
            new RowNumber(
                dialect instanceof KnownDialect known
                    ? known.number(dialect.quote(key.get(0)))
                    : "",
                "cast(" + SqlNames.quote(lake.get(key.get(0)).name()) + " AS bigint)"))
        : Optional.empty();
  }

  /** Whether a key is one whole number on both sides. */
  static boolean isNumber(DatabaseType first, List<String> key, Map<String, LakeField> lake) {
    LakeType type = lake.get(key.get(0)).type();
    return key.size() == 1
        && WHOLE_NUMBERS.contains(first.name())
        && (type instanceof LakeType.Int32 || type instanceof LakeType.Int64);
  }

  /** A hash of some columns; empty if both sides have no common text of one. */
  static Optional<RowNumber> hash(
      Dialect dialect, DatabaseTable table, List<String> columns, Map<String, LakeField> lake) {
    List<String> source = new ArrayList<>();
    List<String> target = new ArrayList<>();
    for (String column : columns) {
      DatabaseType type = table.type(column);
      LakeField field = lake.get(column);
      Optional<CommonText> text = CommonText.of(type, field.type());
      if (text.isEmpty()) {
        return Optional.empty();
      }
      String quoted = dialect.quote(column);
      if (dialect instanceof KnownDialect known) {
        source.add(sourceText(known, quoted, text.get()));
      }
      target.add(lakeText(SqlNames.quote(field.name()), text.get()));
    }
    return Optional.of(
        new RowNumber(
            dialect instanceof KnownDialect known ? known.hash(known.concatenated(source)) : "",
            "cast(conv(substr(md5(concat(%s)), 1, 16), 16, -10) AS bigint)"
                .formatted(String.join(", ", target))));
  }

  /** Of some rows of the lake those with some numbers, of which there may be many. */
  Dataset<Row> rows(Dataset<Row> all, Collection<Long> numbers) {
    Dataset<Row> wanted =
        all.sparkSession().createDataset(List.copyOf(numbers), Encoders.LONG()).toDF(WANTED);
    return all.join(wanted, expr(lake).equalTo(col(WANTED)), "left_semi");
  }

  /** Columns that have no common text. */
  static Map<String, String> unhashable(
      DatabaseTable table, List<String> columns, Map<String, LakeField> lake) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String column : columns) {
      DatabaseType type = table.type(column);
      if (CommonText.of(type, lake.get(column).type()).isEmpty()) {
        found.put(column, type.declared());
      }
    }
    return found;
  }

  /** Lengths stand before texts of any content, so that no two rows have one concatenation. */
  private static String sourceText(KnownDialect dialect, String quoted, CommonText text) {
    String value = text.source().formatted(quoted);
    String framed =
        text.isFree()
            ? dialect.concatenated(List.of("'+'", "octet_length(" + value + ")", "':'", value))
            : dialect.concatenated(List.of("'+'", value));
    return "CASE WHEN " + quoted + " IS NULL THEN " + NULL + " ELSE " + framed + " END";
  }

  private static String lakeText(String quoted, CommonText text) {
    String value = text.lake().formatted(quoted);
    String framed =
        text.isFree()
            ? "concat('+', octet_length(" + value + "), ':', " + value + ")"
            : "concat('+', " + value + ")";
    return "CASE WHEN " + quoted + " IS NULL THEN " + NULL + " ELSE " + framed + " END";
  }
}
