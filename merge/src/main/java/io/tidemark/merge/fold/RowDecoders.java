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
import java.util.HashSet;
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
  private final HashMap<String, Object[]> added = new HashMap<>();

  /**
   * Decoders for a table.
   *
   * @param target the table's columns
   * @param schemas the schemas that its changes may have, by fingerprint
   */
  public RowDecoders(
      List<LakeField> target, Map<String, EventSchema> schemas, UnavailableValue unavailable) {
    this(target, schemas, unavailable, Map.of(), Set.of());
  }

  /**
   * Decoders for a table that does not have all columns of its source, or under other names.
   *
   * @param renamed the table's name of a source's column where it differs
   * @param keysOnly fingerprints of schemas whose rows do not fit the table: only deletes have them
   */
  public RowDecoders(
      List<LakeField> target,
      Map<String, EventSchema> schemas,
      UnavailableValue unavailable,
      Map<String, String> renamed,
      Set<String> keysOnly) {
    this.target = new ArrayList<>(target);
    schemas.forEach(
        (fingerprint, schema) -> {
          RowSchema key = schema.key().orElseGet(() -> new RowSchema(List.of()));
          keys.put(fingerprint, RowDecoder.renaming(key, unavailable, target, renamed));
          if (!keysOnly.contains(fingerprint)) {
            rows.put(fingerprint, RowDecoder.renaming(schema.row(), unavailable, target, renamed));
            this.keysOnly.put(fingerprint, keysOnly(schema.row(), key, renamed));
          }
        });
  }

  /**
   * Decoders for a table whose source gave its rows a value when it added a column.
   *
   * @param added by fingerprint, the values in the target's columns that rows of that schema lack
   */
  public RowDecoders(
      List<LakeField> target,
      Map<String, EventSchema> schemas,
      UnavailableValue unavailable,
      Map<String, String> renamed,
      Set<String> keysOnly,
      Map<String, Map<String, Object>> added) {
    this(target, schemas, unavailable, renamed, keysOnly);
    added.forEach(
        (fingerprint, values) ->
            this.added.put(
                fingerprint, target.stream().map(field -> values.get(field.name())).toArray()));
  }

  /** Places of the key's columns that the row lacks: a connector may exclude them from the row. */
  private int[] keysOnly(RowSchema row, RowSchema key, Map<String, String> renamed) {
    Set<String> missing = new HashSet<>(key.names());
    row.names().forEach(missing::remove);
    Set<String> names = new HashSet<>();
    missing.forEach(name -> names.add(renamed.getOrDefault(name, name)));
    return IntStream.range(0, target.size())
        .filter(place -> names.contains(target.get(place).name()))
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
    fillAdded(row.values(), added.get(change.schema()));
    return row;
  }

  private static void fillAdded(Object[] values, Object[] defaults) {
    for (int place = 0; defaults != null && place < values.length; place++) {
      // A column of the key has its value already, where the connector leaves it out of the row.
      if (defaults[place] != null && values[place] == null) {
        values[place] = defaults[place];
      }
    }
  }

  /** The row in JSON text that was written with a schema, whatever its key. */
  DecodedRow row(String json, String schema) {
    return rows.get(schema).decode(JsonText.parse(json));
  }

  /** The values of the key's columns, in the target's places; all others null. */
  public Object[] keyValues(BronzeChange change) {
    JsonNode key = JsonText.parse(change.key());
    return keys.get(change.schema()).decode(key).values();
  }
}
