package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.schema.UndecodableValueException.Code;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "1.50",
        "100.000000000000000000000000000000000001",
        "9223372036854775807",
        "9223372036854775808",
        "-123456789012345678901234567890123456789012345678901234567890",
        "1E+400",
        "1.5E-400",
        "true",
        "null",
        "\"\"",
        "\"a\\\"\\\\\\n\u00e9\ud83c\udf0a\"",
        "[]",
        "{\"b\":1,\"a\":[{},null,\"x\"]}"
      })
  void compactKeepsWhatWasRead(String json) {
    assertThat(JsonText.compact(JsonText.parse(json))).isEqualTo(json);
    assertThat(JsonText.compact(JsonText.parse(json.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(json);
  }

  @Test
  void spacesGoAndFieldsKeepTheirOrder() {
    assertThat(JsonText.compact(JsonText.parse(" { \"b\" : 1.0 ,\n \"a\" : [ 1 , 2 ] } ")))
        .isEqualTo("{\"b\":1.0,\"a\":[1,2]}");
  }

  @Test
  void canonicalKeySortsFieldsAtEveryLevel() {
    String json = "{\"b\":{\"d\":1,\"c\":[{\"z\":1,\"y\":2}]},\"a\":1.50}";

    assertThat(JsonText.canonicalKey(JsonText.parse(json)))
        .isEqualTo("{\"a\":1.50,\"b\":{\"c\":[{\"y\":2,\"z\":1}],\"d\":1}}");
  }

  @Test
  void bareNamesOfSpecialNumbersAreReadAndWrittenAsText() {
    assertThat(JsonText.compact(JsonText.parse("[NaN,Infinity,-Infinity]")))
        .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the text is empty",
        "` `|the text is empty",
        "{\"a\":1,\"a\":2}|the field 'a' occurs twice",
        "{\"x\":{\"a\":null,\"a\":null}}|the field 'a' occurs twice",
        "1 2|more text follows",
        "{} x|no JSON",
        "{\"a\":}|no JSON",
        "{\"a\":1|no JSON",
        "{'a':1}|no JSON",
        "[1,]|no JSON",
        "01|no JSON",
        "nul|no JSON"
      })
  void whatIsNoJsonIsRefused(String json, String problem) {
    assertThatThrownBy(() -> JsonText.parse(json))
        .isInstanceOfSatisfying(
            UndecodableValueException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_JSON))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("Source:");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] latin1 = "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(catchThrowableOfType(UndecodableValueException.class, () -> JsonText.parse(latin1)))
        .extracting(UndecodableValueException::code)
        .isEqualTo(Code.BAD_JSON);
  }

  @Test
  void limitsHoldAgainstHostileText() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000)))
        .isInstanceOf(UndecodableValueException.class)
        .hasMessageContaining("no JSON");
    assertThatThrownBy(() -> JsonText.parse("9".repeat(150_001)))
        .isInstanceOf(UndecodableValueException.class);
    assertThat(JsonText.parse("9".repeat(147_455)).isBigInteger()).isTrue();
  }

  @Test
  void excerptsAreBounded() {
    UndecodableValueException e =
        catchThrowableOfType(
            UndecodableValueException.class, () -> JsonText.parse("x".repeat(10_000)));

    assertThat(e.excerpt()).hasSizeLessThan(120).endsWith("... (10000 characters)");
    assertThat(e.redacted().getMessage()).doesNotContain("xxx");
  }
}
