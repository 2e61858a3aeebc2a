package io.tidemark.ingest.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The keyed parts of masks. */
class MaskPrimitivesTest {
  private static NumberToken numbers(String key) {
    return new NumberToken(Masks.keys("k1", "k2").derived(key, MaskKeys.Purpose.TOKEN));
  }

  @Test
  void tokensOfNumbersAreOneToOneKeepTheSignAndDependOnTheKey() {
    NumberToken token = numbers("k1");
    NumberToken other = numbers("k2");
    Set<Long> seen = new HashSet<>();
    for (long number = -5_000; number < 5_000; number++) {
      long image = token.of(number);
      assertThat(seen.add(image)).as("token of %d", number).isTrue();
      assertThat(image < 0).as("sign of %d", number).isEqualTo(number < 0);
    }
    for (long number : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 1}) {
      assertThat(numbers("k1").of(number)).isEqualTo(token.of(number)).isNotEqualTo(number);
      assertThat(other.of(number)).isNotEqualTo(token.of(number));
    }
  }

  @Test
  void aValueHasOneText() {
    assertThat(
            List.of(7, 7L, new BigDecimal("7.00"), new BigDecimal("7"), 7.0, 7.0f, "7").stream()
                .map(CanonicalText::of)
                .distinct())
        .containsExactly("7");
    assertThat(CanonicalText.of(-0.0)).isEqualTo("0");
    assertThat(CanonicalText.of(Double.NaN)).isEqualTo("NaN");
    assertThat(CanonicalText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(CanonicalText.of(List.of(1, List.of("a\"b"))))
        .isEqualTo("[\"1\",\"[\\\"a\\\\\\\"b\\\"]\"]");
    assertThat(CanonicalText.of(Map.of("b", 1, "a", 2))).isEqualTo("[\"a\",\"2\",\"b\",\"1\"]");
    assertThat(CanonicalText.of(new byte[] {1, (byte) 0xff})).isEqualTo("01ff");
  }

  @Test
  void aSealOpensOnlyAtItsPlaceWithItsKeyAndUnchanged() {
    MaskKeys keys = Masks.keys("k1", "k2");
    byte[] clear = "secret".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Seal.newest(keys).close(clear, "t/0/1");

    assertThat(Seal.newest(keys).keyId()).isEqualTo("k2");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(Seal.of(keys, "k2").open(sealed, "t/0/1")).isEqualTo(clear);
    assertThat(Seal.newest(keys).close(clear, "t/0/1")).isNotEqualTo(sealed);
    assertThat(Seal.newest(keys).close(null, "t/0/1")).isNull();
    assertThat(Seal.newest(keys).open(null, "t/0/1")).isNull();
    assertThatThrownBy(() -> Seal.of(keys, "k2").open(sealed, "t/0/2"))
        .hasMessage("Cannot open the sealed record at t/0/2 with the masking key 'k2'");
    assertThatThrownBy(() -> Seal.of(keys, "k1").open(sealed, "t/0/1"))
        .hasMessageContaining("Cannot open");
    long seed = 7;
    sealed[new Random(seed).nextInt(sealed.length)] ^= 1;
    assertThatThrownBy(() -> Seal.of(keys, "k2").open(sealed, "t/0/1"))
        .as("seed %d", seed)
        .hasMessageContaining("Cannot open");
  }

  @Test
  void checksTellSecretsApartAndKeysAreNotPrinted() {
    assertThat(Masks.keys("k1").checks()).isEqualTo(Masks.keys("k1").checks());
    assertThat(new MaskKeys(Map.of("k1", Masks.SECRET)).checks())
        .isNotEqualTo(Masks.keys("k1").checks());
    assertThat(Masks.keys("k1", "k2")).hasToString("[k1, k2]");
    assertThat(Masks.keys("k1", "k2").ids()).containsExactlyInAnyOrder("k1", "k2");
  }
}
