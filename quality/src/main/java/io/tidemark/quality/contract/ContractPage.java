package io.tidemark.quality.contract;

import static io.tidemark.quality.page.Block.Span.code;
import static io.tidemark.quality.page.Block.Span.plain;
import static io.tidemark.quality.page.Block.Span.strong;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.page.Block;
import io.tidemark.quality.page.Block.Heading;
import io.tidemark.quality.page.Block.Points;
import io.tidemark.quality.page.Block.Span;
import io.tidemark.quality.page.Block.Table;
import io.tidemark.quality.page.Document;
import io.tidemark.quality.words.CheckWords;
import io.tidemark.quality.words.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Writes a contract as a document in the words of people, with the SQL beside them. */
public final class ContractPage {
  private static final List<String> RULES =
      List.of("Rule", "Every row", "In SQL", "A row that breaks it", "Dimension");
  private static final List<String> CORRECTIONS = List.of("Column", "Its value becomes, in SQL");
  private static final List<String> CHECKS =
      List.of("Check", "What is expected", "In SQL", "Severity", "Dimension");

  private final Contract contract;
  private final CheckedTable declared;

  private ContractPage(Contract contract) {
    this.contract = contract;
    this.declared = contract.declared();
  }

  /** The page of a contract. */
  public static Document of(Contract contract) {
    return new ContractPage(contract).document();
  }

  private Document document() {
    String title = "Data contract of " + declared.table();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(1, title));
    declared.description().ifPresent(text -> blocks.add(Block.paragraph(plain(text))));
    blocks.add(
        Block.paragraph(
            plain(
                "This is what the lake expects of the data that arrives in this table. It is"
                    + " written from the checks that run, so it says what is checked and nothing"
                    + " else.")));
    blocks.add(keySentence());
    blocks.addAll(columns());
    blocks.addAll(corrections());
    blocks.addAll(rules());
    blocks.addAll(checks("Freshness", check -> check.subject() instanceof Subject.Freshness));
    blocks.addAll(
        checks(
            "References to other tables", check -> check.subject() instanceof Subject.References));
    blocks.addAll(
        checks(
            "The table as a whole",
            check ->
                !(check.subject() instanceof Subject.Freshness)
                    && !(check.subject() instanceof Subject.References)));
    blocks.addAll(consequences());
    return new Document(title, blocks);
  }

  private Block keySentence() {
    if (contract.key().isEmpty()) {
      return Block.paragraph(plain("The columns that tell its rows apart are not known yet."));
    }
    List<Span> spans = new ArrayList<>(List.of(plain("Its rows are told apart by ")));
    for (int i = 0; i < contract.key().size(); i++) {
      spans.add(plain(i == 0 ? "" : ", "));
      spans.add(code(contract.key().get(i)));
    }
    spans.add(plain("."));
    return new Block.Paragraph(spans);
  }

  private List<Block> columns() {
    if (contract.columns().isEmpty()) {
      return List.of(
          new Heading(2, "Columns"),
          Block.paragraph(plain("There is no such table in the lake yet.")));
    }
    List<List<List<Span>>> rows = new ArrayList<>();
    contract
        .columns()
        .forEach(
            (column, type) ->
                rows.add(List.of(List.of(code(column)), List.of(code(type)), expected(column))));
    return List.of(
        new Heading(2, "Columns"), new Table(List.of("Column", "Type", "Expected"), rows));
  }

  /** The rules and checks that look at a column, by name; the tables below tell the rest. */
  private List<Span> expected(String column) {
    List<Span> spans = new ArrayList<>();
    contract.masks().entrySet().stream()
        .filter(mask -> mask.getKey().equalsIgnoreCase(column))
        .forEach(mask -> add(spans, plain("masked in the lake: "), code(mask.getValue())));
    declared.rules().corrections().entrySet().stream()
        .filter(correction -> correction.getKey().equalsIgnoreCase(column))
        .forEach(correction -> add(spans, plain("corrected to "), code(correction.getValue())));
    for (RowRule rule : declared.rules().rules()) {
      Condition condition = Condition.of(rule.condition());
      if (condition.columns().stream().anyMatch(column::equalsIgnoreCase)) {
        add(spans, condition.words().map(Span::plain).orElseGet(() -> code(rule.condition())));
      }
    }
    for (DatasetCheck check : declared.checks()) {
      if (CheckWords.columns(check.subject()).stream().anyMatch(column::equalsIgnoreCase)) {
        add(spans, plain(CheckWords.of(check)));
      }
    }
    return spans.isEmpty() ? List.of(plain("–")) : spans;
  }

  private static void add(List<Span> spans, Span... more) {
    if (!spans.isEmpty()) {
      spans.add(plain("; "));
    }
    spans.addAll(List.of(more));
  }

  private List<Block> corrections() {
    if (declared.rules().corrections().isEmpty()) {
      return List.of();
    }
    List<List<List<Span>>> rows = new ArrayList<>();
    declared
        .rules()
        .corrections()
        .forEach((column, sql) -> rows.add(List.of(List.of(strong(column)), List.of(code(sql)))));
    return List.of(
        new Heading(2, "What is corrected"),
        new Table(CORRECTIONS, rows),
        Block.paragraph(
            plain(
                "The value is computed from the row as it arrived, and stands in its place before"
                    + " the rules look at it. What arrived is kept beside it, in "),
            code(SilverColumns.ORIGINAL),
            plain(". A row whose correction cannot be computed goes to quarantine.")));
  }

  private List<Block> rules() {
    if (declared.rules().rules().isEmpty()) {
      return List.of();
    }
    List<List<List<Span>>> rows = new ArrayList<>();
    for (RowRule rule : declared.rules().rules()) {
      String words =
          Condition.of(rule.condition()).words().orElse("the condition beside this is true");
      rows.add(
          List.of(
              List.of(strong(rule.name())),
              List.of(plain(words)),
              List.of(code(rule.condition())),
              List.of(plain(becomes(rule.action()))),
              List.of(plain(rule.dimension().word()))));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(2, "Every row"));
    blocks.add(new Table(RULES, rows));
    blocks.add(
        Block.paragraph(
            plain(
                "A rule is kept only where its condition is true: a missing value that leaves it"
                    + " open, and a value that it cannot be computed with, break it.")));
    if (declared.rules().rules().stream().anyMatch(rule -> rule.action() == Action.QUARANTINE)) {
      blocks.add(Block.paragraph(plain(meanwhile(declared.rules().onQuarantine()))));
    }
    return blocks;
  }

  private static String becomes(Action action) {
    return switch (action) {
      case QUARANTINE -> "goes to quarantine";
      case WARN -> "is taken, and counted";
      case FAIL -> "stops the table before anything is written";
    };
  }

  private static String meanwhile(OnQuarantine shows) {
    return "Rows in quarantine are kept whole, and a later good row of the same key is taken."
        + " Meanwhile the table shows "
        + switch (shows) {
          case KEEP_LAST_GOOD -> "the last good row of that key, if there was one.";
          case REMOVE -> "no row of that key.";
          case FLAG -> "the row itself, with the names of the broken rules beside it.";
        };
  }

  private List<Block> checks(String heading, Predicate<DatasetCheck> which) {
    List<List<List<Span>>> rows = new ArrayList<>();
    for (DatasetCheck check : declared.checks()) {
      if (which.test(check)) {
        rows.add(
            List.of(
                List.of(strong(check.name())),
                List.of(plain(CheckWords.of(check))),
                sql(check),
                List.of(plain(check.severity().word())),
                List.of(plain(check.dimension().word()))));
      }
    }
    return rows.isEmpty() ? List.of() : List.of(new Heading(2, heading), new Table(CHECKS, rows));
  }

  private static List<Span> sql(DatasetCheck check) {
    List<Span> spans = new ArrayList<>();
    if (check.subject() instanceof Subject.Compliance compliance) {
      spans.add(code(compliance.condition()));
    } else if (check.subject() instanceof Subject.Pattern pattern) {
      spans.add(
          code(SqlNames.quote(pattern.column()) + " RLIKE " + SqlNames.literal(pattern.regex())));
    }
    check
        .where()
        .ifPresent(
            where -> {
              spans.add(plain(spans.isEmpty() ? "where " : " where "));
              spans.add(code(where));
            });
    return spans.isEmpty() ? List.of(plain("–")) : spans;
  }

  private List<Block> consequences() {
    List<List<Span>> points = new ArrayList<>();
    if (declared.checks().stream().anyMatch(check -> check.severity() == Severity.ERROR)) {
      points.add(
          List.of(
              strong("error"),
              plain(
                  ": the table fails, and what is made from it stays at its last good version.")));
    }
    if (declared.checks().stream().anyMatch(check -> check.severity() == Severity.WARN)) {
      points.add(List.of(strong("warn"), plain(": it is reported, and nothing stops.")));
    }
    contract.told().forEach(who -> points.add(List.of(plain("told: " + who))));
    return points.isEmpty()
        ? List.of()
        : List.of(new Heading(2, "When something is broken"), new Points(points));
  }
}
