package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How findings are printed, and what a check ends with. */
class CheckReportTest {
  private static final Finding FINE = Finding.ok("lake /l", "writable");
  private static final Finding ODD = Finding.warning("topic t", "compacted", "Do not");
  private static final Finding WRONG = Finding.error("connector c", "drops\nmuch", "Stop it");
  private static final Finding AWAY =
      Finding.failure("kafka", Errors.unavailable("Cannot reach Kafka", "Start it", null));

  @Test
  void onlyErrorsCountAndWhatIsAwayCountsMost() {
    assertThat(report(FINE, ODD).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(report(FINE, WRONG, ODD).exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(report(WRONG, AWAY).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void textHasTheRemedyBelowEachFinding() {
    assertThat(report(FINE, ODD, WRONG).text())
        .isEqualTo(
            """
            ok       lake /l: writable
            warning  topic t: compacted
                     -> Do not
            error    connector c: drops
                     much
                     -> Stop it
            check of shop: 1 error, 1 warning
            """);
    assertThat(report(AWAY).text()).endsWith("; something does not answer or has failed\n");
  }

  @Test
  void jsonHasOneLineForEachFindingAndOneForAll() {
    assertThat(report(WRONG, AWAY).json())
        .isEqualTo(
            """
            {"severity":"error","where":"connector c","what":"drops\\nmuch","remedy":"Stop it"}
            {"severity":"error","where":"kafka","what":"Cannot reach Kafka","remedy":"Start it"}
            {"pipeline":"shop","errors":2,"warnings":0,"exit_code":4}
            """);
  }

  private static CheckReport report(Finding... findings) {
    return new CheckReport("shop", List.of(findings));
  }
}
