package io.tidemark.ingest.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.RowSchema;
import io.tidemark.core.schema.UnavailableValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Masks events of one table and schema. Not thread-safe: one per task. */
final class MaskedShape {
  private final String table;
  private final MaskSettings settings;
  private final MaskImages images;
  private final UnavailableValue unavailable;
  private final Set<String> keyColumns = new HashSet<>();
  private final Map<String, ColumnMask> keyMasks = new HashMap<>();
  private final Map<String, ColumnMask> rowMasks = new HashMap<>();
  private final Set<String> columns = new HashSet<>();
  private final EventSchema stored;

  MaskedShape(
      String table,
      EventSchema schema,
      MaskSettings settings,
      MaskImages images,
      UnavailableValue unavailable) {
    this.table = table;
    this.settings = settings;
    this.images = images;
    this.unavailable = unavailable;
    schema.key().ifPresent(key -> keyColumns.addAll(key.names()));
    Optional<RowSchema> key = schema.key().map(k -> masked(k, keyMasks));
    this.stored = new EventSchema(key, masked(schema.row(), rowMasks));
    schema.row().names().forEach(name -> columns.add(name.toLowerCase(Locale.ROOT)));
    requireNoFields();
  }

  private RowSchema masked(RowSchema schema, Map<String, ColumnMask> masks) {
    List<Column> masked = new ArrayList<>();
    for (Column column : schema.columns()) {
      Optional<Mask> declared = settings.mask(table, column.name());
      if (declared.isEmpty()) {
        masked.add(column);
      } else {
        ColumnMask mask = mask(column, declared.get());
        masks.put(column.name(), mask);
        masked.add(mask.stored());
      }
    }
    return new RowSchema(masked);
  }

  private ColumnMask mask(Column column, Mask declared) {
    boolean inKey = keyColumns.contains(column.name());
    if (inKey && !declared.keepsIdentity()) {
      throw unmaskable(
          column.name(),
          "'%s' would make different rows one, and the column is in the key; write hash or token(<key>)"
              .formatted(declared.text()));
    }
    try {
      return new ColumnMask(column, keyed(column, declared, inKey), images, unavailable);
    } catch (UnmaskableException e) {
      throw unmaskable(column.name(), e.getMessage());
    }
  }

  /** A key column stays with the key that its table began with, whatever the newest key is. */
  private Mask keyed(Column column, Mask declared, boolean inKey) {
    if (!(declared instanceof Mask.Hash) || !declared.key().isEmpty()) {
      return declared;
    }
    Optional<String> first = inKey ? settings.past().key(table, column.name()) : Optional.empty();
    return new Mask.Hash(first.orElseGet(settings.keys()::current));
  }

  /** A mask of a field within a column would leave the field in the clear. */
  private void requireNoFields() {
    for (String declared : settings.tables().get(table).keySet()) {
      int dot = declared.indexOf('.');
      if (dot > 0 && !columns.contains(declared) && columns.contains(declared.substring(0, dot))) {
        throw unmaskable(
            declared, "fields within a column cannot be masked; mask the whole column");
      }
    }
  }

  /**
   * Makes sure that every mask names a column, for a table the lake does not know yet: a mask whose
   * name is misspelled would let the column through.
   */
  void requireAllColumns() {
    if (settings.past().knows(table)) {
      return; // The column may have been dropped, or is still to come.
    }
    for (String declared : settings.tables().get(table).keySet()) {
      if (!columns.contains(declared)) {
        throw unmaskable(declared, "the table has no such column");
      }
    }
  }

  /** The schema of the masked events. */
  EventSchema stored() {
    return stored;
  }

  JsonNode key(JsonNode key) {
    return masked(key, keyMasks);
  }

  JsonNode row(JsonNode row) {
    return masked(row, rowMasks);
  }

  private JsonNode masked(JsonNode object, Map<String, ColumnMask> masks) {
    ObjectNode masked = object.deepCopy();
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      ColumnMask mask = masks.get(name);
      if (mask != null) {
        masked.set(name, mask.apply(object.get(name)));
      } else if (settings.mask(table, name).isPresent()) {
        throw unmaskable(name, "the event's schema has no such column, but the event has");
      }
    }
    return masked;
  }

  private UnmaskableException unmaskable(String column, String problem) {
    return new UnmaskableException("mask of column '%s': %s".formatted(column, problem));
  }
}
