package io.tidemark.quality.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "total_amount > 0 | total_amount is greater than 0",
        "status IN ('a', 'b') | status is one of 'a', 'b'",
        "status NOT IN ('a') | status is none of 'a'",
        "age BETWEEN 0 AND 120 | age is between 0 and 120",
        "a IS NOT NULL AND b <= 1.5 | a has a value and b is at most 1.5",
        "a = 1 OR b <> 'x' | a is 1 or b is not 'x'",
        "NOT (a IS NULL) | a has a value",
        "email RLIKE '@' | email matches '@'",
        "length(name) >= 3 | the length of name is at least 3",
        "`odd name` < other.field | odd name is less than other.field",
        "ordered_at <= current_timestamp() | ordered_at is at most the present time",
      })
  void simpleConditionsHaveWords(String sql, String words) {
    assertThat(Condition.of(sql).words()).contains(words);
  }

  /** Wrong words would be worse than none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a > 0 AND (b = 1 OR c = 2)",
        "a + b = c",
        "upper(a) = 'X'",
        "NOT (a > 0)",
        "CASE WHEN a THEN b ELSE c END",
        "a <=> b",
        "no sql at all ((",
      })
  void othersHaveNone(String sql) {
    assertThat(Condition.of(sql).words()).isEmpty();
  }

  @Test
  void columnsAreFoundWithoutTheTable() {
    assertThat(Condition.of("a.b > 0 AND upper(`c d`) = E OR a.x IN (f, 'g')").columns())
        .containsExactly("a", "c d", "E", "f");
    assertThat(Condition.of("((").columns()).isEmpty();
  }
}
