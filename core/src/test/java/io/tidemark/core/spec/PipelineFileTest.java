package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.setting.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineFileTest {
  @TempDir Path folder;

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheFile() {
    assertThat(
            problems(
                """
                pipeline: Shop
                lake: s3://bucket/lake
                tabels: {}
                trigger: 5x
                max-bad-share: 1
                parallel-tables: 65
                source:
                  type: debezum
                  bootstrap-servers: kafka
                  topics: [shop.public.*, 'a b']
                  max-offsets-per-trigger: 0
                  connect-url: ftp://connect
                  kafka: [a]
                  trigger: 1s
                gold:
                  revenue:
                    sql: [revenue.sql]
                    key: []
                """))
        .containsExactly(
            "1:11: pipeline: 'Shop' is not a pipeline name (write a name of small letters, digits,"
                + " '_' and '-' that starts with a letter)",
            "2:7: lake: 's3://bucket/lake' has the scheme s3:// (write s3a:// for S3)",
            "3:1: unknown key 'tabels' (did you mean 'tables'? allowed: "
                + allowed(Settings.PIPELINE)
                + ")",
            "4:10: trigger: '5x' is not a duration (write a whole number with a unit: 500ms, 10s,"
                + " 5m, 2h or 7d)",
            "5:16: max-bad-share: '1' is not clear: it could mean 1% or 1 of 1 (write a percentage"
                + " from 0% to 100%, or a fraction with a dot: 1% or 0.01)",
            "6:18: parallel-tables: '65' is out of range (write a whole number from 1 to 64)",
            "8:9: source.type: 'debezum' is not known (did you mean 'debezium'? allowed:"
                + " debezium, files, jdbc)",
            "9:22: source.bootstrap-servers: 'kafka' is not host:port (write each Kafka broker as"
                + " host:port, such as kafka-1:9092, separated by commas)",
            "10:27: source.topics: 'a b' is not a topic name (write letters, digits, '.', '_', '-'"
                + " and '*', at most 249)",
            "11:28: source.max-offsets-per-trigger: '0' is out of range (write a whole number, at"
                + " least 1)",
            "12:16: source.connect-url: 'ftp://connect' is not an http or https address (write an"
                + " address such as http://connect:8083)",
            "13:10: source.kafka: must be a map, but is a list (write a map of Kafka client"
                + " properties to texts)",
            "14:3: source: unknown key 'trigger' (did you mean 'trigger' outside 'source'? allowed"
                + " here: "
                + allowed(Settings.SOURCE)
                + ")",
            "17:10: gold.revenue.sql: must be a text, but is a list (write the path of a file with"
                + " one query)",
            "18:10: gold.revenue.key: is an empty list (write a column name; several as"
                + " a list: [a, b])");
  }

  @Test
  void theErrorNamesFileCountAndRemedyAndEndsWithConfiguration() {
    TidemarkException error = PipelineText.failure(PipelineText.write(folder, "pipeline: shop\n"));
    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error.getMessage())
        .startsWith("Invalid pipeline file " + folder.resolve("shop.yml") + ": 2 problems\n")
        .endsWith(
            folder.resolve("shop.yml")
                + ":1:1: required section 'source' is missing (add source: with type,"
                + " bootstrap-servers (for type: debezium), topics (for type: debezium), path (for"
                + " type: files), url (for type: jdbc), user (for type: jdbc), password (for type:"
                + " jdbc))");
    assertThat(error.remedy()).contains("docs/pipeline-reference.md");
  }

  @ParameterizedTest
  @CsvSource({
    "maxBadShare, max-bad-share",
    "max_bad_share, max-bad-share",
    "triger, trigger",
    "laek, lake",
    "Gold, gold",
    "topics, source.topics",
    "source.topics, source.topics",
    "columns, tables.<name>.columns",
  })
  void aMistypedOrMisplacedKeyIsRecognised(String written, String meant) {
    assertThat(problems(PipelineText.minimal().text() + written + ": 1\n"))
        .singleElement()
        .asString()
        .contains("unknown key '" + written + "' (did you mean '" + meant + "'?");
  }

  @Test
  void aSettingOfAnotherTypeOfSourceIsAnErrorAndNothingOfThatTypeIsMissed() {
    assertThat(
            problems(
                """
                pipeline: shop
                lake: /lake
                source:
                  type: files
                  topics: shop.*
                  kafka: {x: y}
                """))
        .containsExactly(
            "3:1: source: required key 'path' is missing (add 'path:' with a folder, a file or a"
                + " glob; with a Hadoop URI such as s3a://bucket/events)",
            "5:3: source.topics: means something only where 'type: debezium' is set (remove it, or"
                + " set 'type: debezium')",
            "6:3: source.kafka: means something only where 'type: debezium' is set (remove it, or"
                + " set 'type: debezium')");
    assertThat(problems(PipelineText.minimal().with("source.path", "x").text()))
        .singleElement()
        .asString()
        .contains("source.path: means something only where 'type: files' is set");
  }

  @ParameterizedTest
  @CsvSource({"~/x", "s3://b/x", "' x'"})
  void aPathThatNoFileSystemCanMeanIsRefused(String path) {
    assertThat(problems(PipelineText.files().with("source.path", "'" + path + "'").text()))
        .singleElement()
        .asString()
        .contains("source.path: ");
  }

  @Test
  void anUnknownKeyThatResemblesNothingGetsTheAllowedKeysOnly() {
    assertThat(problems(PipelineText.minimal().text() + "zzzzzzzz: 1\n"))
        .containsExactly(
            "11:1: unknown key 'zzzzzzzz' (allowed: " + allowed(Settings.PIPELINE) + ")");
  }

  @Test
  void wrongShapesAreNamedWithTheirPlace() {
    assertThat(
            problems(
                """
                pipeline:
                lake: {a: b}
                source: debezium
                tables: [orders, users]
                gold: revenue
                """))
        .containsExactly(
            "1:10: pipeline: has no value (write a name of small letters, digits, '_' and '-' that"
                + " starts with a letter)",
            "2:7: lake: must be a text, but is a map (write a folder, or a Hadoop URI such as"
                + " s3a://bucket/lake)",
            "3:9: source: must be a map, but is a text (write its settings as 'key: value' lines;"
                + " allowed: "
                + allowed(Settings.SOURCE)
                + ")",
            "4:9: tables: must be a map of names, but is a list (write each on its own line,"
                + " indented: 'name: {}')",
            "5:7: gold: must be a map of names, but is a text (write each on its own line,"
                + " indented: 'name: {}')");
  }

  @Test
  void theWholeFileMustBeAMap() {
    assertThat(problems("- pipeline: shop\n")).singleElement().asString().contains("is a list");
    assertThat(problems("pipeline shop\n")).singleElement().asString().contains("is a text");
  }

  @Test
  void tableNamesAreChecked() {
    assertThat(
            problems(
                PipelineText.minimal().text()
                    + "tables: {_dead: {}, 1st: {}, a-b: {}, Orders: {}, orders: {}}\n"))
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).contains("tables: '_dead' is not a table name"),
            line -> assertThat(line).contains("tables: '1st' is not a table name"),
            line -> assertThat(line).contains("tables: 'a-b' is not a table name"),
            line -> assertThat(line).contains("'Orders' and 'orders' differ only in"));
  }

  @Test
  void tablesMayBeLeftOutAndEntriesMayBeEmpty() {
    String minimal = PipelineText.minimal().text();
    assertThat(read(minimal).tables()).isEmpty();
    assertThat(read(minimal + "tables:\n").tables()).isEmpty();
    assertThat(read(minimal + "tables:\n  users:\n  orders: {}\n").tables().keySet())
        .as("in the order of the file")
        .containsExactly("users", "orders");
  }

  @Test
  void oneSourceTableFeedsOneTable() {
    assertThat(
            problems(
                PipelineText.minimal()
                    .with("tables.a.source", "public.orders")
                    .with("tables.b.source", "public.orders")
                    .text()))
        .singleElement()
        .asString()
        .contains("tables.b.source: 'public.orders' already feeds a");
  }

  @ParameterizedTest
  @CsvSource({"orders", "a.b.c.d", "public.", "'public. orders'"})
  void aSourceTableHasTwoOrThreeParts(String source) {
    assertThat(problems(PipelineText.minimal().with("tables.a.source", "'" + source + "'").text()))
        .singleElement()
        .asString()
        .contains("is not a source table (write schema.table or db.schema.table, with");
  }

  @Test
  void columnTypesAreCheckedWithTheirPlace() {
    assertThat(
            problems(
                PipelineText.minimal().text()
                    + "tables:\n  a:\n    columns:\n      x: bigint\n      y: decimall(3)\n"))
        .singleElement()
        .asString()
        .startsWith("15:10: tables.a.columns.y: 'decimall(3)' is not accepted: ");
  }

  @Test
  void aColumnIsListedOnce() {
    assertThat(problems(PipelineText.minimal().with("tables.a.key", "[id, ID]").text()))
        .containsExactly("9:15: tables.a.key: a value is listed twice (remove one of the two)");
    assertThat(problems(PipelineText.minimal().with("tables.a.key", "'a, b'").text()))
        .containsExactly(
            "9:10: tables.a.key: 'a, b' is not a column name (write several columns as a list:"
                + " [a, b])");
  }

  @Test
  void kafkaPropertiesThatTheReaderSetsItselfAreRefused() {
    assertThat(
            problems(
                PipelineText.minimal()
                    .with(
                        "source.kafka",
                        "{bootstrap.servers: a, kafka.client.id: b, auto.offset.reset: c, sasl: {d: e}}")
                    .text()))
        .satisfiesExactly(
            line -> assertThat(line).contains("write source.bootstrap-servers"),
            line -> assertThat(line).contains("write it without: client.id"),
            line -> assertThat(line).contains("'auto.offset.reset' is decided by Tidemark"),
            line -> assertThat(line).contains("source.kafka.sasl: must be a text, but is a map"));
  }

  private PipelineSpec read(String text) {
    return PipelineFile.read(PipelineText.write(folder, text), Map.of());
  }

  private List<String> problems(String text) {
    return PipelineText.problems(folder, text);
  }

  private static String allowed(Section<?> section) {
    return String.join(", ", section.allowedKeys());
  }
}
