package io.tidemark.ingest.mask;

import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.MaskedType;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the columns by which rows are told apart were masked when their tables began: key columns,
 * and tokens. Another mask would give every row another identity, so it is refused.
 *
 * <p>Read from the schemas that the lake keeps. Immutable.
 */
public final class MaskedPast implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String CLEAR = "";
  private static final String TOKEN = "token(";
  private static final String HASH = "hash(";

  /** A lake without tables. */
  public static final MaskedPast NOTHING = new MaskedPast(Map.of());

  /** Mask by column, {@link #CLEAR} for none, by table. */
  private final HashMap<String, TreeMap<String, String>> identities;

  private MaskedPast(Map<String, TreeMap<String, String>> identities) {
    this.identities = new HashMap<>(identities);
  }

  /**
   * The past with one more schema.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it masks a column
   *     differently by which rows of the table are told apart
   */
  public MaskedPast with(String table, EventSchema schema) {
    TreeMap<String, String> known = new TreeMap<>(identities.getOrDefault(table, new TreeMap<>()));
    for (Map.Entry<String, String> found : identity(schema).entrySet()) {
      String before = known.putIfAbsent(found.getKey(), found.getValue());
      if (before != null && !before.equals(found.getValue())) {
        throw Errors.maskChanged(table, found.getKey(), before, found.getValue());
      }
    }
    HashMap<String, TreeMap<String, String>> with = new HashMap<>(identities);
    with.put(table, known);
    return new MaskedPast(with);
  }

  private static Map<String, String> identity(EventSchema schema) {
    Map<String, String> identity = new TreeMap<>();
    List<Column> key = schema.key().map(k -> k.columns()).orElse(List.of());
    key.forEach(column -> identity.put(column.name(), mask(column)));
    for (Column column : schema.row().columns()) {
      if (mask(column).startsWith(TOKEN)) {
        identity.put(column.name(), mask(column));
      }
    }
    return identity;
  }

  private static String mask(Column column) {
    return column.type() instanceof MaskedType masked ? masked.mask() : CLEAR;
  }

  /**
   * Makes sure that the keys of key columns are still there.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one is not
   */
  public void requireKeys(MaskSettings declared) {
    identities.forEach(
        (table, columns) ->
            columns.keySet().stream()
                .filter(column -> declared.mask(table, column).isPresent())
                .forEach(
                    column ->
                        key(table, column)
                            .filter(key -> !declared.keys().has(key))
                            .ifPresent(
                                key -> {
                                  throw Errors.maskingKeyMissing(table, column, key);
                                })));
  }

  /** Whether the lake has events of the table. */
  boolean knows(String table) {
    return identities.containsKey(table);
  }

  /** The id of the key that a column of the table's key has been hashed with from the start. */
  Optional<String> key(String table, String column) {
    String mask = identities.getOrDefault(table, new TreeMap<>()).getOrDefault(column, CLEAR);
    return mask.startsWith(HASH)
        ? Optional.of(mask.substring(HASH.length(), mask.length() - 1))
        : Optional.empty();
  }
}
