package io.tidemark.quality.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowDigestsTest {
  @Test
  void findsEachOfManyRowsAfterGrowing() {
    RowDigests rows = new RowDigests();
    for (int i = 0; i < 10_000; i++) {
      // The lower bits, which choose the slot, collide for every 16 keys.
      assertThat(rows.add(key(i), new Digest(i, 1))).isTrue();
    }

    for (int i = 0; i < 10_000; i += 2) {
      Digest row = new Digest(i, i % 4 == 0 ? 1 : 2);
      assertThat(rows.match(key(i), row))
          .isEqualTo(i % 4 == 0 ? RowDigests.Found.EQUAL_ROW : RowDigests.Found.OTHER_ROW);
    }
    assertThat(rows.match(key(10_000), new Digest(0, 0))).isEqualTo(RowDigests.Found.NO_ROW);
    assertThat(rows.unmatched()).isEqualTo(5_000);
    assertThat(rows.isUnmatched(key(1))).isTrue();
    assertThat(rows.isUnmatched(key(2))).isFalse();
    assertThat(rows.isUnmatched(key(10_001))).isFalse();
  }

  @Test
  void keepsTheFirstRowOfAKey() {
    RowDigests rows = new RowDigests();

    assertThat(rows.add(key(1), new Digest(1, 1))).isTrue();
    assertThat(rows.add(key(1), new Digest(2, 2))).isFalse();
    assertThat(rows.match(key(1), new Digest(1, 1))).isEqualTo(RowDigests.Found.EQUAL_ROW);
    assertThat(rows.unmatched()).isZero();
  }

  private static Digest key(int i) {
    return new Digest(i / 16, i);
  }
}
