package io.tidemark.core.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash",
        "hash(k1)",
        "token(k-2_x)",
        "fixed(***)",
        "fixed()",
        "first(4)",
        "last(1000)",
        "month",
        "year",
        "fixed((a)b)"
      })
  void aMaskReadsBackAsItself(String text) {
    assertThat(Mask.parse(text).text()).isEqualTo(text);
  }

  @Test
  void quotesAroundAFixedTextAreNotPartOfIt() {
    assertThat(Mask.parse(" FIXED(\"x y\") ")).isEqualTo(new Mask.Fixed("x y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha256|is no mask",
        "hash(|is no mask",
        "hash(K1)|names 'K1', which is no id of a masking key",
        "token|lacks the id of a masking key in parentheses",
        "fixed|lacks the text that replaces the values in parentheses",
        "first(0)|keeps no number of characters from 1 to 1000",
        "last(x)|keeps no number of characters from 1 to 1000",
        "year(1)|takes nothing in parentheses",
      })
  void whatIsNoMaskIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> Mask.parse(text)).hasMessage(reason);
  }

  @Test
  void onlyMasksThatKeepValuesApartKeepIdentity() {
    assertThat(Mask.parse("hash").keepsIdentity()).isTrue();
    assertThat(Mask.parse("token(k1)").keepsIdentity()).isTrue();
    for (String text : new String[] {"fixed(x)", "first(1)", "last(1)", "month", "year"}) {
      assertThat(Mask.parse(text).keepsIdentity()).as(text).isFalse();
    }
  }
}
