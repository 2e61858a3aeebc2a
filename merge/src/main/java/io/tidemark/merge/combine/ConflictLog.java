package io.tidemark.merge.combine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.SourcesSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Keeps every conflict between sources with all their rows and the choice that was made. */
final class ConflictLog {
  private static final StructType CANDIDATE =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("position", DataTypes.StringType)
          .add("source_time", DataTypes.TimestampType)
          .add("deleted", DataTypes.BooleanType)
          .add("row", DataTypes.StringType);
  private static final StructType COLUMNS =
      new StructType()
          .add("key", DataTypes.StringType)
          .add("policy", DataTypes.StringType)
          .add("chosen", DataTypes.StringType)
          .add("chosen_position", DataTypes.StringType)
          .add("candidates", DataTypes.createArrayType(CANDIDATE))
          .add("resolved_at", DataTypes.TimestampType);

  private final LakeTable table;

  ConflictLog(LakeTable table) {
    this.table = table;
  }

  /**
   * Keeps the conflicts among chosen rows; a step that was cut off and comes again keeps none
   * twice.
   *
   * @return how many conflicts there were
   */
  long keep(
      Dataset<Row> chosen, SourcesSpec spec, List<String> key, Instant now, CommitToken step) {
    if (spec.conflicts().isEmpty()) {
      return 0;
    }
    Dataset<Row> conflicts = chosen.filter(col(Resolution.CONFLICT));
    long found = conflicts.count();
    long kept = table.exists() ? table.token(step.name()) : CommitToken.NONE;
    if (found == 0 || kept >= step.next()) {
      return found;
    }
    table.create(TableDefinition.log(COLUMNS));
    Column[] keys = key.stream().map(name -> col(SqlNames.quote(name))).toArray(Column[]::new);
    table.append(
        conflicts
            .select(
                to_json(struct(keys)).as("key"),
                lit(spec.conflicts().get().word()).as("policy"),
                col(SqlNames.quote(spec.column())).as("chosen"),
                col(SilverColumns.POSITION).as("chosen_position"),
                col(Resolution.CANDIDATES).as("candidates"),
                lit(now).as("resolved_at"))
            .coalesce(1),
        List.of(new CommitToken(step.name(), kept, step.next())));
    return found;
  }
}
