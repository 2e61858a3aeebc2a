package io.tidemark.merge.fold;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.RowDecoder;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.UnavailableValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decodes bronze rows of any schema a table has had into the columns it has now. Immutable after
 * construction; travels to the executors.
 */
public final class RowDecoders implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<LakeField> target;
  private final HashMap<String, RowDecoder> rows = new HashMap<>();
  private final HashMap<String, RowDecoder> keys = new HashMap<>();
  private final HashMap<String, int[]> keysOnly = new HashMap<>();

  /**
   * Decoders for a table.
   *
   * @param target the table's columns
   * @param schemas the schemas that its changes may have, by fingerprint
   */
  public RowDecoders(
      List<LakeField> target, Map<String, EventSchema> schemas, UnavailableValue unavailable) {
    this.target = new ArrayList<>(target);
    schemas.forEach(
        (fingerprint, schema) -> {
          rows.put(fingerprint, RowDecoder.into(schema.row(), unavailable, target, Set.of()));
          RowSchema key = schema.key().orElseGet(() -> new RowSchema(List.of()));
          keys.put(fingerprint, RowDecoder.into(key, unavailable, target, Set.of()));
          keysOnly.put(fingerprint, keysOnly(schema.row(), key));
        });
  }

  /** Places of the key's columns that the row lacks: a connector may exclude them from the row. */
  private int[] keysOnly(RowSchema row, RowSchema key) {
    return IntStream.range(0, target.size())
        .filter(place -> key.column(target.get(place).name()).isPresent())
        .filter(place -> row.column(target.get(place).name()).isEmpty())
        .toArray();
  }

  /** The table's columns. */
  public List<LakeField> target() {
    return target;
  }

  /** The row after a change that is no delete, in the table's columns. */
  public DecodedRow row(BronzeChange change) {
    DecodedRow row = rows.get(change.schema()).decode(JsonText.parse(change.after()));
    int[] missing = keysOnly.get(change.schema());
    if (missing.length > 0) {
      Object[] key = keyValues(change);
      for (int place : missing) {
        row.values()[place] = key[place];
      }
    }
    return row;
  }

  /** The values of the key's columns, in the target's places; all others null. */
  public Object[] keyValues(BronzeChange change) {
    JsonNode key = JsonText.parse(change.key());
    return keys.get(change.schema()).decode(key).values();
  }
}
