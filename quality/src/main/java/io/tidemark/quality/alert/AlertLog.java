package io.tidemark.quality.alert;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.check.Severity;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.quality.alert.channel.Notice.Event;
import io.tidemark.quality.alert.rule.AlertKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The alerts of a pipeline: rows of {@code _tidemark/alerts}, of which the newest of an alert
 * holds. A commit depends on the one before it, so that of two processes none overwrites what the
 * other has noted. For one thread.
 */
public final class AlertLog {
  private static final StructType DELIVERY =
      new StructType()
          .add("channel", DataTypes.StringType)
          .add("told", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          .add("owed", DataTypes.StringType)
          .add("error", DataTypes.StringType);
  private static final StructType COLUMNS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("check", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("severity", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("remedy", DataTypes.StringType)
          .add("since", DataTypes.TimestampType)
          .add("until", DataTypes.TimestampType)
          .add("channels", DataTypes.createArrayType(DELIVERY));
  private static final int ATTEMPTS = 3;

  private final Lake lake;
  private final String pipeline;
  private Map<AlertKey, Alert> known = Map.of();
  private long number = CommitToken.NONE;

  /** The alerts of a pipeline. */
  public AlertLog(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** The alerts that last, and those that are over while somebody has yet to hear of it. */
  public Map<AlertKey, Alert> current() {
    LakeTable table = lake.alerts();
    long newest = table.exists() ? table.token(token()) : CommitToken.NONE;
    if (newest != number) {
      known = read(table);
      number = newest;
    }
    return known;
  }

  /**
   * Changes alerts, and keeps those that changed in one commit; makes none if none did.
   *
   * @param change called again with what another process has noted meanwhile
   * @return all alerts after the change
   */
  Map<AlertKey, Alert> update(UnaryOperator<Map<AlertKey, Alert>> change) {
    for (int attempt = 1; ; attempt++) {
      Map<AlertKey, Alert> before = current();
      Map<AlertKey, Alert> after = change.apply(before);
      List<Alert> changed =
          after.values().stream()
              .filter(alert -> !alert.equals(before.get(alert.key())))
              .filter(alert -> before.containsKey(alert.key()) || !alert.isSettled())
              .toList();
      try {
        if (!changed.isEmpty()) {
          store(changed);
        }
        known = unsettled(after);
        return known;
      } catch (TidemarkException e) {
        if (e.exitCode() != ExitCode.DATA_LOSS || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Map<AlertKey, Alert> unsettled(Map<AlertKey, Alert> alerts) {
    Map<AlertKey, Alert> unsettled = new LinkedHashMap<>();
    alerts.forEach(
        (key, alert) -> {
          if (!alert.isSettled()) {
            unsettled.put(key, alert);
          }
        });
    return unsettled;
  }

  private void store(List<Alert> alerts) {
    LakeTable table = lake.alerts();
    table.create(TableDefinition.log(COLUMNS));
    long next = Math.max(0, number + 1);
    List<Row> rows = alerts.stream().map(alert -> row(alert, next)).toList();
    table.append(
        lake.spark().createDataFrame(rows, COLUMNS).coalesce(1),
        List.of(new CommitToken(token(), number, next)));
    number = next;
  }

  private String token() {
    return "alerts/" + pipeline;
  }

  private Row row(Alert alert, long next) {
    List<Row> channels = new ArrayList<>();
    alert
        .deliveries()
        .forEach(
            (channel, delivery) ->
                channels.add(
                    RowFactory.create(
                        channel,
                        delivery.told().map(Enum::name).orElse(null),
                        delivery.at().orElse(null),
                        delivery.owed().map(Enum::name).orElse(null),
                        delivery.error())));
    return RowFactory.create(
        pipeline,
        alert.key().kind().name(),
        alert.key().table(),
        alert.key().check(),
        next,
        alert.severity().name(),
        alert.message(),
        alert.remedy(),
        alert.since(),
        alert.until().orElse(null),
        channels.toArray());
  }

  private Map<AlertKey, Alert> read(LakeTable table) {
    Column[] all =
        Arrays.stream(COLUMNS.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
    Map<AlertKey, Alert> alerts = new LinkedHashMap<>();
    table
        .read()
        .filter(col("pipeline").equalTo(pipeline))
        .groupBy("kind", "table", "check")
        .agg(max_by(struct(all), col("number")).as("newest"))
        .select("newest.*")
        .orderBy("since", "kind", "table", "check")
        .collectAsList()
        .stream()
        .map(AlertLog::alert)
        .filter(alert -> !alert.isSettled())
        .forEach(alert -> alerts.put(alert.key(), alert));
    return alerts;
  }

  private static Alert alert(Row row) {
    Map<String, Delivery> deliveries = new TreeMap<>();
    for (Row one : row.<Row>getList(row.fieldIndex("channels"))) {
      deliveries.put(
          one.getAs("channel"),
          new Delivery(
              Optional.ofNullable(one.<String>getAs("told")).map(Severity::valueOf),
              Optional.ofNullable(one.getAs("at")),
              Optional.ofNullable(one.<String>getAs("owed")).map(Event::valueOf),
              one.getAs("error")));
    }
    return new Alert(
        new AlertKey(AlertKind.valueOf(row.getAs("kind")), row.getAs("table"), row.getAs("check")),
        Severity.valueOf(row.getAs("severity")),
        row.getAs("message"),
        row.getAs("remedy"),
        row.getAs("since"),
        Optional.<Instant>ofNullable(row.getAs("until")),
        deliveries);
  }
}
