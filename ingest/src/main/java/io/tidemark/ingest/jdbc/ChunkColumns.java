package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How ledgers keep the pieces of a round, in one column. */
final class ChunkColumns {
  private static final ArrayType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

  /** The type of the column. */
  static final ArrayType TYPE =
      DataTypes.createArrayType(new StructType().add("after", TEXTS).add("up_to", TEXTS));

  private ChunkColumns() {}

  /** Its value. */
  static Object[] of(List<Chunk> chunks) {
    return chunks.stream()
        .map(c -> RowFactory.create(c.after().toArray(), c.upTo().toArray()))
        .toArray();
  }

  /** The pieces in a row's column. */
  static List<Chunk> chunks(Row row, int column) {
    return row.<Row>getList(column).stream()
        .map(chunk -> new Chunk(chunk.getList(0), chunk.getList(1)))
        .toList();
  }
}
