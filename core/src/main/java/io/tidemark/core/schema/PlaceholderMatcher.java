package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells a placeholder from a value, for one column: mostly by comparing lengths.
 *
 * @param forms what the placeholder looks like
 * @param texts what it is as a JSON string
 * @param elements what the only element of an array is as a JSON string
 * @param array how an array holds its bytes one by one
 * @param map whether it can be an object of the placeholder to itself
 */
record PlaceholderMatcher(
    PlaceholderForms forms, List<String> texts, List<String> elements, ByteArray array, boolean map)
    implements Serializable {

  /** How an array holds the placeholder's bytes, one an element. */
  enum ByteArray {
    /** Not at all. */
    NONE,
    /** As numbers. */
    NUMBERS,
    /** As decimals: base64 of one byte. */
    DECIMALS,
    /** As structs of scale 0 and base64 of one byte. */
    VARIABLE_SCALE
  }

  static PlaceholderMatcher of(PlaceholderForms forms, ColumnType type) {
    if (type instanceof ConnectType connect) {
      return connect(forms, connect);
    }
    if (type instanceof MaskedType) {
      // Masking knows the source's type, and writes every form as the plain text.
      return new PlaceholderMatcher(forms, List.of(forms.text()), List.of(), ByteArray.NONE, false);
    }
    return declared(forms, type.lakeType());
  }

  boolean matches(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> isOneOf(texts, value.textValue());
      case ARRAY -> isElement(value) || isBytes(value);
      case OBJECT ->
          map && value.size() == 1 && forms.text().equals(value.path(forms.text()).textValue());
      default -> false;
    };
  }

  private static PlaceholderMatcher connect(PlaceholderForms forms, ConnectType type) {
    ConnectType element =
        type.physical().equals("array") ? (ConnectType) type.children().get(0).type() : null;
    return new PlaceholderMatcher(
        forms,
        texts(forms, type),
        element == null ? List.of() : texts(forms, element),
        element == null ? ByteArray.NONE : byteArray(element),
        type.physical().equals("map"));
  }

  private static List<String> texts(PlaceholderForms forms, ConnectType type) {
    List<String> texts = new ArrayList<>(List.of(forms.text()));
    boolean plainText = type.physical().equals("string") && type.semantic().isEmpty();
    if (plainText || type.physical().equals("bytes")) {
      texts.addAll(forms.encoded());
    }
    if (type.semantic().equals(ConnectCodecs.JSON)) {
      texts.addAll(forms.hstore());
    }
    if (type.semantic().equals(ConnectCodecs.UUID)) {
      texts.add(forms.uuid());
    }
    return List.copyOf(texts);
  }

  private static ByteArray byteArray(ConnectType element) {
    return switch (element.physical()) {
      case "int8", "int16", "int32", "int64", "float", "double" -> ByteArray.NUMBERS;
      case "bytes" ->
          element.semantic().equals(ConnectCodecs.DECIMAL) ? ByteArray.DECIMALS : ByteArray.NONE;
      case "struct" ->
          element.semantic().equals(ConnectCodecs.VARIABLE_SCALE)
              ? ByteArray.VARIABLE_SCALE
              : ByteArray.NONE;
      default -> ByteArray.NONE;
    };
  }

  /** Text may stand for any type of the source, a declared type for the forms of its own. */
  private static PlaceholderMatcher declared(PlaceholderForms forms, LakeType type) {
    if (type instanceof LakeType.ArrayOf array) {
      return declaredArray(forms, List.of(forms.text()), array.element(), List.of());
    }
    List<String> texts = texts(forms, type);
    return type instanceof LakeType.Text
        ? declaredArray(forms, texts, type, forms.hstore())
        : new PlaceholderMatcher(
            forms, texts, List.of(), ByteArray.NONE, type instanceof LakeType.MapOf);
  }

  private static PlaceholderMatcher declaredArray(
      PlaceholderForms forms, List<String> texts, LakeType element, List<String> hstore) {
    boolean text = element instanceof LakeType.Text;
    return new PlaceholderMatcher(
        forms,
        joined(texts, hstore),
        joined(texts(forms, element), text ? List.of(forms.uuid()) : List.of()),
        text || isNumber(element) ? ByteArray.NUMBERS : ByteArray.NONE,
        !hstore.isEmpty());
  }

  private static List<String> texts(PlaceholderForms forms, LakeType type) {
    boolean encoded = type instanceof LakeType.Text || type instanceof LakeType.Binary;
    return joined(List.of(forms.text()), encoded ? forms.encoded() : List.of());
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static boolean isNumber(LakeType type) {
    return type instanceof LakeType.Int32
        || type instanceof LakeType.Int64
        || type instanceof LakeType.Float32
        || type instanceof LakeType.Float64
        || type instanceof LakeType.Decimal
        || type instanceof LakeType.Date;
  }

  private boolean isElement(JsonNode array) {
    return array.size() == 1
        && array.get(0).isTextual()
        && isOneOf(elements, array.get(0).textValue());
  }

  private boolean isBytes(JsonNode value) {
    if (array == ByteArray.NONE || value.size() != forms.bytes().size()) {
      return false;
    }
    for (int i = 0; i < forms.bytes().size(); i++) {
      if (!isByte(value.get(i), forms.bytes().get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isByte(JsonNode element, byte expected) {
    return switch (array) {
      case NONE -> false;
      case NUMBERS -> element.isNumber() && element.doubleValue() == expected;
      case DECIMALS -> isUnscaled(element, expected);
      case VARIABLE_SCALE ->
          element.path("scale").asInt(-1) == 0 && isUnscaled(element.path("value"), expected);
    };
  }

  private static boolean isUnscaled(JsonNode element, byte expected) {
    return element.isTextual()
        && Base64.getEncoder().encodeToString(new byte[] {expected}).equals(element.textValue());
  }

  private static boolean isOneOf(List<String> texts, String text) {
    // By index: this runs for every string of every row.
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).equals(text)) {
        return true;
      }
    }
    return false;
  }
}
