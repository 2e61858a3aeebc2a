package io.tidemark.merge.fold;

import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.Change;
import io.tidemark.merge.log.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Short ways to bronze changes and decoders, for the tests of this package. */
final class Fold {
  private Fold() {}

  /** A target column {@code "name type"}. */
  static LakeField field(String column) {
    int space = column.indexOf(' ');
    return new LakeField(column.substring(0, space), LakeType.parse(column.substring(space + 1)));
  }

  /** Decoders of the shapes' changes into the target columns {@code "name type"}. */
  static RowDecoders decoders(List<String> target, Shape... shapes) {
    Map<String, EventSchema> schemas = new LinkedHashMap<>();
    Stream.of(shapes).forEach(s -> schemas.put(s.schema().fingerprint(), s.schema()));
    return new RowDecoders(
        target.stream().map(Fold::field).toList(), schemas, UnavailableValue.standard());
  }

  /** The change as bronze keeps it, its position being its LSN in six digits. */
  static BronzeChange bronze(Change change) {
    return new BronzeChange(
        change.op(),
        change.key(),
        change.after(),
        position(change.lsn()),
        BronzeLog.timeOf(change.lsn()),
        change.schema().fingerprint());
  }

  static String position(long lsn) {
    return "%06d".formatted(lsn);
  }

  /** A change that fails when it is decoded. */
  static BronzeChange undecodable(Change change) {
    BronzeChange good = bronze(change);
    return new BronzeChange(
        good.operation(),
        good.key(),
        "{no json",
        good.position(),
        good.sourceTime(),
        good.schema());
  }

  /** Folds changes that are given newest first. */
  static FoldedChange of(RowDecoders decoders, BronzeChange... newestFirst) {
    KeyFold fold = new KeyFold(decoders, newestFirst[0]);
    Stream.of(newestFirst).skip(1).forEach(fold::older);
    return fold.result();
  }
}
