package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelineReferenceTest {
  private static final Path HOME = Path.of(System.getProperty("tidemark.home", ".."));

  @Test
  void theCommittedPageIsTheDeclaredSettings() throws IOException {
    Path page = HOME.resolve("docs/pipeline-reference.md");
    String declared = PipelineReference.markdown();
    if (Boolean.getBoolean("tidemark.regenerate")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, declared);
    }
    assertThat(page)
        .as(
            "docs/pipeline-reference.md is stale; write it anew with: ./mvnw -pl core test"
                + " -Dtest=PipelineReferenceTest -Dtidemark.regenerate=true")
        .hasContent(declared);
  }

  @Test
  void everyKeyStandsOnThePageWithItsDefault() {
    assertThat(PipelineReference.markdown())
        .contains("## `tables.<name>`")
        .contains("| `pipeline` | a name of small letters")
        .contains("| `topics` |", "| **required** | For `type: debezium`. The topics to read;")
        .contains(
            "| `retry-timeout` | a whole number with a unit: 500ms, 10s, 5m, 2h or 7d | `5m` |")
        .contains(
            "| `connect-url` | an address such as http://connect:8083 | none | For `type: debezium`.");
  }
}
