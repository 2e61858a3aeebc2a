package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Objects;

/**
 * The placeholder that stands in an event for a value the source did not log, in every form it has.
 *
 * <p>Debezium writes it as the placeholder's text; as its bytes in base64; in an array of texts or
 * of bytes as the only element; in an array of uuids as the only element, the name-based uuid of
 * its bytes; in an array of numbers as its bytes, one by one; for hstore as a map, or JSON text, of
 * the placeholder to itself. A column takes only the forms that its type can have, so that a real
 * value is mistaken only if it equals one of those: then configure another placeholder.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class UnavailableValue implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Debezium's placeholder, unless {@code unavailable.value.placeholder} says another. */
  public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

  private final String placeholder;
  private final PlaceholderForms forms;

  /**
   * Recognises a placeholder.
   *
   * @param placeholder as in the connector's {@code unavailable.value.placeholder}; {@code hex:} in
   *     front of hexadecimal digits gives its bytes
   * @throws io.tidemark.core.error.TidemarkException (configuration) if it is empty, or {@code
   *     hex:} is followed by other than pairs of hexadecimal digits
   */
  public UnavailableValue(String placeholder) {
    this.placeholder = Objects.requireNonNull(placeholder, "placeholder");
    this.forms = PlaceholderForms.of(placeholder);
  }

  /** Recognises {@link #DEFAULT_PLACEHOLDER}. */
  public static UnavailableValue standard() {
    return new UnavailableValue(DEFAULT_PLACEHOLDER);
  }

  /** The placeholder as text: the form that every column's type can have. */
  public String text() {
    return forms.text();
  }

  /**
   * Whether the JSON value is the placeholder in a form that a column of this type has. For many
   * values of one schema {@link RowDecoder} is faster.
   */
  public boolean matches(ColumnType type, JsonNode value) {
    return matcher(type).matches(value);
  }

  /** A test for one column's values, made once. */
  PlaceholderMatcher matcher(ColumnType type) {
    return PlaceholderMatcher.of(forms, type);
  }

  /** Whether the other has an equal placeholder. */
  @Override
  public boolean equals(Object other) {
    return other instanceof UnavailableValue that && placeholder.equals(that.placeholder);
  }

  @Override
  public int hashCode() {
    return placeholder.hashCode();
  }

  /** The placeholder as given. */
  @Override
  public String toString() {
    return placeholder;
  }
}
