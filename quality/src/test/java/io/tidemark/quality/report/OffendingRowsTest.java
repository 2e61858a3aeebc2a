package io.tidemark.quality.report;

import static io.tidemark.quality.report.Examples.NOW;
import static io.tidemark.quality.report.Examples.ORDERS;
import static io.tidemark.quality.report.Examples.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.quality.metrics.MetricsLog;
import io.tidemark.quality.report.RowSample.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows to blame are found in the lake, and what is masked stays hidden wherever it lies. */
@ExtendWith(SharedSpark.class)
class OffendingRowsTest {
  private static final String SECRET = "secret@example.org";

  private static final RowRule POSITIVE =
      new RowRule(
          "positive", "amount > 0 AND email <> ''", RowRule.Action.QUARANTINE, Dimension.VALIDITY);

  @TempDir private Path folder;
  private Lake lake;
  private PipelineSpec spec;

  @BeforeEach
  void fill(SparkSession spark) throws IOException {
    Path file = folder.resolve("shop.yml");
    Files.writeString(
        file,
        """
        pipeline: shop
        lake: %s
        source: {type: debezium, bootstrap-servers: 'kafka:9092', topics: 'shop.*'}
        masking: {keys: {k1: "a secret of at least sixteen bytes"}}
        tables:
          orders: {mask: {email: hash}}
        """
            .formatted(folder.resolve("lake")));
    spec = PipelineFile.read(file, Map.of());
    lake = Lake.at(spark, spec.lake());
    StructType columns =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("status", DataTypes.StringType)
            .add("email", DataTypes.StringType);
    lake.silver("orders")
        .create(
            new TableDefinition(
                columns,
                List.of(),
                Map.of(SilverColumns.KEY_PROPERTY, SilverColumns.keyProperty(List.of("id"))),
                TableDefinition.Feature.MERGE_TARGET));
    lake.silver("orders")
        .append(
            spark.createDataFrame(
                List.of(
                    RowFactory.create(1, "paid", SECRET),
                    RowFactory.create(2, "shiped", SECRET),
                    RowFactory.create(3, null, null),
                    RowFactory.create(4, "shiped", null)),
                columns),
            List.of());
  }

  @Test
  void theRowsThatMakeAShareTooSmallOrTooGreatAreShown() {
    List<DatasetCheck> checks =
        List.of(
            check("known", new Subject.ContainedIn("status", List.of("paid")), "id <> 4"),
            check("there", new Subject.Completeness("EMAIL"), "id > 3"),
            check("mail", new Subject.Pattern("email", "^x\\.y$"), "id < 3"),
            new DatasetCheck(
                "rare",
                new Subject.Compliance("status = 'shiped' -- a typo"),
                new Bounds(Optional.empty(), Optional.of(0.1), 0),
                Optional.empty(),
                Optional.empty(),
                Severity.WARN,
                Dimension.VALIDITY),
            check("lost", new Subject.Compliance("gone = 1"), "true"));
    CheckedTable declared = new CheckedTable(ORDERS, Optional.empty(), RowRules.NONE, checks);
    List<CheckResult> results = new ArrayList<>();
    checks.forEach(c -> results.add(result(c.name(), c.severity(), Verdict.FAIL, 0.5)));
    results.add(result("unknown", Severity.ERROR, Verdict.FAIL, 0.5));

    List<RowSample> samples =
        new OffendingRows(
                Layer.SILVER, lake.silver("orders"), List.of("id"), MaskedColumns.of(spec, ORDERS))
            .of(
                declared,
                new TableVerdict(ORDERS, lake.silver("orders").version(), 4, NOW, results));

    assertThat(samples)
        .extracting(RowSample::check)
        .containsExactly("known", "there", "mail", "rare", "lost");
    assertThat(samples.get(0).columns()).containsExactly("id", "status");
    assertThat(samples.get(0).rows()).containsExactly(List.of(Cell.of("2"), Cell.of("shiped")));
    assertThat(samples.get(1).rows()).containsExactly(List.of(Cell.of("4"), Cell.NULL));
    assertThat(samples.get(2).rows())
        .containsExactlyInAnyOrder(
            List.of(Cell.of("1"), Cell.MASKED), List.of(Cell.of("2"), Cell.MASKED));
    assertThat(samples.get(3).rows())
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrder(Cell.of("2"), Cell.of("4"));
    assertThat(samples.get(4).rows()).isEmpty();
    assertThat(samples.get(4).note()).hasValueSatisfying(n -> assertThat(n).contains("gone"));
  }

  @Test
  void quarantinedRowsAreDecodedAndCountedAndKeepTheirSecrets(SparkSession spark)
      throws IOException {
    quarantine(spark);
    PayloadCells cells =
        new PayloadCells(
            spec.table("orders"),
            List.of("id"),
            io.tidemark.core.schema.UnavailableValue.standard());
    QuarantinedRows rows = new QuarantinedRows(lake, "orders", cells);

    assertThat(rows.counts())
        .containsExactly(
            new QuarantineCount("positive", 2, NOW), new QuarantineCount("too late", 1, NOW));
    RowSample sample = rows.samples(new RowRules(List.of(POSITIVE), OnQuarantine.REMOVE)).get(0);
    assertThat(sample.columns()).containsExactly("origin", "id", "amount", "email");
    assertThat(sample.rows())
        .containsExactly(
            List.of(Cell.of("t/0/2"), Cell.MASKED, Cell.MASKED, Cell.MASKED),
            List.of(Cell.of("t/0/1"), Cell.of("7"), Cell.of("-3.50"), Cell.MASKED));
    assertThat(sample.note()).hasValueSatisfying(n -> assertThat(n).contains("cannot be decoded"));
  }

  /** The page of a run stands in the lake, with the trend of the runs before. */
  @Test
  void aRunHasAPageInTheLake(SparkSession spark) throws IOException {
    quarantine(spark);
    TableVerdict good = verdict(ORDERS, 1);
    new MetricsLog(lake, "shop")
        .store(
            "run-1", List.of(new TableVerdict(ORDERS, 0, 4, NOW.minusSeconds(1), good.results())));
    ReportJob job = new ReportJob(spec, lake, Clock.fixed(NOW, ZoneOffset.UTC));

    org.apache.hadoop.fs.Path written =
        job.write("run-2-1", "run-2", List.of(verdict(ORDERS, 0.5)));

    assertThat(written.toString()).endsWith("/_tidemark/reports/run-2-1.html");
    String page = Files.readString(Path.of(written.toUri().getPath()));
    assertThat(page)
        .contains("Run run-2, 2026-03-01 12:00:00 UTC")
        .contains("2 measures, from 0.5 to 1")
        .contains("Waiting since")
        .doesNotContain(SECRET);

    job.write("run-2", List.of(verdict(ORDERS, 0.5)), folder.resolve("new/page.html"));
    assertThat(folder.resolve("new/page.html")).hasContent(page);
  }

  private static TableVerdict verdict(TableRef table, double value) {
    Verdict verdict = value < 1 ? Verdict.FAIL : Verdict.PASS;
    return new TableVerdict(
        table, 1, 4, NOW, List.of(result("known", Severity.ERROR, verdict, value)));
  }

  private static DatasetCheck check(String name, Subject subject, String where) {
    return new DatasetCheck(
        name,
        subject,
        new Bounds(Optional.of(1.0), Optional.empty(), 0),
        Optional.empty(),
        Optional.of(where),
        Severity.ERROR,
        Dimension.VALIDITY);
  }

  /** One change that breaks the rule, one that cannot be decoded, a late and a released one. */
  private void quarantine(SparkSession spark) throws IOException {
    EventSchema schema =
        EventSchema.fromConnect(
            null,
            new ObjectMapper()
                .readTree(
                    """
                    {"type":"struct","fields":[
                      {"field":"id","type":"int32"},
                      {"field":"amount","type":"bytes","optional":true,"parameters":{"scale":"2"},
                       "name":"org.apache.kafka.connect.data.Decimal"},
                      {"field":"email","type":"string","optional":true}]}
                    """));
    Timestamp now = Timestamp.from(NOW);
    lake.schemas().create(TableDefinition.log(BronzeColumns.schemas()));
    lake.schemas()
        .append(
            spark.createDataFrame(
                List.of(RowFactory.create(schema.fingerprint(), "orders", schema.toJson(), now)),
                BronzeColumns.schemas()),
            List.of());
    StructType columns =
        new StructType()
            .add("reason", DataTypes.StringType)
            .add("message", DataTypes.StringType)
            .add("position", DataTypes.StringType)
            .add("quarantined_at", DataTypes.TimestampType)
            .add(BronzeColumns.AFTER, DataTypes.StringType)
            .add(BronzeColumns.SCHEMA, DataTypes.StringType)
            .add(BronzeColumns.TOPIC, DataTypes.StringType)
            .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
            .add(BronzeColumns.OFFSET, DataTypes.LongType)
            .add("rules", DataTypes.createArrayType(DataTypes.StringType))
            .add("decision", DataTypes.StringType);
    String after = "{\"id\":7,\"amount\":\"/qI=\",\"email\":\"" + SECRET + "\"}";
    String[] rules = {"positive"};
    String print = schema.fingerprint();
    List<Row> rows =
        List.of(
            row("BROKEN_RULE", 1, after, print, rules, null),
            row("BROKEN_RULE", 2, "{\"" + SECRET, print, rules, null),
            row("TOO_LATE", 3, after, print, null, null),
            row("BROKEN_RULE", 4, after, print, rules, "released"));
    lake.quarantine("orders").create(TableDefinition.log(columns));
    lake.quarantine("orders").append(spark.createDataFrame(rows, columns), List.of());
  }

  private static Row row(
      String reason, long offset, String after, String print, String[] rules, String decision) {
    Timestamp now = Timestamp.from(NOW);
    return RowFactory.create(
        reason, SECRET, "p" + offset, now, after, print, "t", 0, offset, rules, decision);
  }
}
