package io.tidemark.ingest.decode;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Supplier;

/** How keys and values are written; travels to the executors. */
public interface MessageFormat extends Serializable {

  /** JSON with or without schema blocks. */
  MessageFormat JSON = FramedJson::new;

  /** A parser for the keys or for the values of one task. */
  MessageParser parser();

  /** Whether messages name schemas that are kept elsewhere, so that the lake must keep them too. */
  default boolean needsSchemas() {
    return false;
  }

  /**
   * The same format with the schemas that the lake has; those are never asked for elsewhere.
   *
   * @param stored by id; called on executors, once for each task
   */
  default MessageFormat knowing(StoredSchemas stored) {
    return this;
  }

  /** Where executors find the schemas that the lake has. */
  interface StoredSchemas extends Supplier<Map<Integer, WriterSchema>>, Serializable {}
}
