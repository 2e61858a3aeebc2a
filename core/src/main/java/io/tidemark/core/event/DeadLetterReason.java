package io.tidemark.core.event;

/** Why a record could not become a change; the names are stored and never change. */
public enum DeadLetterReason {
  /** Key or value is not JSON, or not one whole JSON document. */
  BAD_JSON,
  /** Key or value does not begin as the format's messages do: with the byte 0 and a schema's id. */
  NOT_FRAMED,
  /** The registry has no schema of the id that key or value begins with. */
  UNKNOWN_SCHEMA_ID,
  /** The value is JSON, but no Debezium envelope, and nothing else that Debezium sends. */
  NOT_AN_ENVELOPE,
  /** The envelope's {@code op} is none that this version knows. */
  UNKNOWN_OPERATION,
  /** A change of a row without a key, in a table without a declared key. */
  MISSING_KEY,
  /** The key is no object, or lacks a declared key column. */
  BAD_KEY,
  /** A create, update or read without an {@code after}. */
  MISSING_AFTER,
  /** The envelope's {@code source} has no position. */
  MISSING_POSITION,
  /** The connector that made the event is none whose positions this version can order. */
  UNSUPPORTED_CONNECTOR,
  /** The source table's name cannot be a lake table's name. */
  BAD_TABLE_NAME,
  /** The schema cannot be understood, or is not the one that the bytes were written with. */
  BAD_SCHEMA,
  /** A value does not fit its column's type. */
  BAD_VALUE,
  /**
   * A flattened event (ExtractNewRecordState) that no longer says what happened or where in the
   * source's log, or comes from a connector setting that drops deletes.
   */
  FLATTENED_WITHOUT_POSITION,
  /** The mask that is declared for a column cannot be applied to it; the record is kept sealed. */
  UNMASKABLE,
  /** A line of a file is no record. */
  BAD_LINE,
  /** The last line of a file, without a newline, is no record: the file was cut off. */
  TORN_LINE,
  /** A file cannot be unpacked to its end; what comes before is landed. */
  DAMAGED_FILE
}
