package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A table's quarantine, while that of rows built anew takes its place.
 *
 * @param version the last one without any of these
 */
record RebuiltQuarantine(LakeTable table, long version) {
  private static final List<String> CHANGE = List.of(QuarantineColumns.POSITION, BronzeColumns.KEY);

  private static final List<String> DECIDED =
      List.of(QuarantineColumns.DECISION, QuarantineColumns.DECIDED_AT, QuarantineColumns.NOTE);

  static RebuiltQuarantine of(LakeTable table) {
    return new RebuiltQuarantine(table, table.exists() ? table.version() : CommitToken.NONE);
  }

  /**
   * Adds what another quarantine has. A change that was discarded here is discarded there, too; one
   * that was released waits again, as the rebuild has judged it anew.
   */
  void add(LakeTable other) {
    if (!other.exists()) {
      return;
    }
    QuarantineColumns.prepare(table);
    Dataset<Row> discarded =
        table
            .read()
            .filter(col(QuarantineColumns.DECISION).equalTo(QuarantineColumns.DISCARDED))
            .select(columns(Stream.concat(CHANGE.stream(), DECIDED.stream())))
            // After a rebuild that was cut off it may be there twice.
            .dropDuplicates(CHANGE.toArray(String[]::new));
    Dataset<Row> rows =
        other
            .read()
            .drop(DECIDED.toArray(String[]::new))
            .join(discarded, asScalaBuffer(CHANGE).toSeq(), "left")
            .select(columns(Arrays.stream(QuarantineColumns.type().fieldNames())));
    table.append(rows.coalesce(1), List.of());
  }

  private static Column[] columns(Stream<String> names) {
    return names.map(functions::col).toArray(Column[]::new);
  }

  /**
   * Lets go of what it had before: what waits of that was added anew since.
   *
   * @param merged the merge up to which nothing waits that was completed
   */
  void settle(CommitToken merged) {
    if (version != CommitToken.NONE) {
      long before = table.token(merged.name());
      CommitToken settled = new CommitToken(merged.name(), before, Math.max(before, merged.next()));
      table.forget(version, List.of(settled));
    }
  }
}
