package io.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rows in equals rows accounted for. */
class CountsTest {
  @Test
  void nothingIsAccountedFor() {
    assertThat(Counts.none().unaccounted()).isZero();
    assertThat(Counts.none().of(Count.READ)).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Count.class, names = "READ", mode = Mode.EXCLUDE)
  void everyCountButReadAccountsForRows(Count count) {
    assertThat(new Counts().add(Count.READ, 5).add(count, 5).unaccounted()).isZero();
    assertThat(new Counts().add(Count.READ, 5).add(count, 3).unaccounted()).isEqualTo(2);
    assertThat(new Counts().add(Count.READ, 3).add(count, 5).unaccounted()).isEqualTo(-2);
  }

  @Test
  void addsUp() {
    Counts one = new Counts().add(Count.READ, 3).add(Count.LANDED, 2).add(Count.IGNORED, 1);
    Counts other = new Counts().add(Count.READ, 4).add(Count.LANDED, 4);

    one.addAll(other).add(Count.LANDED, 0);

    assertThat(one.of(Count.READ)).isEqualTo(7);
    assertThat(one.of(Count.LANDED)).isEqualTo(6);
    assertThat(one.of(Count.IGNORED)).isEqualTo(1);
    assertThat(one.unaccounted()).isZero();
    assertThat(other.of(Count.READ)).as("the added one is left alone").isEqualTo(4);
    assertThat(one).hasToString("{READ=7, LANDED=6, IGNORED=1}");
  }
}
