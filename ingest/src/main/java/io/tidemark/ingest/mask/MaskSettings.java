package io.tidemark.ingest.mask;

import io.tidemark.core.mask.Mask;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is masked, and with what; travels to the executors.
 *
 * @param tables mask by column in lower case, by lake table
 * @param keys the keys of hashes, tokens and seals
 * @param past what the lake already holds
 */
public record MaskSettings(Map<String, Map<String, Mask>> tables, MaskKeys keys, MaskedPast past)
    implements Serializable {
  /** Nothing is masked. */
  public static final MaskSettings NONE =
      new MaskSettings(Map.of(), MaskKeys.NONE, MaskedPast.NOTHING);

  /** Keeps copies that can be serialized. */
  public MaskSettings {
    HashMap<String, Map<String, Mask>> lower = new HashMap<>();
    tables.forEach(
        (table, masks) -> {
          HashMap<String, Mask> byColumn = new HashMap<>();
          masks.forEach((column, mask) -> byColumn.put(column.toLowerCase(Locale.ROOT), mask));
          if (!byColumn.isEmpty()) {
            lower.put(table, byColumn);
          }
        });
    tables = lower;
  }

  /** The same masks on what the lake holds by now. */
  public MaskSettings after(MaskedPast now) {
    return new MaskSettings(tables, keys, now);
  }

  /** Whether no table has a mask. */
  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Whether a table has a mask. */
  public boolean masks(String table) {
    return tables.containsKey(table);
  }

  /**
   * Whether a record that belongs to this table, or to an unknown one, may hold what must not be
   * stored in the clear.
   *
   * @param table null if it is unknown
   */
  public boolean seals(String table) {
    return table == null ? !isEmpty() : masks(table);
  }

  /** The declared mask of a column, however it is spelled. */
  Optional<Mask> mask(String table, String column) {
    Map<String, Mask> masks = tables.getOrDefault(table, Map.of());
    return Optional.ofNullable(masks.get(column.toLowerCase(Locale.ROOT)));
  }
}
