package io.tidemark.cli.status;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.history.TableHistory;
import io.tidemark.merge.silver.TableMerge;
import java.util.List;
import java.util.Optional;

/** What of a source has not reached silver yet. */
public sealed interface SourceLag permits KafkaLag, FilesLag, PollsLag, SourceLag.Unknown {
  /**
   * What a pipeline's source and lake tell.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if the source does not answer
   */
  static SourceLag of(PipelineSpec spec, Lake lake) {
    return switch (spec.source().type()) {
      case DEBEZIUM -> KafkaLag.of(spec, lake);
      case FILES -> FilesLag.of(spec, lake);
      case JDBC -> new PollsLag(lake, spec.name());
    };
  }

  /** Records that wait before bronze or between bronze and silver; empty if that is unknown. */
  Optional<Long> of(String table);

  /** How the source itself is, where it is worth a line of its own. */
  List<TableStatus> lines();

  /** The source did not answer. */
  record Unknown() implements SourceLag {
    @Override
    public Optional<Long> of(String table) {
      return Optional.empty();
    }

    @Override
    public List<TableStatus> lines() {
      return List.of();
    }
  }

  /** Changes that have landed and are not in silver. */
  static long notMerged(Lake lake, String pipeline, String table) {
    LakeTable bronze = lake.bronze(table);
    return after(bronze, lake.silver(table).token(TableMerge.tokenName(pipeline, bronze)));
  }

  /** Changes that have landed and are not in history; empty if nothing has landed. */
  static Optional<Long> notInHistory(Lake lake, String pipeline, String table) {
    LakeTable bronze = lake.bronze(table);
    return bronze.exists()
        ? Optional.of(
            after(bronze, lake.history(table).token(TableHistory.tokenName(pipeline, bronze))))
        : Optional.empty();
  }

  private static long after(LakeTable bronze, long applied) {
    return applied >= bronze.version()
        ? 0
        : bronze.appendedBetween(applied, bronze.version()).count();
  }
}
