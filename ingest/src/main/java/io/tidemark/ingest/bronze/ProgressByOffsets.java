package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table has the records of each partition below an offset. */
final class ProgressByOffsets implements BatchProgress {
  private final String pipeline;

  ProgressByOffsets(String pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public Map<String, Long> ends(BatchContent content, Holds holds) {
    Map<String, Long> ends = new TreeMap<>();
    BatchContent.ends(content.groups()).forEach((p, end) -> ends.put(token(p), holds.end(p, end)));
    return ends;
  }

  @Override
  public Map<Partition, Long> heldFrom(Map<Partition, Long> breaks) {
    return breaks;
  }

  @Override
  public Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups) {
    Map<String, Long> landed = table.tokens(BronzeTokens.prefix(pipeline));
    List<CommitToken> tokens = new ArrayList<>();
    Dataset<Row> missing = rows;
    for (Map.Entry<Partition, Long> end : BatchContent.ends(groups).entrySet()) {
      Partition partition = end.getKey();
      String name = token(partition);
      long next = landed.getOrDefault(name, CommitToken.NONE);
      if (next > first(groups, partition)) {
        missing = missing.filter(not(before(partition, next)));
      }
      if (end.getValue() > next) {
        tokens.add(new CommitToken(name, next, end.getValue()));
      }
    }
    return new Missing(missing, tokens, missing == rows);
  }

  private String token(Partition partition) {
    return BronzeTokens.partition(pipeline, partition.topic(), partition.number());
  }

  private static Column before(Partition partition, long offset) {
    return col(BronzeColumns.TOPIC)
        .equalTo(partition.topic())
        .and(col(BronzeColumns.PARTITION).equalTo(partition.number()))
        .and(col(BronzeColumns.OFFSET).lt(offset));
  }

  private static long first(List<Group> groups, Partition partition) {
    return groups.stream()
        .filter(g -> g.topic().equals(partition.topic()) && g.partition() == partition.number())
        .mapToLong(Group::first)
        .min()
        .orElseThrow();
  }
}
