package io.tidemark.ingest.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.Term;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.Lag;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
  private static Watermark of(DatabaseType type) {
    return Watermark.of("t", "w", new Term("w", type));
  }

  @ParameterizedTest
  @CsvSource({
    "timestamptz, 2026-01-01 00:00:00.000001+00, 1767225600000001",
    "timestamp, 1969-12-31 23:59:59.5, -500000",
    "date, 2026-01-02, 20455",
    "int8, -7, -7",
  })
  void textsAreNumbersAndBack(String type, String text, long number) {
    Watermark watermark = of(DatabaseType.base(type));

    assertThat(watermark.number(text)).isEqualTo(number);
    assertThat(watermark.number(watermark.text(number))).isEqualTo(number);
  }

  @Test
  void aPollBeginsALagBehind() {
    Lag tenMinutes = new Lag(Duration.ofMinutes(10), 0);
    Lag hundred = new Lag(Duration.ZERO, 100);

    assertThat(of(DatabaseType.base("timestamp")).from("t", 600_000_001L, tenMinutes)).isOne();
    assertThat(of(DatabaseType.base("date")).from("t", 20_000, tenMinutes))
        .as("a part of a day is a day")
        .isEqualTo(19_999);
    assertThat(of(DatabaseType.base("int4")).from("t", 150, hundred)).isEqualTo(50);
    assertThatThrownBy(() -> of(DatabaseType.base("date")).from("t", 1, hundred))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("its lag is the number 100");
  }

  @Test
  void noRowChangesInTheFuture() {
    Watermark watermark = of(DatabaseType.base("timestamptz"));
    long now = watermark.clock(Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(watermark.micros("2999-01-01 00:00:00+00", now)).isEqualTo(now);
    assertThat(watermark.micros("infinity", now)).isEqualTo(now);
    assertThat(watermark.micros("-infinity", now)).as("tells nothing").isEqualTo(now);
    assertThat(watermark.micros("0044-03-15 00:00:00+00 BC", now)).isEqualTo(now);
    assertThat(watermark.micros("2020-01-01 00:00:00+00", now)).isLessThan(now);
  }

  /** What stands there today need not be looked for in all that ever landed. */
  @Test
  void todayIsNotTheFuture() {
    Watermark watermark = of(DatabaseType.base("date"));
    Instant noon = Instant.parse("2026-01-02T12:00:00Z");
    long today = watermark.number("2026-01-02");

    assertThat(watermark.isFuture(watermark.kept(today, noon), noon)).isFalse();
    long tomorrow = watermark.kept(watermark.number("2999-01-01"), noon);
    assertThat(watermark.isFuture(tomorrow, noon)).isTrue();
    assertThat(watermark.known(tomorrow, noon)).as("polls begin at").isEqualTo(today);
    assertThat(of(DatabaseType.base("int8")).kept(Long.MAX_VALUE, noon)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatCannotBeCountedIsNoWatermark() {
    assertThatThrownBy(() -> of(DatabaseType.base("text")))
        .isInstanceOf(TidemarkException.class)
        .hasMessage("Cannot poll table 't' by the watermark 'w': it is a text");
    assertThatThrownBy(() -> of(DatabaseType.base("numeric", "numeric(12,2)")))
        .isInstanceOf(TidemarkException.class);
  }
}
