package io.tidemark.core.lake;

import io.tidemark.core.error.Errors;
import io.tidemark.core.table.LakeTable;
import java.util.Map;

/** The one pipeline that writes a bronze or silver table; its properties name it. */
public final class TableOwner {
  private TableOwner() {}

  /**
   * Refuses a table of another pipeline, and one that is nobody's: no pipeline made it.
   *
   * @param properties the table's
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it is not the pipeline's
   */
  public static void require(LakeTable table, Map<String, String> properties, String pipeline) {
    String owner = properties.getOrDefault(BronzeColumns.PIPELINE_PROPERTY, "");
    if (!owner.equals(pipeline)) {
      throw Errors.foreignTable(table.path(), owner, pipeline);
    }
  }
}
