package io.tidemark.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The ways in which a record can be no change at all, with the reason its dead letter must give.
 */
enum Undecodable {
  TORN_JSON("BAD_JSON") {
    @Override
    String value(Debezium format, SourceEvent event) {
      String value = format.value(event);
      return value.substring(0, value.length() - 3);
    }
  },
  UNKNOWN_OPERATION("UNKNOWN_OPERATION") {
    @Override
    String value(Debezium format, SourceEvent event) {
      return format.framed(event.version(), format.envelope(event).put("op", "x"));
    }
  },
  MISSING_KEY("MISSING_KEY") {
    @Override
    String value(Debezium format, SourceEvent event) {
      return format.value(event);
    }

    @Override
    String key(Debezium format, SourceEvent event) {
      return null;
    }
  },
  MISSING_AFTER("MISSING_AFTER") {
    @Override
    String value(Debezium format, SourceEvent event) {
      ObjectNode envelope = format.envelope(event);
      envelope.putNull("after");
      return format.framed(event.version(), envelope);
    }
  },
  OUT_OF_RANGE("BAD_VALUE") {
    @Override
    String value(Debezium format, SourceEvent event) {
      ObjectNode envelope = format.envelope(event);
      ((ObjectNode) envelope.get("after")).put(Field.BORN.column(), 9_000_000_000L);
      return format.framed(event.version(), envelope);
    }
  },
  LOST_DIGITS("BAD_VALUE") {
    @Override
    String value(Debezium format, SourceEvent event) {
      ObjectNode envelope = format.envelope(event);
      ((ObjectNode) envelope.get("after"))
          .put(Field.RATIO.column(), new java.math.BigDecimal("0.1234567890123456789012345"));
      return format.framed(event.version(), envelope);
    }
  };

  private final String reason;

  Undecodable(String reason) {
    this.reason = reason;
  }

  /** The reason that is stored with the dead letter. */
  String reason() {
    return reason;
  }

  /** The record's value, made from a good event that has a row after the change. */
  abstract String value(Debezium format, SourceEvent event);

  /** The record's key. */
  String key(Debezium format, SourceEvent event) {
    return format.key(event);
  }
}
