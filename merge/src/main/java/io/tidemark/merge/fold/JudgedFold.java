package io.tidemark.merge.fold;

import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.rule.JudgedRow;
import io.tidemark.core.rule.Judgement;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.spec.Deletes;
import io.tidemark.merge.fold.FoldRules.Reach;
import io.tidemark.merge.fold.FoldedChange.BrokenRow;
import io.tidemark.merge.fold.FoldedChange.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;

/**
 * Folds the changes of one key whose rows are judged: every row that the key ever had is, whatever
 * came after it, so that no bad one passes unseen because another was faster. What is judged is the
 * corrected row.
 *
 * <p>The newest row that passes decides, or a delete behind it. A row that lacks values which the
 * source did not log is judged once older changes have given them; no stored row can, as it may be
 * an older good one. Where a batch does not have them, it cannot tell: {@link Kind#UNTOLD}.
 */
final class JudgedFold implements ChangeFold {
  private final RowDecoders decoders;
  private final FoldRules rules;
  private final BronzeChange newest;

  /** Rows since the last delete that lack values; a newer one never lacks what an older one has. */
  private final Deque<RowVersion> waiting = new ArrayDeque<>();

  private final List<BrokenRow> broken = new ArrayList<>();
  private Kind kind;
  private BronzeChange deciding;
  private RowVersion row;
  private JudgedRow shown;
  private Map<Integer, String> pending = Map.of();
  private String oldest;
  private boolean untold;
  private long events;

  JudgedFold(RowDecoders decoders, FoldRules rules, BronzeChange newest) {
    this.decoders = decoders;
    this.rules = rules;
    this.newest = newest;
    older(newest);
  }

  @Override
  public boolean isSameKey(BronzeChange change) {
    return newest.key().equals(change.key());
  }

  @Override
  public void older(BronzeChange change) {
    oldest = change.position();
    if (!change.isTruncate()) {
      events++;
    }
    if (change.isDelete()) {
      delete(change);
      return;
    }
    DecodedRow decoded = decoders.row(change);
    waiting.forEach(version -> version.fill(change, decoded));
    waiting.addLast(new RowVersion(change, decoded));
    while (!waiting.isEmpty() && waiting.getFirst().isComplete()) {
      judge(waiting.removeFirst());
    }
  }

  private void delete(BronzeChange delete) {
    endOfRow();
    if (kind == null) {
      kind = Kind.DELETE;
      deciding = delete;
    }
  }

  /** What still lacks values here never gets them: in a whole history it never was a row. */
  private void endOfRow() {
    if (waiting.isEmpty()) {
      return;
    }
    if (rules.reach() == Reach.BATCH) {
      untold = true;
    } else if (kind == null) {
      pending = waiting.getFirst().unknown();
    }
    waiting.clear();
  }

  private void judge(RowVersion version) {
    JudgedRow judged = judged(version);
    Judgement judgement = judged.judgement();
    OnQuarantine policy = rules.judging().shown();
    boolean applies = !judgement.refuses() || policy == OnQuarantine.FLAG;
    boolean decides = false;
    if (kind == null && applies) {
      kind = Kind.UPSERT;
      deciding = version.change();
      show(version, judged);
      decides = true;
    } else if (kind == null && policy == OnQuarantine.REMOVE) {
      kind = Kind.DELETE;
      deciding = version.change();
      decides = true;
    } else if (kind == Kind.DELETE && row == null && keepsDeletedRows() && applies) {
      show(version, judged);
    }
    if (judgement.isBroken()) {
      Optional<String> filledFrom = version.givers().min(String::compareTo);
      broken.add(new BrokenRow(version.position(), judgement, decides, filledFrom));
    }
  }

  private void show(RowVersion version, JudgedRow judged) {
    row = version;
    shown = judged;
  }

  private JudgedRow judged(RowVersion version) {
    List<LakeField> target = decoders.target();
    Object[] values = new Object[target.size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = ExternalValues.of(version.values()[column], target.get(column).type());
    }
    return rules.judging().judge().judge(RowFactory.create(values));
  }

  private boolean keepsDeletedRows() {
    return rules.deletes() == Deletes.SOFT;
  }

  @Override
  public FoldedChange result() {
    boolean isPending = rules.reach() == Reach.WHOLE_HISTORY && !waiting.isEmpty() && kind == null;
    endOfRow();
    if (untold) {
      return change(Kind.UNTOLD, newest, Optional.empty(), List.of());
    }
    if (kind == null) {
      Kind nothing = rules.reach() == Reach.BATCH ? Kind.REFUSED : Kind.NONE;
      return change(isPending ? Kind.PENDING : nothing, newest, Optional.empty(), broken);
    }
    return change(kind, deciding, Optional.ofNullable(row), broken);
  }

  private FoldedChange change(
      Kind what, BronzeChange decisive, Optional<RowVersion> version, List<BrokenRow> told) {
    boolean whole = rules.reach() == Reach.WHOLE_HISTORY;
    return new FoldedChange(
        what,
        decisive,
        version.map(this::corrected).orElseGet(() -> decoders.keyValues(decisive)),
        version.map(RowVersion::position),
        whole ? Map.of() : version.map(RowVersion::unavailable).orElse(Map.of()),
        Optional.empty(),
        version.flatMap(known -> filledFrom(what, known)),
        oldest,
        pending,
        events,
        told,
        version.isPresent() && shown.judgement().refuses() ? shown.judgement().rules() : List.of(),
        version.isPresent() ? originals() : Map.of());
  }

  private Object[] corrected(RowVersion version) {
    Object[] values = version.values().clone();
    shown.corrections().forEach(correction -> values[correction.place()] = correction.value());
    return values;
  }

  private Map<String, String> originals() {
    Map<String, String> originals = new LinkedHashMap<>();
    shown.corrections().forEach(made -> originals.put(made.column(), made.original()));
    return originals;
  }

  /** The row of a delete has all its values from before. */
  private static Optional<String> filledFrom(Kind kind, RowVersion known) {
    Stream<String> own = kind == Kind.DELETE ? Stream.of(known.position()) : Stream.empty();
    return Stream.concat(known.givers(), own).min(String::compareTo);
  }
}
