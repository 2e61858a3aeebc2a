package io.tidemark.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommitTokenTest {
  @Test
  void progressNeverGoesBack() {
    assertThatThrownBy(() -> new CommitToken("ingest/shop/t/0", 7, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid commit token ingest/shop/t/0: 6 is lower than 7");
  }

  @Test
  void standingStillAndTheFirstStepAreFine() {
    assertThat(new CommitToken("t", 7, 7).next()).isEqualTo(7);
    assertThat(new CommitToken("t", CommitToken.NONE, 0).expected()).isEqualTo(-1);
  }
}
