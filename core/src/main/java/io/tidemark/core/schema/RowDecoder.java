package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Decodes whole rows, {@code before} or {@code after} of an event or its key; made once per schema.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class RowDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Place of a column that the target does not have. */
  private static final int DROPPED = -1;

  private final List<LakeField> target;
  private final FieldLayout layout;
  private final PlaceholderMatcher[] placeholders;
  private final int[] places;
  private final Widening[] widenings;

  private RowDecoder(
      RowSchema schema,
      UnavailableValue unavailable,
      List<LakeField> target,
      Map<String, String> renamed) {
    int width = schema.columns().size();
    this.target = List.copyOf(target);
    this.layout = new FieldLayout(schema.columns());
    this.placeholders = new PlaceholderMatcher[width];
    this.places = new int[width];
    this.widenings = new Widening[width];
    List<String> names = target.stream().map(LakeField::name).toList();
    for (int i = 0; i < width; i++) {
      Column column = schema.columns().get(i);
      placeholders[i] = unavailable.matcher(column.type());
      places[i] = names.indexOf(renamed.getOrDefault(column.name(), column.name()));
      if (places[i] != DROPPED) {
        widenings[i] = Widening.between(column.lakeType(), target.get(places[i]).type());
      }
    }
  }

  /** A decoder whose rows have the schema's columns in the schema's order. */
  public static RowDecoder of(RowSchema schema, UnavailableValue unavailable) {
    return new RowDecoder(schema, unavailable, schema.lakeFields(), Map.of());
  }

  /**
   * A decoder whose rows have the target's columns, in the target's order and types. What the
   * schema lacks is null; what the target lacks is left out, but checked all the same.
   *
   * @param renamed the target's name of columns that it has under another name than the schema
   * @throws IllegalArgumentException if the target's type of a column cannot hold its values
   */
  public static RowDecoder renaming(
      RowSchema schema,
      UnavailableValue unavailable,
      List<LakeField> target,
      Map<String, String> renamed) {
    return new RowDecoder(schema, unavailable, target, renamed);
  }

  /**
   * Decodes a row. An absent field takes its default, else null if that is allowed; an unavailable
   * one is null and marked.
   *
   * @throws UndecodableValueException if the row is no JSON object, a value does not decode, a
   *     required field is absent, or a field is unknown
   */
  public DecodedRow decode(JsonNode row) {
    Object[] values = new Object[target.size()];
    BitSet unavailable = new BitSet(0);
    layout.read(row, (column, decoder, value) -> put(column, decoder, value, values, unavailable));
    return new DecodedRow(values, unavailable);
  }

  private void put(
      int column, ValueDecoder decoder, JsonNode value, Object[] values, BitSet unavailable) {
    int place = places[column];
    boolean known = value == null || !placeholders[column].matches(value);
    Object decoded = known ? decoder.decode(value) : null;
    if (place == DROPPED) {
      return;
    }
    if (known) {
      values[place] = widenings[column].apply(decoded);
    } else {
      unavailable.set(place);
    }
  }
}
