package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, shares and whole numbers, at their edges. */
class ValuesOfTypesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "500ms, 500, 500ms",
    "0s, 0, 0s",
    "0d, 0, 0s",
    "1000ms, 1000, 1s",
    "90s, 90000, 90s",
    "120s, 120000, 2m",
    "2h, 7200000, 2h",
    "48h, 172800000, 2d",
    "7d, 604800000, 7d",
  })
  void durations(String written, long millis, String printed) {
    PipelineSpec spec = read("trigger", written);
    assertThat(spec.trigger()).isEqualTo(Duration.ofMillis(millis));
    assertThat(spec.effectiveConfig()).contains("\ntrigger: " + printed + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "-5s",
        "5 s",
        "5S",
        "5min",
        "1.5h",
        "s",
        "99999999999999999999s",
        "300000000000d"
      })
  void whatIsNoDuration(String written) {
    assertRefused("trigger", written, "duration (write a whole number with a unit: 500ms,");
  }

  @ParameterizedTest
  @CsvSource({
    "1%, 0.01, 1%",
    "0.01, 0.01, 1%",
    "0.010, 0.01, 1%",
    "0, 0, 0%",
    "0.0%, 0, 0%",
    "100%, 1, 100%",
    "1.0, 1, 100%",
    "0.05%, 0.0005, 0.05%",
  })
  void shares(String written, String fraction, String printed) {
    PipelineSpec spec = read("max-bad-share", written);
    assertThat(spec.maxBadShare()).isEqualTo(new Share(new BigDecimal(fraction)));
    assertThat(spec.effectiveConfig()).contains("\nmax-bad-share: " + printed + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "101%", "1.01", "-1%", "1 %", "one", "1e-2", ".5"})
  void whatIsNoShare(String written) {
    assertRefused("max-bad-share", written, "(write a percentage from 0% to 100%, or a fraction");
  }

  @Test
  void aShareIsExceededByMoreThanItself() {
    Share onePercent = new Share(new BigDecimal("0.01"));
    assertThat(onePercent.isExceededBy(1, 100)).isFalse();
    assertThat(onePercent.isExceededBy(2, 100)).isTrue();
    assertThat(onePercent.isExceededBy(0, 0)).isFalse();
    assertThat(new Share(BigDecimal.ZERO).isExceededBy(1, Long.MAX_VALUE)).isTrue();
    assertThatThrownBy(() -> new Share(new BigDecimal("1.1")))
        .hasMessage("Invalid share: 1.1 is not from 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "4.0", "four", "0x4", "99999999999999999999"})
  void whatIsNoNumberOfTables(String written) {
    assertRefused("parallel-tables", written, "(write a whole number from 1 to 64)");
  }

  private PipelineSpec read(String key, String value) {
    return PipelineFile.read(PipelineText.minimal().with(key, value).in(folder), Map.of());
  }

  private void assertRefused(String key, String value, String problem) {
    assertThatThrownBy(() -> read(key, value))
        .hasMessageContaining("1 problem\n")
        .hasMessageContaining(key + ": '" + value + "' is ")
        .hasMessageContaining(problem);
  }
}
