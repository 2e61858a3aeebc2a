package io.tidemark.ingest.decode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as a registry has it under an id that messages name.
 *
 * @param id the id, which stands in front of each message
 * @param type AVRO, PROTOBUF or JSON
 * @param text the schema itself
 * @param references the schemas it needs, in an order in which each needs earlier ones only
 */
public record WriterSchema(int id, String type, String text, List<Reference> references)
    implements Serializable {
  /** Keeps a copy that can be serialized. */
  public WriterSchema {
    references = new ArrayList<>(references);
  }

  /**
   * A schema that another one needs.
   *
   * @param name the name under which it is imported
   * @param text the schema itself
   */
  public record Reference(String name, String text) implements Serializable {}
}
