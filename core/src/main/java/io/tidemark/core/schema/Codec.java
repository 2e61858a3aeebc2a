package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/** Decodes JSON values of one type into values of one lake type, exactly or not at all. */
interface Codec extends Serializable {
  /** The type of the decoded values. */
  LakeType lakeType();

  /**
   * The decoded value.
   *
   * @param value anything but JSON null
   * @throws UndecodableValueException if it does not decode exactly
   */
  Object decode(JsonNode value);

  /** The codec of a column's type. */
  static Codec of(ColumnType type) {
    if (type instanceof ConnectType connect) {
      return ConnectCodecs.of(connect);
    }
    return type instanceof MaskedType masked
        ? DeclaredCodecs.of(masked.stored())
        : DeclaredCodecs.of((ColumnDeclaration) type);
  }
}
