package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pipeline file points to: queries, lakes, brokers. */
class NamedPlacesTest {
  @TempDir Path folder;

  @Test
  void aMissingSqlFileIsReportedWithEveryPlaceLookedAt() throws IOException {
    Path below = Files.createDirectories(folder.resolve("conf/pipelines"));
    Path file = PipelineText.minimal().with("gold.revenue.sql", "conf/gold/none.sql").in(below);
    TidemarkException error = PipelineText.failure(file);
    assertThat(error.getMessage())
        .contains("gold.revenue.sql: 'conf/gold/none.sql' cannot be read: no such file, looked at ")
        .contains(Path.of("conf/gold/none.sql").toAbsolutePath().toString())
        .contains(below.resolve("conf/gold/none.sql").toString())
        .contains(folder.resolve("conf/gold/none.sql").toString())
        .contains("(create it, or correct the path)");
  }

  @Test
  void sqlIsFoundInAFolderAboveThePipelineFile() throws IOException {
    Path below = Files.createDirectories(folder.resolve("conf/pipelines"));
    Files.createDirectories(folder.resolve("conf/gold"));
    Path sql = Files.writeString(folder.resolve("conf/gold/x.sql"), "SELECT 'ü'");
    GoldSpec gold =
        PipelineFile.read(
                PipelineText.minimal().with("gold.revenue.sql", "conf/gold/x.sql").in(below),
                Map.of())
            .gold()
            .get("revenue");
    assertThat(gold.sql()).isEqualTo(sql);
    assertThat(gold.sqlText()).isEqualTo("SELECT 'ü'");
  }

  @Test
  void sqlIsTakenFromTheCurrentDirectoryFirst() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "not this one");
    String text = PipelineText.minimal().with("gold.revenue.sql", "pom.xml").text();
    assertThat(read(text).gold().get("revenue").sql())
        .isEqualTo(Path.of("pom.xml").toAbsolutePath());
  }

  @Test
  void sqlMustBeATextFileWithContent() throws IOException {
    Files.writeString(folder.resolve("empty.sql"), " \n");
    Files.write(folder.resolve("latin1.sql"), "SELECT 'ü'".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(PipelineText.minimal().with("gold.revenue.sql", "empty.sql").text()))
        .singleElement()
        .asString()
        .contains("'empty.sql' is an empty file (write the query into ");
    assertThat(problems(PipelineText.minimal().with("gold.revenue.sql", "latin1.sql").text()))
        .singleElement()
        .asString()
        .contains("latin1.sql is not UTF-8 text (save it as UTF-8)");
    assertThat(problems(PipelineText.minimal().with("gold.revenue.sql", folder.toString()).text()))
        .singleElement()
        .asString()
        .contains("is not a file (name a file, not a folder)");
  }

  @ParameterizedTest
  @CsvSource({
    "./lake, ./lake",
    "/lake/, /lake",
    "/, /",
    "s3a://bucket//, s3a://bucket",
    "file:///tmp/x/, file:///tmp/x",
    "C:/lake, C:/lake",
  })
  void lakesAreFoldersOrUris(String written, String lake) {
    assertThat(read(PipelineText.minimal().with("lake", written).text()).lake()).isEqualTo(lake);
  }

  @ParameterizedTest
  @CsvSource({
    "~/lake, 'starts with ~, which is not expanded (write ${HOME} instead of ~)'",
    "s3a:///lake, 'names no bucket (write s3a://bucket/lake)'",
    "s3a://b u/x, 'is not a URI: Illegal character in authority'",
    "'\" \"', 'is blank or has blanks around it'",
  })
  void lakesThatCannotWorkAreRefused(String written, String problem) {
    assertThat(problems(PipelineText.minimal().with("lake", written).text()))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "a:1:2, is not host:port",
    "a:0, has port 0",
    "a:65536, has port 65536",
    "'a:1,', is not host:port in part 2",
    "'a:1,b', is not host:port in part 2",
    "http://a:1, is not host:port",
  })
  void bootstrapServersAreHostsWithPorts(String written, String problem) {
    assertThat(
            problems(
                PipelineText.minimal()
                    .with("source.bootstrap-servers", "'" + written + "'")
                    .text()))
        .singleElement()
        .asString()
        .contains(problem);
  }

  private PipelineSpec read(String text) {
    return PipelineFile.read(PipelineText.write(folder, text), Map.of());
  }

  private List<String> problems(String text) {
    return PipelineText.problems(folder, text);
  }
}
