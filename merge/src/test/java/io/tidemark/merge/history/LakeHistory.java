package io.tidemark.merge.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.log.BronzeLog;
import io.tidemark.merge.log.TestLake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Runs the history of a test lake's tables and holds it to what every history must be. */
final class LakeHistory {
  private final TestLake lake;
  private final String table;

  LakeHistory(TestLake lake, String table) {
    this.lake = lake;
    this.table = table;
  }

  LakeTable table() {
    return lake.lake().history(table);
  }

  /** One pass; empty if there was nothing to do. */
  Optional<StepRecord> pass() {
    return new TableHistory(
            lake.lake().with(SparkSessions.forTable(lake.lake().spark())),
            lake.table(table),
            UnavailableValue.standard(),
            TestLake.context())
        .run();
  }

  /** Applies what has landed, and checks what always holds. */
  StepRecord apply() {
    StepRecord step = pass().orElseThrow(() -> new AssertionError("nothing was applied"));
    assertThat(step.counts().unaccounted()).as("rows unaccounted for: %s", step).isZero();
    current();
    return step;
  }

  /** The intervals of each key in the order of their positions. */
  private Map<String, List<Row>> byKey() {
    String[] key = table().properties().get(SilverColumns.KEY_PROPERTY).split("\u001f", -1);
    List<Row> rows = new ArrayList<>(table().read().collectAsList());
    rows.sort(Comparator.comparing(row -> row.<String>getAs(HistoryColumns.POSITION)));
    Map<String, List<Row>> keys = new LinkedHashMap<>();
    for (Row row : rows) {
      StringBuilder text = new StringBuilder();
      for (String column : key) {
        text.append(row.<Object>getAs(column)).append('|');
      }
      keys.computeIfAbsent(text.toString(), k -> new ArrayList<>()).add(row);
    }
    return keys;
  }

  /** The current rows that are known whole are those of silver. */
  void verify(LakeTable silver) {
    List<String> rows = new ArrayList<>();
    for (Row row : silver.read().collectAsList()) {
      rows.add(business(row) + "|" + row.getAs(SilverColumns.SOURCE_TIME));
    }
    assertThat(current()).containsExactlyInAnyOrderElementsOf(rows);
  }

  /** No overlap, nothing backwards, at most one current row a key; returns those. */
  private List<String> current() {
    List<String> current = new ArrayList<>();
    byKey()
        .forEach(
            (key, rows) -> {
              Row before = null;
              for (Row row : rows) {
                verify(key, before, row);
                before = row;
              }
              if (before != null
                  && before.<Boolean>getAs(HistoryColumns.IS_CURRENT)
                  && before.getAs(HistoryColumns.UNRESOLVED) == null) {
                current.add(business(before) + "|" + before.getAs(HistoryColumns.SOURCE_TIME));
              }
            });
    return current;
  }

  private static void verify(String key, Row before, Row row) {
    boolean isCurrent = row.getAs(HistoryColumns.IS_CURRENT);
    String end = row.getAs(HistoryColumns.END_POSITION);
    assertThat(end == null).as("current: %s", row).isEqualTo(isCurrent);
    Instant to = row.getAs(HistoryColumns.VALID_TO);
    if (!isCurrent) {
      assertThat(end).as("%s ends after it begins", row).isGreaterThan(position(row));
      assertThat(to).as("%s", row).isAfterOrEqualTo(row.<Instant>getAs(HistoryColumns.VALID_FROM));
    }
    if (before != null) {
      assertThat(before.<Boolean>getAs(HistoryColumns.IS_CURRENT))
          .as("of %s only the last is current", key)
          .isFalse();
      assertThat(before.<String>getAs(HistoryColumns.END_POSITION))
          .as("%s and %s do not overlap", before, row)
          .isLessThanOrEqualTo(position(row));
      assertThat(before.<Instant>getAs(HistoryColumns.VALID_TO))
          .as("%s and %s do not overlap", before, row)
          .isBeforeOrEqualTo(row.<Instant>getAs(HistoryColumns.VALID_FROM));
    }
  }

  private static String position(Row row) {
    return row.getAs(HistoryColumns.POSITION);
  }

  private static String business(Row row) {
    List<String> values = new ArrayList<>();
    for (String column : row.schema().fieldNames()) {
      if (!column.startsWith("_")) {
        values.add(String.valueOf(row.<Object>getAs(column)));
      }
    }
    return String.join("|", values);
  }

  /** All intervals as "values from-to", in seconds of the test's time, in order. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    byKey()
        .values()
        .forEach(
            intervals ->
                intervals.forEach(
                    row ->
                        rows.add(
                            "%s %s-%s%s"
                                .formatted(
                                    business(row),
                                    seconds(row.getAs(HistoryColumns.VALID_FROM)),
                                    seconds(row.getAs(HistoryColumns.VALID_TO)),
                                    row.getAs(HistoryColumns.UNRESOLVED) == null
                                        ? ""
                                        : " unresolved "
                                            + row.getList(
                                                row.fieldIndex(HistoryColumns.UNRESOLVED))))));
    rows.sort(null);
    return rows;
  }

  /** Everything that is in the table but when it was written. */
  List<String> content() {
    return TestLake.texts(table().read().drop(HistoryColumns.APPLIED_AT));
  }

  private static String seconds(Instant time) {
    return time == null ? "" : Long.toString(Duration.between(BronzeLog.EPOCH, time).toSeconds());
  }
}
