package io.tidemark.quality.checks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.check.Subject;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.deequ.Ask;
import io.tidemark.quality.deequ.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks for rows that refer to rows which another table lacks, by one anti-join. */
final class References {
  private final Lake lake;

  References(Lake lake) {
    this.lake = lake;
  }

  /**
   * The share of rows that refer to a row, or to nothing.
   *
   * @param total how many rows there are, as measured
   */
  Outcome share(Dataset<Row> rows, Ask ask, Outcome total) {
    Subject.References its = (Subject.References) ask.subject();
    LakeTable other = lake.table(its.table());
    if (!other.exists()) {
      return new Outcome.Nothing(its.table() + " does not exist yet");
    }
    if (!(total instanceof Outcome.Value size)) {
      return total;
    }
    if (size.value() == 0) {
      return new Outcome.Nothing("no row has a value to measure");
    }
    long orphans = orphans(rows, ask, its, LiveRows.of(its.table().layer(), other.read()));
    return new Outcome.Value(
        1 - orphans / size.value(),
        "%d of %d rows refer to nothing in %s"
            .formatted(orphans, (long) size.value(), its.table()));
  }

  private static long orphans(
      Dataset<Row> rows, Ask ask, Subject.References its, Dataset<Row> others) {
    Dataset<Row> referring = ask.where().map(where -> rows.filter(expr(where))).orElse(rows);
    Column[] ours = new Column[its.columns().size()];
    Column[] theirs = new Column[ours.length];
    Column same = lit(true);
    for (int i = 0; i < ours.length; i++) {
      Column value = Columns.of(rows.schema(), its.columns().get(i));
      referring = referring.filter(value.isNotNull());
      ours[i] = value.as("_ours_" + i);
      theirs[i] = Columns.of(others.schema(), its.theirs().get(i)).as("_theirs_" + i);
      same = same.and(col("_ours_" + i).equalTo(col("_theirs_" + i)));
    }
    return referring.select(ours).join(others.select(theirs), same, "left_anti").count();
  }
}
