package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * One column of an event's rows.
 *
 * @param name as the source spells it
 * @param type what its values are and how they are written
 * @param optional whether a null is a value of the column
 * @param defaultJson the default as compact JSON in the column's own encoding; null if it has none
 */
public record Column(String name, ColumnType type, boolean optional, String defaultJson)
    implements Serializable {
  /** Refuses a missing name or type. */
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** The type of the decoded values. */
  public LakeType lakeType() {
    return type.lakeType();
  }

  /** The column's name and lake type. */
  public LakeField lakeField() {
    return new LakeField(name, lakeType());
  }

  /** The default in the column's own encoding, not yet decoded. */
  public Optional<JsonNode> defaultValue() {
    return Optional.ofNullable(defaultJson).map(JsonText::parse);
  }
}
