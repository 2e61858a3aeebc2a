package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table of the lake by layer and name, such as {@code silver.orders}.
 *
 * @param name its name within the layer
 */
public record TableRef(Layer layer, String name) {
  public TableRef {
    requireNonNull(layer, "layer");
    requireNonNull(name, "name");
  }

  /** The table that a text such as {@code silver.orders} names; empty if it names none. */
  public static Optional<TableRef> parse(String text) {
    for (Layer layer : Layer.values()) {
      String prefix = layer.word() + ".";
      if (text.startsWith(prefix) && text.length() > prefix.length()) {
        return Optional.of(new TableRef(layer, text.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  /** Whether people may mean this table by a text: its name, with or without the layer. */
  public boolean isCalled(String text) {
    return text.equals(name) || text.equals(toString());
  }

  @Override
  public String toString() {
    return layer.word() + "." + name;
  }
}
