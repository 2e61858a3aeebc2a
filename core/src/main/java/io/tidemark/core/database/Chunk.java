package io.tidemark.core.database;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a table in the order of some terms; bounds are texts of their values.
 *
 * @param after the piece begins behind this; empty for the table's beginning
 * @param upTo the piece ends with this; empty for the table's end
 */
public record Chunk(List<String> after, List<String> upTo) implements Serializable {
  /** All of a table. */
  public static final Chunk ALL = new Chunk(List.of(), List.of());

  /** Keeps copies that can be serialized. */
  public Chunk {
    after = new ArrayList<>(after);
    upTo = new ArrayList<>(upTo);
  }
}
