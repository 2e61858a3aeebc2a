package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check makes of lakes, without Spark. */
class LakeCheckTest {
  private static final Optional<String> KAFKA = Optional.of("Kafka cluster abc");

  @TempDir Path folder;
  private Path lake;

  @BeforeEach
  void nameTheLake() {
    lake = folder.resolve("not/yet/there");
  }

  @Test
  void aNewLakeIsWritableAndStaysAsItWas() {
    assertThat(LakeCheck.run(spec(lake.toString()), KAFKA))
        .extracting(finding -> finding.severity() + " " + finding.what())
        .containsExactly("OK writable", "OK pipeline 'shop' has not written to it yet");
    assertThat(folder.resolve("not")).doesNotExist();
  }

  @Test
  void anExistingLakeKeepsWhatIsInIt() throws IOException {
    claim("{\"format\":1,\"pipelines\":{\"shop\":\"Kafka cluster abc\",\"bank\":\"other\"}}");

    assertThat(LakeCheck.run(spec(lake.toString()), KAFKA))
        .extracting(Finding::what)
        .containsExactly("writable", "pipeline 'shop' feeds it from Kafka cluster abc");
    try (var files = Files.walk(lake)) {
      assertThat(files.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .containsExactly("lake.json");
    }
  }

  @Test
  void aLakeThatAnotherClusterFedIsAnError() throws IOException {
    claim("{\"format\":1,\"pipelines\":{\"shop\":\"Kafka cluster xyz\"}}");

    Finding finding = LakeCheck.run(spec(lake.toString()), KAFKA).get(1);

    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(finding.what()).contains("Kafka cluster xyz").contains("Kafka cluster abc");
    assertThat(LakeCheck.run(spec(lake.toString()), Optional.empty()))
        .as("without Kafka's answer there is nothing to compare with")
        .allMatch(f -> f.severity() == Severity.OK);
  }

  @Test
  void aNewerLakeIsAnError() throws IOException {
    claim("{\"format\":99}");

    Finding finding = LakeCheck.run(spec(lake.toString()), KAFKA).get(1);

    assertThat(finding.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(finding.what()).contains("its format is 99");
  }

  @Test
  void aBrokenClaimIsAnError() throws IOException {
    claim("{\"format\":");

    assertThat(LakeCheck.run(spec(lake.toString()), KAFKA).get(1).severity())
        .isEqualTo(Severity.ERROR);
  }

  @Test
  void aFileInTheLakesPlaceCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    List<Finding> findings = LakeCheck.run(spec(file.resolve("lake").toString()), KAFKA);

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
              assertThat(finding.what()).contains("Cannot reach the lake at " + file);
              assertThat(finding.remedy()).contains("'lake'");
            });
    assertThat(file).hasContent("in the way");
  }

  @Test
  void anUnknownFileSystemNamesTheMissingLibrary() {
    Finding finding = LakeCheck.run(spec("nosuch://user:hidden@bucket/lake"), KAFKA).get(0);

    assertThat(finding.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(finding.what()).contains("nosuch");
    assertThat(finding.remedy()).contains("class path");
    assertThat(finding.where()).isEqualTo("lake nosuch://[REDACTED]@bucket/lake");
  }

  private void claim(String text) throws IOException {
    Path own = Files.createDirectories(lake.resolve("_tidemark"));
    Files.writeString(own.resolve("lake.json"), text);
  }

  private PipelineSpec spec(String location) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("shop.yml"),
              """
              pipeline: shop
              lake: %s
              source: {type: debezium, bootstrap-servers: "localhost:9092", topics: shop.*}
              """
                  .formatted(location));
      return PipelineFile.read(file, Map.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
