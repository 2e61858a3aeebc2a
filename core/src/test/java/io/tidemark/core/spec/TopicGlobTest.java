package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicGlobTest {
  @ParameterizedTest
  @CsvSource({
    "shop.public.*, shop.public.orders, true",
    "shop.public.*, shop.public., true",
    "shop.public.*, shop.public.a.b, true",
    "shop.public.*, shopXpublic.orders, false",
    "shop.public.*, x.shop.public.orders, false",
    "shop.public.orders, shop.public.orders_old, false",
    "*.orders, shop.public.orders, true",
    "s*p.*.o*, shop.public.orders, true",
    "*, anything, true",
    "a-b_c, a-b_c, true",
  })
  void starStandsForAnyCharactersAndAllElseForItself(String glob, String topic, boolean matches) {
    assertThat(TopicGlob.pattern(List.of(glob)).matcher(topic).matches()).isEqualTo(matches);
  }

  @Test
  void severalTopicsAreOnePattern() {
    Pattern pattern = TopicGlob.pattern(List.of("shop.a*", "b"));
    assertThat(pattern.pattern()).isEqualTo("shop\\.a.*|b");
    assertThat(List.of("shop.a1", "b", "shop.b", "ab").stream().filter(pattern.asMatchPredicate()))
        .containsExactly("shop.a1", "b");
  }
}
