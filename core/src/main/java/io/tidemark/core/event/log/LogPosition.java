package io.tidemark.core.event.log;

import java.io.Serializable;

/**
 * The place of a change in its source's log.
 *
 * <p>Each connector has its own. Two positions of one table are compared as {@link #text} only, so
 * a text's byte order must be the order in which the source changed any one row. What the source
 * leaves open (several changes at one place) is decided behind it by phase and origin, see {@link
 * io.tidemark.core.event.Position}.
 */
public sealed interface LogPosition extends Serializable
    permits PostgresPosition,
        BinlogPosition,
        SqlServerPosition,
        OraclePosition,
        MongoPosition,
        OriginOnly,
        PollPosition {

  /** A {@link #commitOrder} that says nothing. */
  long UNKNOWN = -1L;

  /** Fixed-width text without dots, whose byte order is the order of one row's changes. */
  String text();

  /**
   * A number that never falls while a connector follows its log, or {@link #UNKNOWN}.
   *
   * <p>It is the order in which transactions committed, which is the order in which a connector
   * sends them: where it falls while Kafka's offsets rise, the connector has sent something again,
   * or the log began anew. {@link #text} itself may fall, where transactions overlap.
   */
  long commitOrder();

  /** How far {@link #commitOrder} may fall without meaning anything. */
  default long slack() {
    return 0;
  }
}
