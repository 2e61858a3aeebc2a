package io.tidemark.quality.report;

import static io.tidemark.quality.report.Examples.NOW;
import static io.tidemark.quality.report.Examples.ORDERS;
import static io.tidemark.quality.report.Examples.report;
import static io.tidemark.quality.report.Examples.result;
import static io.tidemark.quality.report.Examples.series;
import static io.tidemark.quality.report.Examples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.report.RowSample.Cell;
import io.tidemark.quality.report.RowSample.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String EVIL = "<script>alert('x')</script>\" onload=\"y\u0000\uD800";

  /** Wherever a text comes from, it stays a text. */
  @Test
  void noTextBecomesMarkup() {
    TableRef table = new TableRef(Layer.SILVER, EVIL);
    CheckResult bad =
        new CheckResult(
            table,
            EVIL,
            Dimension.VALIDITY,
            Severity.ERROR,
            Verdict.FAIL,
            java.util.OptionalDouble.of(0.5),
            EVIL,
            EVIL);
    RowSample sample =
        new RowSample(
            EVIL,
            Place.QUARANTINE,
            List.of(EVIL),
            List.of(List.of(Cell.of(EVIL))),
            Optional.of(EVIL));
    TableReport all =
        table(
            table,
            List.of(bad),
            Map.of(EVIL, series(EVIL, 1, 0.5)),
            List.of(sample),
            List.of(new QuarantineCount(EVIL, 3, NOW)));

    String page = HtmlReport.of(new Report(EVIL, EVIL, NOW, List.of(all), List.of(table)));

    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("onload=\"y")
        .doesNotContain("\u0000")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assertThat(page).as("halves of characters and controls are replaced").contains("y\uFFFD\uFFFD");
    assertIsWellFormed(page);
  }

  /** The page must be readable without a network, and must not tell anybody that it is read. */
  @Test
  void nothingIsLoadedOrRun() {
    String page = HtmlReport.of(report(table(ORDERS, List.of(), Map.of(), List.of(), List.of())));

    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("src=");
  }

  @Test
  void maskedAndMissingValuesAreTold() {
    RowSample sample =
        new RowSample(
            "email_ok",
            Place.TABLE,
            List.of("id", "email", "note"),
            List.of(List.of(Cell.of(17), Cell.MASKED, Cell.NULL)),
            Optional.empty());
    CheckResult bad = result("email_ok", Severity.ERROR, Verdict.FAIL, 0.5);

    String page =
        HtmlReport.of(report(table(ORDERS, List.of(bad), Map.of(), List.of(sample), List.of())));

    assertThat(text(page)).contains("id email note 17 masked NULL");
  }

  @Test
  void theWorstComesFirstAndLongListsOfGoodChecksAreFolded() {
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      results.add(result("good_" + i, Severity.ERROR, Verdict.PASS, 1));
    }
    results.add(result("wobbly", Severity.WARN, Verdict.WARN, 0.9));
    results.add(result("broken", Severity.ERROR, Verdict.FAIL, 0.1));
    TableRef users = new TableRef(Layer.SILVER, "users");
    List<CheckResult> fine =
        List.of(result(users, "u", Dimension.UNIQUENESS, Severity.ERROR, Verdict.PASS, 1, ""));

    String page =
        HtmlReport.of(
            report(
                table(users, fine, Map.of(), List.of(), List.of()),
                table(ORDERS, results, Map.of(), List.of(), List.of())));

    String text = text(page);
    assertThat(text)
        .contains("2 tables with 2,003 checks: 1 fail, 1 warn, 2,001 pass")
        .contains("2,000 checks pass");
    assertThat(text.indexOf("silver.orders")).isLessThan(text.indexOf("silver.users"));
    assertThat(text.indexOf("broken validity")).isLessThan(text.indexOf("wobbly validity"));
    assertThat(page).containsOnlyOnce("<details open");
    assertThat(page.length()).isLessThan(2_000_000);
    assertIsWellFormed(page);
  }

  @Test
  void aTableThatIsNotThereYetAndARunWithoutTablesHaveAPage() {
    CheckResult open = result("size", Severity.ERROR, Verdict.NOT_YET, Double.NaN);
    TableReport notYet =
        new TableReport(
            new TableVerdict(ORDERS, -1, -1, NOW, List.of(open)),
            Optional.of("Orders of the shop"),
            Set.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of());

    assertThat(text(HtmlReport.of(report(notYet))))
        .contains("Orders of the shop There is no such table yet")
        .contains("not measured");
    assertThat(text(HtmlReport.of(report()))).contains("nothing was checked");
  }

  @Test
  void agesHaveTheirUnitAndMartsHaveNoVersionYet() {
    TableRef mart = new TableRef(Layer.GOLD, "revenue");
    CheckResult fresh = result("fresh", Severity.ERROR, Verdict.PASS, 341);
    CheckResult size = result("size", Severity.ERROR, Verdict.FAIL, 341);

    assertThat(judgedBeforeItIsPublished(mart, fresh))
        .contains("123,456 rows, about to be published")
        .contains("1 check passes", "pass 5m 41s at least");
    assertThat(judgedBeforeItIsPublished(mart, fresh, size))
        .contains("123,456 rows, not published")
        .contains("fail 341 at least")
        .contains("Not judged in this run: silver.orders, gold.revenue.");
  }

  private static String judgedBeforeItIsPublished(TableRef mart, CheckResult... results) {
    TableReport judged =
        new TableReport(
            new TableVerdict(mart, -1, 123_456, NOW, List.of(results)),
            Optional.empty(),
            Set.of("fresh"),
            Map.of(),
            Map.of(),
            List.of(),
            List.of());
    return text(
        HtmlReport.of(new Report("shop", "run", NOW, List.of(judged), List.of(ORDERS, mart))));
  }

  private static String text(String page) {
    return page.substring(page.indexOf("<body>"))
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  /** Every element is closed in its turn. */
  private static void assertIsWellFormed(String page) {
    Matcher tags =
        Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>")
            .matcher(page.substring(page.indexOf("<body>")));
    List<String> open = new ArrayList<>();
    while (tags.find()) {
      if (tags.group(1).isEmpty()) {
        open.add(tags.group(2));
      } else if (!open.isEmpty() && !tags.group(2).equals("html")) {
        assertThat(tags.group(2)).isEqualTo(open.remove(open.size() - 1));
      }
    }
    assertThat(open).isEmpty();
  }
}
