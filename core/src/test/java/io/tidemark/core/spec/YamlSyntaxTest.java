package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read, and YAML that is wrong or unusual. */
class YamlSyntaxTest {
  @TempDir Path folder;

  @Test
  void aMissingFileIsReportedWithTheFilesThatAreThere() {
    PipelineText.minimal().in(folder);
    TidemarkException error = failure(folder.resolve("shopp.yml"));
    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessage("Cannot read pipeline file " + folder.resolve("shopp.yml") + ": no such file");
    assertThat(error.remedy())
        .isEqualTo(
            "Correct the path; looked at "
                + folder.resolve("shopp.yml")
                + " (there are: shop.yml).");
  }

  @Test
  void aFolderIsReportedWithTheFilesInIt() {
    PipelineText.minimal().in(folder);
    TidemarkException error = failure(folder);
    assertThat(error).hasMessage("Cannot read pipeline file " + folder + ": it is a folder");
    assertThat(error.remedy()).isEqualTo("Name one file in it (there are: shop.yml).");
  }

  @Test
  void textThatIsNotUtf8IsReportedWithItsLine() throws IOException {
    byte[] latin1 = "pipeline: shop\nlake: /lücke\n".getBytes(StandardCharsets.ISO_8859_1);
    TidemarkException error = failure(Files.write(folder.resolve("shop.yml"), latin1));
    assertThat(error).hasMessageEndingWith("shop.yml: line 2 is not UTF-8 text");
    assertThat(error.remedy()).isEqualTo("Save the file with the encoding UTF-8.");
  }

  @Test
  void emptyFilesAreReportedOnce() {
    for (String text : new String[] {"", "\n\n", "# only a comment\n", "---\n", "null\n"}) {
      assertThat(failure(text))
          .as(text)
          .hasMessageContaining("1 problem\n")
          .hasMessageContaining("1: the file is empty (start with 'pipeline: name'");
    }
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() {
    String text = "\uFEFF" + PipelineText.minimal().text().replace("\n", "\r\n");
    assertThat(read(text).name()).isEqualTo("shop");
  }

  @Test
  void wrongSyntaxIsReportedWithTheParsersWordsAndPlace() {
    assertThat(failure("pipeline: shop\nlake: a: b\n"))
        .hasMessageContaining(
            "shop.yml:2:8: not valid YAML: mapping values are not allowed here (indent with"
                + " spaces, write 'key: value'");
    assertThat(failure("pipeline: shop\nsource:\n\ttype: debezium\n"))
        .hasMessageContaining("shop.yml:3:1: not valid YAML: found character '\\t(TAB)'")
        .hasMessageContaining("(indent with spaces, not with tabs)");
    assertThat(failure("source: {lake: ${LAKE}}\n"))
        .hasMessageContaining("shop.yml:1:")
        .hasMessageContaining("put a value with ${...} between quotes");
    assertThat(failure("source:\n  topics: *\n"))
        .hasMessageContaining("shop.yml:2:")
        .hasMessageContaining("put a value that starts with * or & between quotes");
    assertThat(failure("a: 1\nb: \u0007\n"))
        .hasMessageContaining("shop.yml:2:4: not valid YAML: the character U+0007 is not allowed");
  }

  @Test
  void wrongSyntaxDoesNotRepeatTheLineWhichMayHoldAPassword() {
    assertThat(failure("a:\n  password: *hunter2\n"))
        .hasMessageContaining("shop.yml:2:13: not valid YAML: found an alias")
        .hasMessageNotContaining("hunter2");
    assertThat(failure("a:\n  password: x hunter2: y: z\n")).hasMessageNotContaining("hunter2");
    assertThat(failure("a:\n  password: 'hunter2\n")).hasMessageNotContaining("hunter2");
    assertThat(failure("a:\n  password: !hunter2 x\n"))
        .hasMessageContaining("a.password: a YAML tag ('!...') is not supported")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void duplicateKeysAreErrorsAtAnyDepth() {
    assertThat(
            failure(
                """
                pipeline: shop
                lake: /lake
                pipeline: shop
                source: {type: debezium, bootstrap-servers: 'a:1', topics: a, topics: b}
                tables:
                  orders: {}
                  orders: {}
                """))
        .hasMessageContaining("3 problems")
        .hasMessageContaining(":3:1: duplicate key 'pipeline', first given in line 1 (remove one")
        .hasMessageContaining(":4:63: duplicate key 'source.topics', first given in line 4")
        .hasMessageContaining(":7:3: duplicate key 'tables.orders', first given in line 6");
  }

  @Test
  void aliasesStandForTheAnchoredValue() {
    PipelineSpec spec =
        read(
            PipelineText.minimal().text()
                + """
                tables:
                  orders: &keyed {key: [id]}
                  users: *keyed
                """);
    assertThat(spec.tables().get("users").key()).containsExactly("id");
  }

  @Test
  void aliasesThatContainThemselvesOrGrowWithoutEndAreHarmless() {
    assertThat(failure("tables: &a\n  orders: *a\n"))
        .hasMessageContaining("tables.orders: contains itself (remove the alias '*...')");
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(failure(laughs + "source: {kafka: *a59, topics: *a59}\nlake: *a59\n"))
        .hasMessageContaining("unknown key 'a59'")
        .hasMessageContaining("source.kafka: must be a map, but is a list");
  }

  @Test
  void oneAliasMayServeManyTables() {
    StringBuilder text = new StringBuilder(PipelineText.minimal().text());
    text.append("tables:\n  t0: &t {key: [id]}\n");
    IntStream.range(1, 200).forEach(i -> text.append("  t" + i + ": *t\n"));
    assertThat(read(text.toString()).tables().values())
        .hasSize(200)
        .allSatisfy(table -> assertThat(table.key()).containsExactly("id"));
  }

  @Test
  void everyProblemStaysOnItsLine() {
    assertThat(
            failure(PipelineText.minimal().with("pipeline", "\"a\\nb\\tc\"").text())
                .getMessage()
                .lines())
        .hasSize(2)
        .last()
        .asString()
        .contains(":1:11: pipeline: 'a b c' is not a pipeline name");
  }

  @Test
  void mergeKeysSecondDocumentsAndOddKeysAreRefused() {
    assertThat(failure(PipelineText.minimal().text() + "<<: {trigger: 1s}\n"))
        .hasMessageContaining("unknown key '<<' (merge keys are not supported");
    assertThat(failure(PipelineText.minimal().text() + "---\npipeline: two\n"))
        .hasMessageContaining("a second YAML document (keep one document per file");
    assertThat(failure(PipelineText.minimal().text() + "? [a]\n: b\n"))
        .hasMessageContaining("a key that is a list or a map");
  }

  @Test
  void wordsThatYamlTakesForFlagsOrNumbersStayText() {
    PipelineSpec spec =
        read(PipelineText.minimal().with("source.kafka", "{a: true, b: 010, c: 1e3}").text());
    assertThat(spec.source().kafka().properties())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "true", "b", "010", "c", "1e3"));
  }

  @Test
  void recordsAreImmutable() {
    PipelineSpec spec = PipelineFile.read(PipelineText.minimal().in(folder), Map.of());
    assertThatThrownBy(() -> spec.gold().clear()).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> spec.source().kafka().properties().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private PipelineSpec read(String text) {
    return PipelineFile.read(PipelineText.write(folder, text), Map.of());
  }

  private TidemarkException failure(String text) {
    return failure(PipelineText.write(folder, text));
  }

  private static TidemarkException failure(Path file) {
    return PipelineText.failure(file);
  }
}
