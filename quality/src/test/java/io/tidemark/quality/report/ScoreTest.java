package io.tidemark.quality.report;

import static io.tidemark.quality.report.Examples.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final CheckResult HOLDS = result("a", Severity.ERROR, Verdict.PASS, 1);
  private static final CheckResult SMALL = result("b", Severity.WARN, Verdict.WARN, 0.5);
  private static final CheckResult GRAVE = result("c", Severity.ERROR, Verdict.FAIL, 0.5);

  @Test
  void errorsWeighTwiceWhatWarningsDo() {
    assertThat(percent(HOLDS)).isEqualTo("100");
    assertThat(percent(HOLDS, SMALL)).isEqualTo("66.6");
    assertThat(percent(HOLDS, GRAVE)).isEqualTo("50");
    assertThat(percent(HOLDS, SMALL, GRAVE)).isEqualTo("40");
  }

  @Test
  void whatHadNothingToJudgeDoesNotCount() {
    CheckResult open = result("d", Severity.ERROR, Verdict.NOT_YET, Double.NaN);

    assertThat(percent(HOLDS, open)).isEqualTo("100");
    assertThat(Score.of(List.of(open)).get(Dimension.VALIDITY).percent()).isEmpty();
    assertThat(Score.of(List.of())).hasSize(Dimension.values().length);
  }

  /** A hundred percent must mean all. */
  @Test
  void oneBrokenCheckAmongManyIsSeen() {
    List<CheckResult> results = new ArrayList<>(Collections.nCopies(5000, HOLDS));
    results.add(SMALL);

    assertThat(percent(results.toArray(CheckResult[]::new))).isEqualTo("99.9");
  }

  private static String percent(CheckResult... results) {
    return Score.of(List.of(results))
        .get(Dimension.VALIDITY)
        .percent()
        .orElseThrow()
        .toPlainString();
  }
}
