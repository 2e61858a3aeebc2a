package io.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.fixture.Console;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb on a pipeline that reads files, with no Kafka anywhere. */
class FilesPipelineTest {
  private static final Path HOME = Path.of(System.getProperty("tidemark.home"));

  @TempDir Path folder;

  private Path pipeline(String source) throws IOException {
    return Files.writeString(
        folder.resolve("shop.yml"),
        "pipeline: shop\nlake: %s\nsource: {type: files, path: '%s'}\n"
            .formatted(folder.resolve("lake"), source));
  }

  private static String line(String table, long offset, String row) {
    return ("{\"topic\":\"t\",\"partition\":0,\"offset\":%d,\"key\":{\"id\":1},\"value\":{\"op\":\"u\","
            + "\"after\":%s,\"source\":{\"connector\":\"postgresql\",\"db\":\"shop\",\"schema\":\"public\","
            + "\"table\":\"%s\",\"lsn\":%d,\"ts_ms\":1767225600000}}}\n")
        .formatted(offset, row, table, offset);
  }

  @Test
  void checkSaysWhatIsWrongWithPathAndFiles() throws IOException {
    Path events = Files.createDirectories(folder.resolve("events"));
    Path file = pipeline(events.toString());
    assertThat(Console.run("check", "--pipeline", file.toString()).out())
        .contains("warning  files " + events + ": there is no file yet");
    Files.writeString(events.resolve("1.ndjson"), line("orders", 1, "{\"id\":1}") + "junk\n");

    Console check = Console.run("check", "--pipeline", file.toString());

    assertThat(check.out())
        .contains("ok       files " + events + ": 1 file, ")
        .contains("warning  topic t: its records have no schema block")
        .contains("1.ndjson, line 2: the line is no JSON")
        .contains(": writable")
        .doesNotContain("source.connect-url");
    assertThat(check.code()).isEqualTo(2);
    Console away = Console.run("check", "--pipeline", pipeline(folder + "/nowhere").toString());
    assertThat(away.out()).contains("there is no such file or folder");
    assertThat(away.code()).isEqualTo(4);
  }

  @Test
  void verbsAboutConnectorsSayThatThereAreNone() throws IOException {
    String file = pipeline("/events").toString();
    for (String[] verb :
        List.of(
            new String[] {"connector", "list", "--pipeline", file},
            new String[] {"snapshot", "--table", "orders", "--pipeline", file})) {
      Console refused = Console.run(verb);
      assertThat(refused.err()).contains("its source.type is files, which no connector feeds");
      assertThat(refused.code()).isEqualTo(2);
    }
  }

  @Test
  void theExampleReplaysADump() {
    Map<String, String> environment =
        Map.of(
            "TIDEMARK_LAKE", folder.resolve("lake").toString(),
            "EVENTS", HOME.resolve("conf/samples/shop").toString());
    String example = HOME.resolve("conf/pipelines/replay.yml").toString();

    Console run = Console.run(environment, "run", "--once", "--pipeline", example);

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    assertThat(rows("orders")).containsExactly("1|paid|10.50", "3|open|30.50", "4|open|99.99");
    assertThat(rows("users")).containsExactly("1|Ada", "2|Grace Hopper");
    Console status = Console.run(environment, "status", "--format", "json", "--pipeline", example);
    assertThat(status.out())
        .contains("{\"table\":\"silver.orders\",\"rows\":3,")
        .contains("{\"table\":\"(files)\",\"rows\":2,\"freshness_seconds\":null,\"lag\":0,");
    assertThat(status.err()).doesNotContain("unknown");
  }

  /** Twice the same record in a batch, also one that goes to quarantine; named like keywords. */
  @Test
  void recordsThatComeTwiceInABatchCountAsTheyShould() throws IOException {
    Path events = Files.createDirectories(folder.resolve("events"));
    String unresolved = line("select", 2, "{\"id\":1,\"a\":\"__debezium_unavailable_value\"}");
    String order = line("order", 1, "{\"id\":1,\"group\":\"x\"}");
    Files.writeString(events.resolve("1.ndjson"), order + order + unresolved + unresolved);
    Path file = pipeline(events.toString());

    Console run = Console.run("run", "--once", "--pipeline", file.toString());

    assertThat(run.code()).as("half of all rows are quarantined: " + run.err()).isEqualTo(6);
    assertThat(rows("order")).containsExactly("1|x");
    Lake lake = Lake.at(SharedSpark.session(), folder.resolve("lake").toString());
    assertThat(lake.bronze("order").read().count()).isEqualTo(2);
    assertThat(lake.quarantine("select").read().count()).isEqualTo(1);
    Row merged =
        lake.runs()
            .read()
            .filter("step = 'merge' and table = 'select'")
            .selectExpr("rows_read", "rows_folded", "rows_quarantined")
            .head();
    assertThat(merged.mkString(" ")).isEqualTo("2 1 1");
  }

  private List<String> rows(String table) {
    return Lake.at(SharedSpark.session(), folder.resolve("lake").toString())
        .silver(table)
        .read()
        .drop("_position", "_source_ts", "_applied_at")
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }
}
