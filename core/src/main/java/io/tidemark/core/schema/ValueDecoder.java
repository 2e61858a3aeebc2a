package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/**
 * Decodes the values of one column; made once, used for every event.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ValueDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Column column;
  private final Codec codec;

  private ValueDecoder(Column column) {
    this.column = column;
    this.codec = Codec.of(column.type());
  }

  /** A decoder for the column. */
  public static ValueDecoder of(Column column) {
    return new ValueDecoder(column);
  }

  /** The column whose values it decodes. */
  public Column column() {
    return column;
  }

  /**
   * The value as {@link LakeType} says for the column's lake type: exact, never rounded.
   *
   * @param value the JSON value; Java null or a missing node stand for an absent field
   * @return null for JSON null in an optional column; the default for JSON null in a required
   *     column, and for an absent field, if the column has one
   * @throws UndecodableValueException if the value does not decode exactly
   */
  public Object decode(JsonNode value) {
    try {
      return value(value);
    } catch (UndecodableValueException e) {
      throw e.at(column.name());
    }
  }

  /** As {@link #decode}, without the column's name in errors: for elements of arrays and maps. */
  Object value(JsonNode value) {
    if (value == null || value.isMissingNode()) {
      return absent();
    }
    return value.isNull() ? nothing(value) : codec.decode(value);
  }

  private Object absent() {
    if (column.defaultJson() != null) {
      return codec.decode(JsonText.parse(column.defaultJson()));
    }
    if (column.optional()) {
      return null;
    }
    throw UndecodableValueException.absent(
        "the event has no such field, and the schema neither allows null nor has a default");
  }

  private Object nothing(JsonNode value) {
    if (column.optional()) {
      return null;
    }
    if (column.defaultJson() != null) {
      return codec.decode(JsonText.parse(column.defaultJson()));
    }
    throw UndecodableValueException.value(
        UndecodableValueException.Code.NULL_NOT_ALLOWED,
        value,
        "null in a column that its schema says has no nulls");
  }
}
