package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.ingest.order.CommitMark;
import io.tidemark.ingest.order.OrderMaps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The envelope's {@code source} block: where and when a change happened. One class for each
 * connector; the fields they share are Debezium's {@code AbstractSourceInfo}.
 */
abstract sealed class SourceBlock
    permits PostgresSource,
        BinlogSource,
        SqlServerSource,
        OracleSource,
        MongoSource,
        OutboxSource,
        PollSource,
        UnorderedSource {
  private final JsonNode source;

  SourceBlock(JsonNode source) {
    this.source = source;
  }

  /** The block of an event, by the connector it names. */
  static SourceBlock of(JsonNode source) {
    return switch (source.path("connector").asText("")) {
      case "postgresql" -> new PostgresSource(source);
      case "mysql", "mariadb" -> new BinlogSource(source);
      case "sqlserver" -> new SqlServerSource(source);
      case "oracle" -> new OracleSource(source);
      case "mongodb" -> new MongoSource(source);
      case OutboxSource.CONNECTOR -> new OutboxSource(source);
      case PollSource.CONNECTOR -> new PollSource(source);
      default -> new UnorderedSource(source);
    };
  }

  /**
   * Where a change stands.
   *
   * @param position what it is compared by
   * @param mark what it tells about how far the log has come
   */
  record Placed(Position position, CommitMark mark) {}

  SourceTable table() {
    String table = text("table");
    if (table.isEmpty()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.NOT_AN_ENVELOPE, "the 'source' block names no table");
    }
    return new SourceTable(text("db"), text("schema"), table);
  }

  /** The change's place in the connector's log. */
  abstract LogPosition log();

  /** The change's place among all changes of its lake table. */
  Placed place(String table, Origin origin, Operation operation, OrderMaps order) {
    LogPosition log = log();
    Position.Phase phase = phase(operation);
    return new Placed(
        Position.of(order.epoch(table, origin), log, phase, origin),
        phase == Position.Phase.SNAPSHOT ? CommitMark.NONE : CommitMark.of(log));
  }

  /** The transaction's id where the connector adds it, else what the connector has itself. */
  final String transaction(JsonNode envelope) {
    JsonNode id = envelope.path("transaction").path("id");
    return id.isTextual() ? id.asText() : transaction();
  }

  /** The connector's own name for the transaction, or null. */
  abstract String transaction();

  /** {@code snapshot} is false or absent for streamed changes; any other value is a snapshot. */
  final Position.Phase phase(Operation operation) {
    String snapshot = source.path("snapshot").asText("false");
    boolean streamed = snapshot.equals("false") || snapshot.equals("null") || snapshot.isEmpty();
    return streamed && operation != Operation.READ
        ? Position.Phase.STREAM
        : Position.Phase.SNAPSHOT;
  }

  /** The source's own time, as fine as it is given; else the time the connector saw the change. */
  final Instant time(JsonNode envelope) {
    for (JsonNode block : new JsonNode[] {source, envelope}) {
      if (block.path("ts_us").isIntegralNumber()) {
        return Instant.EPOCH.plus(block.get("ts_us").longValue(), ChronoUnit.MICROS);
      }
      if (block.path("ts_ms").isIntegralNumber()) {
        return Instant.ofEpochMilli(block.get("ts_ms").longValue());
      }
    }
    return null;
  }

  final JsonNode field(String name) {
    return source.path(name);
  }

  /** A field's text; empty if it is null or missing. */
  final String text(String name) {
    JsonNode value = source.path(name);
    return value.isNull() ? "" : value.asText("");
  }

  /** A field's whole number, which some connectors write as text; else the given one. */
  final long number(String name, long otherwise) {
    JsonNode value = source.path(name);
    if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
      return value.longValue();
    }
    return value.isTextual() && value.asText().matches("[0-9]{1,18}")
        ? Long.parseLong(value.asText())
        : otherwise;
  }

  static RejectedRecordException missing(String what) {
    return new RejectedRecordException(
        null, DeadLetterReason.MISSING_POSITION, "the 'source' block has no " + what);
  }
}
