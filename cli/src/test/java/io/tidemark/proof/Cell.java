package io.tidemark.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A value of the generated source: how the event writes it and what a reader of the lake must see.
 *
 * @param json the value in the event
 * @param text the value in the lake, as {@link Texts} writes it
 */
record Cell(JsonNode json, String text) {
  /** SQL's NULL. */
  static final Cell NULL = new Cell(JsonNodeFactory.instance.nullNode(), Texts.of(null));

  /** In an event: the source did not log the value. Each column writes it in a form of its own. */
  static final Cell UNAVAILABLE = new Cell(null, "<unavailable>");

  /** In the oracle: nothing that arrived tells the value. */
  static final Cell UNKNOWN = new Cell(null, "<unknown>");

  boolean isNull() {
    return equals(NULL);
  }
}
