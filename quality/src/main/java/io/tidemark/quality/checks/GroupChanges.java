package io.tidemark.quality.checks;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tidemark.quality.deequ.Groups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Counts how groups changed by the rows that came and went. */
final class GroupChanges {
  /** Of a row that came 1, of one that went -1, of one that was there before and is 0. */
  static final String SIGN = "_sign";

  /** Types whose least and greatest values files know, so that whole files are passed over. */
  private static final Set<DataType> ORDERED =
      Set.of(
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.StringType,
          DataTypes.DateType,
          DataTypes.TimestampType);

  /** Where keys fit. */
  enum Room {
    OF_EACH_TASK,
    OF_ALL_TASKS
  }

  private GroupChanges() {}

  /** The column with the values of a grouped column. */
  static String key(int place) {
    return "_key_" + place;
  }

  /**
   * The groups after a change.
   *
   * @param before the groups before it
   * @param changes keys of the rows that came and went
   * @param others keys of the rows that stayed
   * @param room where the keys of the changes fit
   */
  static Groups apply(Groups before, Dataset<Row> changes, Dataset<Row> others, Room room) {
    String[] keys = changes.drop(SIGN).columns();
    Dataset<Row> touched = changes.drop(SIGN).distinct();
    Column same = lit(true);
    for (String key : keys) {
      touched = touched.withColumnRenamed(key, "_touched" + key);
      same = same.and(col(key).eqNullSafe(col("_touched" + key)));
    }
    Dataset<Row> stayed =
        within(changes, others)
            .join(room == Room.OF_EACH_TASK ? broadcast(touched) : touched, same, "left_semi");
    Row sums =
        changes
            .union(stayed)
            .groupBy(Arrays.stream(keys).map(key -> col(key)).toArray(Column[]::new))
            .agg(expr("count_if(_sign <= 0)").as("was"), expr("count_if(_sign >= 0)").as("is"))
            .agg(
                expr("count_if(is = 1) - count_if(was = 1)"),
                expr("count_if(is > 0) - count_if(was > 0)"),
                expr("coalesce(sum(is - was), 0L)"))
            .head();
    return new Groups(
        before.single() + sums.getLong(0),
        before.groups() + sums.getLong(1),
        before.rows() + sums.getLong(2));
  }

  /** Those between the least and greatest keys of the changes: new keys are often the greatest. */
  private static Dataset<Row> within(Dataset<Row> changes, Dataset<Row> others) {
    List<String> ordered =
        Arrays.stream(changes.drop(SIGN).schema().fields())
            .filter(field -> ORDERED.contains(field.dataType()))
            .map(field -> field.name())
            .toList();
    if (ordered.isEmpty()) {
      return others;
    }
    List<Column> limits = new ArrayList<>();
    for (String key : ordered) {
      limits.add(min(key));
      limits.add(max(key));
    }
    Row found =
        changes.agg(limits.get(0), limits.subList(1, limits.size()).toArray(Column[]::new)).head();
    Dataset<Row> within = others;
    for (int i = 0; i < ordered.size(); i++) {
      Column key = col(ordered.get(i));
      within =
          within.filter(
              found.isNullAt(2 * i)
                  ? key.isNull()
                  : key.isNull().or(key.between(found.get(2 * i), found.get(2 * i + 1))));
    }
    return within;
  }
}
