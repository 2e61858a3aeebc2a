package io.tidemark.ingest.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.MaskedType;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.schema.ValueDecoder;

/** Masks the values of one column of one schema. Not thread-safe: one per task. */
final class ColumnMask {
  private final Column column;
  private final Mask mask;
  private final MaskImages.Image image;
  private final ValueDecoder decoder;
  private final UnavailableValue unavailable;

  ColumnMask(Column column, Mask mask, MaskImages images, UnavailableValue unavailable) {
    this.column = column;
    this.mask = mask;
    this.image = images.of(mask, column.lakeType());
    this.decoder = ValueDecoder.of(column);
    this.unavailable = unavailable;
  }

  /** The column as it is stored. */
  Column stored() {
    String defaultJson =
        column.defaultValue().map(value -> JsonText.canonicalKey(apply(value))).orElse(null);
    return new Column(
        column.name(), new MaskedType(mask.text(), image.stored()), column.optional(), defaultJson);
  }

  /**
   * The masked value: NULL stays NULL, and a value that the source did not log stays unlogged.
   *
   * @throws io.tidemark.core.schema.UndecodableValueException if it is no value of the column
   * @throws UnmaskableException if it would look like an unlogged one
   */
  JsonNode apply(JsonNode value) {
    if (value.isNull()) {
      return value;
    }
    if (unavailable.matches(column.type(), value)) {
      return JsonNodeFactory.instance.textNode(unavailable.text());
    }
    JsonNode masked = image.of().apply(decoder.decode(value));
    if (masked.isTextual() && masked.textValue().equals(unavailable.text())) {
      throw new UnmaskableException(
          "the masked value of column '%s' is the placeholder for unavailable values"
              .formatted(column.name()));
    }
    return masked;
  }
}
