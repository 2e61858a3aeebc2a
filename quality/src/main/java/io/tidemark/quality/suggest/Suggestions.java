package io.tidemark.quality.suggest;

import io.tidemark.core.check.DatasetCheck;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.Hint;
import io.tidemark.quality.profile.TableProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes proposals of hints, and leaves out those that would hold a table to chance: values of free
 * texts, numbers and keys, columns that are mostly empty, anything seen in a few rows only.
 *
 * @param profile of the table
 * @param key the columns by which its rows are told apart; empty if nothing declares them
 */
record Suggestions(TableProfile profile, List<String> key) {
  /** Of fewer rows only the key says anything. */
  static final int FEWEST_ROWS = 30;

  private static final double LEAST_COMPLETE = 0.5;
  private static final int FEWEST_VALUES = 2;
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 40;
  private static final int LONGEST_IDENTIFIER = 64;
  private static final Set<String> WHOLE_NUMBERS = Set.of("tinyint", "smallint", "int", "bigint");

  /** The columns beside the key that may be unique and are worth to be counted exactly. */
  List<String> perhapsUnique() {
    if (profile.rows().isSample() || isTooSmall()) {
      return List.of(); // What is twice in a table may be once in its sample.
    }
    return profile.hints().stream()
        .filter(hint -> hint instanceof Hint.PerhapsUnique)
        .map(hint -> profile.column(hint.column()))
        .filter(column -> !key.equals(List.of(column.name())) && identifiesRows(column))
        .map(ColumnProfile::name)
        .toList();
  }

  /** Amounts and times are often different in each row, and mean nothing by it. */
  private static boolean identifiesRows(ColumnProfile column) {
    boolean shortText =
        column.lengths().filter(lengths -> lengths.greatest() <= LONGEST_IDENTIFIER).isPresent();
    return shortText || (WHOLE_NUMBERS.contains(column.type()) && isIdentifier(column.name()));
  }

  private static boolean isIdentifier(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    return name.equals("id")
        || column.endsWith("Id")
        || List.of("_id", "_no", "_key", "number").stream().anyMatch(name::endsWith);
  }

  private boolean isTooSmall() {
    return profile.rows().count() < FEWEST_ROWS;
  }

  /**
   * What to propose: the key first, then column by column.
   *
   * @param repeated of the key and of columns that were {@linkplain #perhapsUnique perhaps unique},
   *     how many rows share their values with another one
   */
  List<Proposal> proposals(Map<List<String>, Long> repeated) {
    ProposalWords words = new ProposalWords(profile.rows());
    List<Proposal> proposals = new ArrayList<>();
    if (repeated.containsKey(key)) {
      proposals.add(words.key(key, repeated.get(key)));
    }
    if (!isTooSmall()) {
      for (ColumnProfile column : profile.columns()) {
        proposals.addAll(ofColumn(column, words, repeated));
      }
    }
    return withNames(proposals);
  }

  private List<Proposal> ofColumn(
      ColumnProfile column, ProposalWords words, Map<List<String>, Long> repeated) {
    List<Proposal> proposals = new ArrayList<>();
    boolean isFixed = false;
    for (Hint hint : profile.hints()) {
      if (hint.column().equals(column.name())) {
        boolean again = isFixed && hint instanceof Hint.MostlyValues;
        Optional<Proposal> proposal = again ? Optional.empty() : of(hint, column, words, repeated);
        isFixed |= hint instanceof Hint.OnlyValues && proposal.isPresent();
        proposal.ifPresent(proposals::add);
      }
    }
    if (!isFixed && hasOneLength(column)) {
      proposals.addAll(words.oneLength(column, column.lengths().orElseThrow().least()));
    }
    return proposals;
  }

  private Optional<Proposal> of(
      Hint hint, ColumnProfile column, ProposalWords words, Map<List<String>, Long> repeated) {
    if (hint instanceof Hint.Complete complete) {
      return Optional.of(words.complete(complete));
    }
    if (hint instanceof Hint.MostlyComplete mostly) {
      return Optional.of(words.mostlyComplete(mostly, column.complete()))
          .filter(proposal -> column.complete() >= LEAST_COMPLETE);
    }
    if (hint instanceof Hint.OfKind kind) {
      return Optional.of(words.ofKind(kind));
    }
    if (hint instanceof Hint.OnlyValues only) {
      return Optional.of(words.onlyValues(only))
          .filter(proposal -> isWorthFixing(column, only.values()));
    }
    if (hint instanceof Hint.MostlyValues mostly) {
      return Optional.of(words.mostlyValues(mostly, column.values().size()))
          .filter(proposal -> isWorthFixing(column, mostly.values()));
    }
    if (hint instanceof Hint.NotNegative number) {
      return column
          .extent()
          .filter(extent -> !key.contains(column.name()) && !isIdentifier(column.name()))
          .map(extent -> words.notNegative(number, extent.least()));
    }
    List<String> alone = List.of(column.name());
    return !key.equals(alone) && Long.valueOf(0).equals(repeated.get(alone))
        ? Optional.of(words.unique(column.name()))
        : Optional.empty();
  }

  private boolean isWorthFixing(ColumnProfile column, List<String> values) {
    return !key.contains(column.name())
        && !isIdentifier(column.name())
        && profile.hints().stream().noneMatch(hint -> isKindOf(column, hint))
        && values.size() >= FEWEST_VALUES
        && values.size() <= MOST_VALUES
        && values.stream().allMatch(Suggestions::isWord);
  }

  /** Numbers that are texts are numbers. */
  private static boolean isKindOf(ColumnProfile column, Hint hint) {
    return hint instanceof Hint.OfKind && hint.column().equals(column.name());
  }

  private static boolean isWord(String value) {
    return value.length() <= LONGEST_VALUE
        && value.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL);
  }

  /** Codes have; an empty text or one of one character tells too little. */
  private static boolean hasOneLength(ColumnProfile column) {
    return column
        .lengths()
        .filter(lengths -> lengths.least() == lengths.greatest() && lengths.least() > 1)
        .filter(lengths -> lengths.greatest() <= LONGEST_IDENTIFIER)
        .isPresent();
  }

  /** Names that the checks file takes, each once. */
  private static List<Proposal> withNames(List<Proposal> proposals) {
    Set<String> taken = new HashSet<>();
    List<Proposal> named = new ArrayList<>();
    for (Proposal proposal : proposals) {
      String plain = proposal.check().name().replaceAll("[^A-Za-z0-9_-]", "_");
      String wanted = plain.matches("[A-Za-z].*") ? plain : "column_" + plain;
      String name = wanted;
      for (int i = 2; !taken.add(name); i++) {
        name = wanted + "_" + i;
      }
      named.add(new Proposal(renamed(proposal.check(), name), proposal.evidence()));
    }
    return named;
  }

  private static DatasetCheck renamed(DatasetCheck check, String name) {
    return new DatasetCheck(
        name,
        check.subject(),
        check.bounds(),
        check.anomaly(),
        check.where(),
        check.severity(),
        check.dimension());
  }
}
