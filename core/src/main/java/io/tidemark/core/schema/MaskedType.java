package io.tidemark.core.schema;

import java.util.Objects;

/**
 * A column whose values were masked before they were stored: what the source said of its type no
 * longer holds.
 *
 * @param mask how, in the spelling of a pipeline file with the key's id: {@code hash(k1)}
 * @param stored how the masked values are written, and what they are in the lake
 */
public record MaskedType(String mask, ColumnDeclaration stored) implements ColumnType {
  /** Refuses missing parts. */
  public MaskedType {
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(stored, "stored");
  }

  @Override
  public LakeType lakeType() {
    return stored.lakeType();
  }
}
