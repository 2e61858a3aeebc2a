package io.tidemark.core.schema;

import java.io.Serializable;
import java.util.Objects;

/**
 * A named, typed place in a lake table or in a struct value.
 *
 * @param name as the source spells it; case is kept
 * @param type what its values are
 */
public record LakeField(String name, LakeType type) implements Serializable {
  /** Refuses a missing name or type. */
  public LakeField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
