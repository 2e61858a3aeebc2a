package io.tidemark.core.schema;

import java.io.Serializable;

/**
 * What a column's values are in the lake, together with how the events write them.
 *
 * <p>Equal types decode equal JSON to equal values.
 */
public sealed interface ColumnType extends Serializable
    permits ConnectType, ColumnDeclaration, MaskedType {
  /** The type of the decoded values. */
  LakeType lakeType();
}
