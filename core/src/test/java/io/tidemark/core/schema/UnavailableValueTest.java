package io.tidemark.core.schema;

import static io.tidemark.core.schema.Schemas.array;
import static io.tidemark.core.schema.Schemas.base64;
import static io.tidemark.core.schema.Schemas.column;
import static io.tidemark.core.schema.Schemas.decimal;
import static io.tidemark.core.schema.Schemas.map;
import static io.tidemark.core.schema.Schemas.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.TidemarkException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 3: the placeholder is known in every form, and real values are not taken for it. */
class UnavailableValueTest {
  private static final String TEXT = UnavailableValue.DEFAULT_PLACEHOLDER;
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
  private static final String QUOTED = '"' + TEXT + '"';
  private static final String UUID_TEXT = '"' + UUID.nameUUIDFromBytes(BYTES).toString() + '"';
  private static final String HSTORE = "\"{\\\"%s\\\":\\\"%s\\\"}\"".formatted(TEXT, TEXT);
  private static final String HEX = '"' + HexFormat.of().formatHex(BYTES) + '"';
  private static final String JSON = type("string", "io.debezium.data.Json");
  private static final String UUID_TYPE = type("string", "io.debezium.data.Uuid");
  private static final String VARIABLE =
      type("struct", "io.debezium.data.VariableScaleDecimal")
          + ",\"fields\":[{\"field\":\"scale\",\"type\":\"int32\"},"
          + "{\"field\":\"value\",\"type\":\"bytes\"}]";

  private static String each(Function<Byte, Object> element) {
    List<String> elements = new ArrayList<>();
    for (byte each : BYTES) {
      elements.add(element.apply(each).toString());
    }
    return "[" + String.join(",", elements) + "]";
  }

  private static String oneByte(byte each) {
    return base64(new byte[] {each});
  }

  private static boolean matches(Column column, String json) {
    return UnavailableValue.standard().matches(column.type(), JsonText.parse(json));
  }

  static List<Arguments> forms() {
    return List.of(
        Arguments.of(type("string"), QUOTED),
        Arguments.of(type("string"), HEX),
        Arguments.of(type("string"), base64(BYTES)),
        Arguments.of(JSON, QUOTED),
        Arguments.of(JSON, HSTORE),
        Arguments.of(JSON, HSTORE.replace(":", ": ")),
        Arguments.of(type("string", "io.debezium.data.Xml"), QUOTED),
        Arguments.of(UUID_TYPE, UUID_TEXT),
        Arguments.of(type("bytes"), base64(BYTES)),
        Arguments.of(type("bytes"), HEX),
        Arguments.of(decimal(40, 2), base64(BYTES)),
        Arguments.of(type("int64"), QUOTED),
        Arguments.of(array(type("string")), "[" + QUOTED + "]"),
        Arguments.of(array(JSON), "[" + QUOTED + "]"),
        Arguments.of(array(UUID_TYPE), "[" + UUID_TEXT + "]"),
        Arguments.of(array(type("bytes")), "[" + base64(BYTES) + "]"),
        Arguments.of(array(type("int16")), each(b -> b)),
        Arguments.of(array(type("int32")), each(b -> b)),
        Arguments.of(array(type("int64")), each(b -> b)),
        Arguments.of(array(type("int32", "io.debezium.time.Date")), each(b -> b)),
        Arguments.of(array(type("double")), each(b -> b + ".0")),
        Arguments.of(array(decimal(12, 2)), each(UnavailableValueTest::oneByte)),
        Arguments.of(array(VARIABLE), each(b -> "{\"scale\":0,\"value\":" + oneByte(b) + "}")),
        Arguments.of(map(type("string"), type("string")), "{" + QUOTED + ":" + QUOTED + "}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormIsKnown(String members, String json) {
    assertThat(matches(column(members), json)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void undeclaredColumnsTakeEveryFormOfTextAndArrays(String members, String json) {
    boolean decimals = members.contains("Decimal") && json.startsWith("[");

    assertThat(matches(Schemas.declared("string"), json))
        .isEqualTo(!decimals && !json.equals(UUID_TEXT));
  }

  static List<Arguments> nearMisses() {
    byte[] other = BYTES.clone();
    other[other.length - 1]++;
    String shorter = each(b -> b).replaceFirst("95,", "");
    return List.of(
        Arguments.of(type("string"), "\"" + TEXT + " \""),
        Arguments.of(type("string"), "\"" + TEXT.toUpperCase(Locale.ROOT) + "\""),
        Arguments.of(type("string"), HSTORE),
        Arguments.of(type("string"), UUID_TEXT),
        Arguments.of(type("string"), "\"\""),
        Arguments.of(JSON, HSTORE.replace("}", ",\\\"x\\\":\\\"y\\\"}")),
        Arguments.of(JSON, base64(BYTES)),
        Arguments.of(UUID_TYPE, "\"" + UUID.nameUUIDFromBytes(other) + "\""),
        Arguments.of(type("bytes"), base64(other)),
        Arguments.of(array(type("string")), "[" + QUOTED + "," + QUOTED + "]"),
        Arguments.of(array(type("string")), "[]"),
        Arguments.of(array(type("string")), "[null]"),
        Arguments.of(array(type("string")), "[" + UUID_TEXT + "]"),
        Arguments.of(array(type("bytes")), "[" + base64(other) + "]"),
        Arguments.of(array(type("int32")), shorter),
        Arguments.of(array(type("int32")), each(b -> b == '_' ? b : b + 1)),
        Arguments.of(array(type("int32")), each(b -> "null")),
        Arguments.of(array(type("string")), each(b -> b)),
        Arguments.of(array(type("boolean")), each(b -> "true")),
        Arguments.of(map(type("string"), type("string")), "{" + QUOTED + ":\"x\"}"),
        Arguments.of(map(type("string"), type("string")), "{\"x\":" + QUOTED + "}"),
        Arguments.of(map(type("string"), type("string")), "{}"),
        Arguments.of(
            map(type("string"), type("string")), "{" + QUOTED + ":" + QUOTED + ",\"x\":\"y\"}"),
        Arguments.of(type("int64"), "95"));
  }

  @ParameterizedTest
  @MethodSource("nearMisses")
  void nearMissesAreValues(String members, String json) {
    assertThat(matches(column(members), json)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"binary", "binary from hex", "array<string>", "array<int>", "decimal(5,2)"})
  void declaredColumnsTakeTheFormsOfTheirType(String declaration) {
    Column column = Schemas.declared(declaration);

    assertThat(matches(column, QUOTED)).isTrue();
    assertThat(matches(column, "[" + QUOTED + "]")).isEqualTo(declaration.startsWith("array"));
    assertThat(matches(column, base64(BYTES))).isEqualTo(declaration.startsWith("binary"));
    assertThat(matches(column, each(b -> b))).isEqualTo(declaration.startsWith("array"));
    assertThat(matches(column, "{" + QUOTED + ":" + QUOTED + "}")).isFalse();
  }

  @Test
  void anotherPlaceholderLetsTheUsualTextBeAValue() {
    UnavailableValue other = new UnavailableValue("\u2205 none");
    Column column = column(type("bytes"));
    byte[] bytes = "\u2205 none".getBytes(StandardCharsets.UTF_8);

    assertThat(other.matches(column.type(), JsonText.parse(base64(bytes)))).isTrue();
    assertThat(other.matches(column(type("string")).type(), JsonText.parse(QUOTED))).isFalse();
    assertThat(
            other.matches(
                column(array(type("int32"))).type(),
                JsonText.parse("[-30,-120,-123,32,110,111,110,101]")))
        .isTrue();
  }

  @Test
  void hexadecimalPlaceholdersGiveTheirBytes() {
    UnavailableValue hex = new UnavailableValue("hex:6e6f6e65");

    assertThat(hex.matches(column(type("string")).type(), JsonText.parse("\"none\""))).isTrue();
    assertThat(
            hex.matches(
                column(type("bytes")).type(),
                JsonText.parse(
                    '"'
                        + Base64.getEncoder().encodeToString(new byte[] {110, 111, 110, 101})
                        + '"')))
        .isTrue();
    assertThat(hex).isEqualTo(Schemas.travelled(hex)).hasToString("hex:6e6f6e65");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hex:", "hex:5", "hex:zz"})
  void placeholdersWithoutBytesAreRefused(String placeholder) {
    assertThatThrownBy(() -> new UnavailableValue(placeholder))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("Invalid placeholder for unavailable values: '" + placeholder);
  }
}
