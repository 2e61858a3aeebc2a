package io.tidemark.quality.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractPageTest {
  private static final TableRef ITEMS = new TableRef(Layer.SILVER, "order_items");
  private static final Bounds ALL = new Bounds(Optional.of(1.0), Optional.empty(), 0);

  @Test
  void aTeamReadsWhatIsExpectedAndWhatHappensElse() {
    RowRules rules =
        new RowRules(
            List.of(
                new RowRule("positive", "quantity > 0", Action.QUARANTINE, Dimension.VALIDITY),
                new RowRule("sum", "price * 2 < total", Action.WARN, Dimension.ACCURACY)),
            OnQuarantine.KEEP_LAST_GOOD,
            Map.of("sku", "upper(sku)"));
    List<DatasetCheck> checks =
        List.of(
            check(
                "refers",
                new Subject.References(List.of("order_id"), orders(), List.of("id")),
                ALL),
            check("fresh", new Subject.Freshness("at"), atMost(3600)),
            check("unique", new Subject.Uniqueness(List.of("id", "line")), ALL),
            check(
                "mail",
                new Subject.Completeness("email"),
                new Bounds(Optional.of(0.955), Optional.empty(), 0)),
            new DatasetCheck(
                "jump",
                new Subject.Sum("price"),
                new Bounds(Optional.empty(), Optional.empty(), 0),
                Optional.of(new Anomaly.RelativeChange(Optional.of(0.5), Optional.of(1.0))),
                Optional.of("status = 'paid'"),
                Severity.WARN,
                Dimension.ACCURACY));
    Contract contract =
        new Contract(
            new CheckedTable(ITEMS, Optional.of("Items; owned by team *checkout*."), rules, checks),
            List.of("id", "line"),
            Map.of("email", "string"),
            Map.of("email", "hash"),
            List.of("checkout@example.org, by mail"));

    String page = ContractPage.of(contract).markdown();

    assertThat(page)
        .contains("# Data contract of silver.order_items")
        .contains("Items; owned by team \\*checkout\\*.")
        .contains("told apart by `id`, `line`.")
        .contains(
            "| `email` | `string` | masked in the lake: `hash`; email has a value in at least 95.5 % of rows |")
        .contains(
            "| **positive** | quantity is greater than 0 | `quantity > 0` | goes to quarantine | validity |")
        .contains(
            "| **sum** | the condition beside this is true | `price * 2 < total` | is taken, and counted | accuracy |")
        .contains("| **sku** | `upper(sku)` |")
        .contains("What arrived is kept beside it, in `_original`.")
        .contains("the last good row of that key")
        .contains("| **fresh** | the newest at is at most 1 hour old |")
        .contains("| **refers** | order_id refers to a row of silver.orders (id) in all rows |")
        .contains("| **unique** | the combination of id and line is unique in all rows |")
        .contains(
            "the sum of price falls by no more than 50 % and rises by no more than 100 % from one look to the next, of rows where status is 'paid'")
        .contains("told: checkout@example.org, by mail");
    assertThat(ContractPage.of(contract).html())
        .contains("<code>quantity &gt; 0</code>")
        .contains("<strong>positive</strong>");
  }

  @Test
  void aTableThatIsNotThereYetHasAContract() {
    CheckedTable empty = new CheckedTable(ITEMS, Optional.empty(), RowRules.NONE, List.of());

    assertThat(
            ContractPage.of(new Contract(empty, List.of(), Map.of(), Map.of(), List.of()))
                .markdown())
        .contains("There is no such table in the lake yet.")
        .contains("not known yet")
        .doesNotContain("## Every row");
  }

  private static TableRef orders() {
    return new TableRef(Layer.SILVER, "orders");
  }

  private static Bounds atMost(double most) {
    return new Bounds(Optional.empty(), Optional.of(most), 0);
  }

  private static DatasetCheck check(String name, Subject subject, Bounds bounds) {
    return new DatasetCheck(
        name,
        subject,
        bounds,
        Optional.empty(),
        Optional.empty(),
        Severity.ERROR,
        Dimension.CONSISTENCY);
  }
}
