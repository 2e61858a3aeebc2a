package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.deequ.Ask;
import io.tidemark.quality.deequ.Groups;
import io.tidemark.quality.deequ.Reasons;
import io.tidemark.quality.deequ.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All measures of some rows: one pass for all that need but one look at each row, one for each set
 * of columns whose values are grouped, one anti-join for each reference.
 *
 * <p>Where states of files are kept, the first pass reads new files only. What asks the clock,
 * chance or another table then takes a pass of its own over all rows, as groups and references do.
 */
final class TableMeasures {
  private final PipelineSpec spec;
  private final Lake lake;
  private final TableRef table;
  private final Dataset<Row> rows;
  private final Optional<KeptStates> kept;
  private final Instant now;
  private final Map<Ask, Outcome> outcomes = new LinkedHashMap<>();
  private final List<String> whole = new ArrayList<>();
  private final Set<Ask> pure = new HashSet<>();

  /**
   * Measures of rows.
   *
   * @param rows those that count
   * @param kept what is known of the files that hold them; empty if they are in no table yet
   */
  TableMeasures(
      PipelineSpec spec,
      Lake lake,
      TableRef table,
      Dataset<Row> rows,
      Optional<KeptStates> kept,
      Instant now) {
    this.spec = spec;
    this.lake = lake;
    this.table = table;
    this.rows = rows;
    this.kept = kept;
    this.now = now;
  }

  /** Measures all that a table's checks and rules ask. */
  void measure(CheckedTable declared) {
    scan(declared);
    Map<List<Object>, Groups> groups = new LinkedHashMap<>();
    for (DatasetCheck check : declared.checks()) {
      Ask ask = Ask.of(check);
      if (!outcomes.containsKey(ask)) {
        outcomes.put(ask, guarded(() -> other(ask, groups)));
      }
    }
    if (!groups.isEmpty()) {
      kept.ifPresent(states -> states.groups().store());
    }
  }

  /** What came of a measure. */
  Outcome outcome(Ask ask) {
    return ask.subject() instanceof Subject.Freshness ? age(outcomes.get(ask)) : outcomes.get(ask);
  }

  /** What had to read all rows although states are kept. */
  List<String> whole() {
    return whole;
  }

  private void scan(CheckedTable declared) {
    Set<Ask> asked = new LinkedHashSet<>(List.of(Ask.ROWS));
    for (RowRule rule : declared.rules().rules()) {
      asked.add(Ask.of(rule));
    }
    for (DatasetCheck check : declared.checks()) {
      asked.add(inScan(check.subject()) ? Ask.of(check) : Ask.of(check).rows());
    }
    Scan.Plan plan = Scan.plan(rows, asked);
    plan.failures().forEach((ask, reason) -> outcomes.put(ask, new Outcome.Failed(reason)));
    pure.addAll(plan.pure().asked());
    Function<Scan, List<Row>> allRows = scan -> List.of(scan.state(rows));
    if (kept.isEmpty()) {
      outcomes.putAll(Passes.run(plan.all(), allRows, allRows));
      return;
    }
    outcomes.putAll(Passes.run(plan.pure(), kept.get().files()::of, allRows));
    outcomes.putAll(Passes.run(plan.impure(), allRows, allRows));
    plan.impure().asked().forEach(ask -> whole.add("what may change by itself: " + ask.text()));
  }

  private static boolean inScan(Subject subject) {
    return !(Groups.measure(subject)
        || subject instanceof Subject.References
        || subject instanceof Subject.Schema
        || subject instanceof Subject.ColumnCount
        || subject instanceof Subject.SourceCount);
  }

  private Outcome other(Ask ask, Map<List<Object>, Groups> groups) {
    Subject subject = ask.subject();
    if (Groups.measure(subject)) {
      List<Object> key = List.of(Groups.columns(subject), ask.where());
      return Outcome.of(groups.computeIfAbsent(key, missing -> groups(ask)).value(subject));
    } else if (subject instanceof Subject.References its) {
      whole.add("references to " + its.table());
      return new References(lake).share(rows, ask, outcomes.get(ask.rows()));
    } else if (subject instanceof Subject.SourceCount) {
      return new SourceRows(spec, lake).share(table, outcomes.get(ask.rows()));
    } else if (subject instanceof Subject.Schema its) {
      return new SchemaMeasures(table.layer(), rows.schema()).match(its);
    }
    return new SchemaMeasures(table.layer(), rows.schema()).count();
  }

  private Groups groups(Ask ask) {
    String columns = "groups of " + String.join(", ", Groups.columns(ask.subject()));
    if (kept.isEmpty() || !pure.contains(ask.rows())) {
      whole.add(columns);
      return Groups.of(rows, ask);
    }
    GroupStates.Found found = kept.get().groups().of(rows, ask);
    whole.add(found.whole() ? columns : columns + " that changed");
    return found.groups();
  }

  private static Outcome guarded(Supplier<Outcome> measure) {
    try {
      return measure.get();
    } catch (TidemarkException e) {
      return new Outcome.Failed(e.getMessage() + ". " + e.remedy());
    } catch (Exception e) { // Spark's are checked and undeclared.
      return new Outcome.Failed(Reasons.of(e));
    }
  }

  private Outcome age(Outcome newest) {
    return newest instanceof Outcome.Value value
        ? new Outcome.Value(now.toEpochMilli() / 1000.0 - value.value(), "")
        : newest;
  }
}
