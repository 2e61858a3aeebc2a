package io.tidemark.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgArrayTest {
  @Test
  void readsElementsNullsAndQuotes() {
    assertThat(PgArray.parse("{1,NULL,-3}")).isEqualTo(Arrays.asList("1", null, "-3"));
    assertThat(PgArray.parse("{}")).isEmpty();
    assertThat(PgArray.parse("{\"\",\"a,b\",\"}\",\"NULL\",\"say \\\"\\\\\\\"\"}"))
        .isEqualTo(List.of("", "a,b", "}", "NULL", "say \"\\\""));
  }

  @Test
  void readsSeveralDimensionsAndBounds() {
    assertThat(PgArray.parse("{{1,2},{3,4}}"))
        .isEqualTo(List.of(List.of("1", "2"), List.of("3", "4")));
    assertThat(PgArray.parse("[0:1]={a,b}")).isEqualTo(List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{1", "{\"a}", "{1}x", "1,2", "{1,"})
  void refusesWhatIsNoArray(String text) {
    assertThatThrownBy(() -> PgArray.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid array at character");
  }
}
