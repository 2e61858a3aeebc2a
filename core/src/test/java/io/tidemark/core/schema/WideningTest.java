package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

  private static Object convert(Object value, String from, String to) {
    return Widening.convert(value, LakeType.parse(from), LakeType.parse(to));
  }

  @Test
  void numbersWidenExactly() {
    assertThat(convert(Integer.MIN_VALUE, "int", "bigint")).isEqualTo((long) Integer.MIN_VALUE);
    assertThat(convert(7, "int", "decimal(12,2)")).isEqualTo(new BigDecimal("7.00"));
    assertThat(convert(Long.MIN_VALUE, "bigint", "decimal(19,0)"))
        .isEqualTo(new BigDecimal("-9223372036854775808"));
    assertThat(convert(new BigDecimal("-1.50"), "decimal(4,2)", "decimal(6,4)"))
        .isEqualTo(new BigDecimal("-1.5000"));
    assertThat(convert(0.1f, "float", "double")).isEqualTo((double) 0.1f);
    assertThat(convert(Float.NaN, "float", "double")).isEqualTo(Double.NaN);
    assertThat(convert("a", "string", "string")).isEqualTo("a");
    assertThat(convert(null, "int", "bigint")).isNull();
  }

  @Test
  void nestedValuesWidenInside() {
    assertThat(convert(Arrays.asList(1, null), "array<int>", "array<bigint>"))
        .isEqualTo(Arrays.asList(1L, null));
    assertThat(convert(Map.of("a", 1), "map<string,int>", "map<string,bigint>"))
        .isEqualTo(Map.of("a", 1L));
    assertThat(
            convert(
                new Object[] {1, "x", null},
                "struct<a int, b string, c int>",
                "struct<a bigint, b string, c decimal(12,2)>"))
        .isEqualTo(new Object[] {1L, "x", null});
    assertThat(convert(List.of(List.of(1)), "array<array<int>>", "array<array<decimal(12,2)>>"))
        .isEqualTo(List.of(List.of(new BigDecimal("1.00"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bigint|int",
        "decimal(12,2)|decimal(12,4)",
        "decimal(12,2)|decimal(10,2)",
        "double|float",
        "double|string",
        "array<bigint>|array<int>",
        "int|decimal(9,0)"
      })
  void whatWouldLoseIsRefused(String from, String to) {
    assertThatThrownBy(() -> convert(null, from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("would not hold every value");
  }

  @Test
  void aWideningTravels() {
    LakeType narrow = LakeType.parse("int");
    LakeType wide = LakeType.parse("bigint");

    assertThat(Schemas.travelled(Widening.between(narrow, wide)).apply(1)).isEqualTo(1L);
  }
}
