package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.core.error.Errors;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The texts a placeholder has.
 *
 * @param bytes the placeholder's bytes
 * @param text the placeholder itself
 * @param encoded its bytes in base64, in base64 for URLs, in hexadecimal digits of either case
 * @param hstore JSON text of a map of the placeholder to itself
 * @param uuid the name-based uuid of its bytes
 */
record PlaceholderForms(
    List<Byte> bytes, String text, List<String> encoded, List<String> hstore, String uuid)
    implements Serializable {
  private static final String HEX = "hex:";

  static PlaceholderForms of(String placeholder) {
    byte[] bytes = bytes(placeholder);
    if (bytes.length == 0) {
      throw Errors.configuration(
          "Invalid placeholder for unavailable values: '" + placeholder + "' is empty",
          "Set it to the connector's 'unavailable.value.placeholder'.");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    String quoted = JsonText.compact(JsonNodeFactory.instance.textNode(text));
    return new PlaceholderForms(
        list(bytes),
        text,
        List.of(
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(bytes),
            hex,
            hex.toUpperCase(Locale.ROOT)),
        List.of("{" + quoted + ":" + quoted + "}", "{" + quoted + ": " + quoted + "}"),
        UUID.nameUUIDFromBytes(bytes).toString());
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte each : bytes) {
      list.add(each);
    }
    return List.copyOf(list);
  }

  private static byte[] bytes(String placeholder) {
    if (!placeholder.startsWith(HEX)) {
      return placeholder.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return HexFormat.of().parseHex(placeholder.substring(HEX.length()));
    } catch (IllegalArgumentException e) {
      throw Errors.configuration(
          "Invalid placeholder for unavailable values: '" + placeholder + "': " + e.getMessage(),
          "Write 'hex:' and pairs of hexadecimal digits, as in the connector's"
              + " 'unavailable.value.placeholder'.");
    }
  }
}
