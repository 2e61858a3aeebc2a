package io.tidemark.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each format knows its texts. */
class TextFormatTest {
  @ParameterizedTest
  @CsvSource({
    "EMAIL, a.b+c@mail.example.org, a@b",
    "EMAIL, o'hara@x.io, a b@x.io",
    "URL, https://example.org/a?b=c, example.org",
    "URL, ftp://h, http://",
    "SSN, 123-45-6789, 000-12-3456",
    "CREDIT_CARD, 4111 1111 1111 1111, 4111-1111",
    "CREDIT_CARD, 378282246310005, 4111111111111111x",
  })
  void formatsTellTextsApart(TextFormat format, String right, String wrong) {
    assertThat(right).containsPattern(format.regex());
    assertThat(wrong).doesNotContainPattern(format.regex());
  }
}
