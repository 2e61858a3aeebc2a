package io.tidemark.proof;

import io.tidemark.ingest.mask.MaskKeys;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a table's masks must make of its values. Of a keyed hash only this is known: equal values
 * have one image, different ones have different images, and no image tells its value.
 */
final class Masking {
  /** Column to mask, as the pipeline file says it. */
  static final Map<String, String> MASKS =
      Map.of(
          "name",
          "hash",
          "body",
          "hash",
          "total",
          "last(3)",
          "born",
          "month",
          "amount",
          "fixed(x)");

  static final String SECRET = "a secret of thirty-two characters";

  /** The pipeline's masking keys. */
  static final MaskKeys KEYS = new MaskKeys(Map.of("k1", SECRET));

  private final boolean masked;
  private final Map<String, String> images = new HashMap<>();
  private final Map<String, String> originals = new HashMap<>();

  Masking(TableLife life) {
    this.masked = life.isMasked();
  }

  /** Whether values of a column are replaced. */
  boolean masks(String column) {
    return masked && MASKS.containsKey(column);
  }

  /** The type of a column after masking. */
  String type(String column, String type) {
    return masks(column) && !MASKS.get(column).equals("month") ? "string" : type;
  }

  /** The image of a value as far as it can be told without the key. */
  String image(String column, String text) {
    if (!masks(column) || text.equals(Cell.NULL.text())) {
      return text;
    }
    return switch (MASKS.get(column)) {
      case "last(3)" -> "'" + text.substring(text.length() - 3) + "'";
      case "month" -> text.substring(0, text.length() - 2) + "01";
      case "fixed(x)" -> "'x'";
      default -> text;
    };
  }

  /** A row that was read, with the values that its hashes stand for where they are right. */
  Map<String, String> unhashed(Map<String, String> expected, Map<String, String> found) {
    if (!masked || expected == null || found == null) {
      return found;
    }
    Map<String, String> unhashed = new LinkedHashMap<>(found);
    MASKS.forEach(
        (column, mask) -> {
          String image = found.get(column);
          String original = expected.get(column);
          if (mask.equals("hash") && image != null && isImage(column, original, image)) {
            unhashed.put(column, original);
          }
        });
    return unhashed;
  }

  private boolean isImage(String column, String original, String image) {
    if (original == null || original.equals(Cell.NULL.text()) || !image.startsWith("'k1:")) {
      return false;
    }
    String of = column + " " + original;
    String by = column + " " + image;
    return image.equals(images.computeIfAbsent(of, none -> image))
        && of.equals(originals.computeIfAbsent(by, none -> of));
  }
}
