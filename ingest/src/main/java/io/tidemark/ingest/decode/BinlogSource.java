package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.Position.Phase;
import io.tidemark.core.event.log.BinlogPosition;
import io.tidemark.core.event.log.Gtid;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.ingest.order.CommitMark;
import io.tidemark.ingest.order.OrderMaps;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Of Debezium's MySQL and MariaDB connectors: {@code file}, {@code pos}, {@code row}, {@code gtid}.
 * Rows of a snapshot have no {@code gtid}; those of an incremental one have that of the transaction
 * in which their window was closed ({@code BinlogOffsetContext}).
 */
final class BinlogSource extends SourceBlock {

  BinlogSource(JsonNode source) {
    super(source);
  }

  @Override
  BinlogPosition log() {
    OptionalLong file = BinlogPosition.fileNumber(text("file"));
    long position = number("pos", LogPosition.UNKNOWN);
    if (file.isEmpty() || position == LogPosition.UNKNOWN) {
      throw missing("binary log position: 'file' ends in no number, or 'pos' is none");
    }
    return BinlogPosition.of(file.getAsLong(), position, number("row", 0));
  }

  @Override
  Placed place(String table, Origin origin, Operation operation, OrderMaps order) {
    BinlogPosition log = log();
    Phase phase = phase(operation);
    Optional<Gtid> gtid = Gtid.parse(text("gtid"));
    if (gtid.isEmpty() && phase == Phase.STREAM) {
      return super.place(table, origin, operation, order);
    }
    // A snapshot is a lineage of its own: where timelines are known, it opens a new one.
    Gtid lineage = gtid.orElseGet(() -> new Gtid(snapshotLineage(log), 0));
    int epoch = order.epoch(table, origin);
    int timeline = order.timeline(table, epoch, lineage.source(), lineage.transaction());
    // A first snapshot has no timeline, and tells nothing of how far the log has come.
    boolean unknown = gtid.isEmpty() && timeline == 0;
    long commit = unknown ? 0 : BinlogPosition.commitOrder(timeline, lineage.transaction());
    BinlogPosition placed =
        new BinlogPosition(timeline, lineage.transaction(), log.file(), log.position(), log.row());
    return new Placed(
        Position.of(epoch, placed, phase, origin),
        new CommitMark(
            commit, phase == Phase.STREAM ? commit : CommitMark.EXEMPT, lineage.source()));
  }

  private static String snapshotLineage(BinlogPosition log) {
    return OrderMaps.SNAPSHOT_LINEAGE + log.file() + ":" + log.position();
  }

  @Override
  String transaction() {
    String gtid = text("gtid");
    return gtid.isEmpty() ? null : gtid;
  }
}
