package io.tidemark.core.spec.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecksReferenceTest {
  private static final Path HOME = Path.of(System.getProperty("tidemark.home", ".."));

  @Test
  void theCommittedPageIsTheDeclaredSettings() throws IOException {
    Path page = HOME.resolve("docs/checks-reference.md");
    String declared = ChecksReference.markdown();
    if (Boolean.getBoolean("tidemark.regenerate")) {
      Files.writeString(page, declared);
    }
    assertThat(page)
        .as(
            "docs/checks-reference.md is stale; write it anew with: ./mvnw -pl core test"
                + " -Dtest=ChecksReferenceTest -Dtidemark.regenerate=true")
        .hasContent(declared);
  }

  @Test
  void theExampleOfThePageIsValid() {
    Problems problems = new Problems(Path.of("shop.yml"));
    ChecksFile file =
        ChecksFile.read(
            new FileLookup.Found(Path.of("checks.yml"), ChecksReference.EXAMPLE),
            Map.of(),
            new LakeNames(Map.of(), Map.of(), List.of(), false, Map.of()),
            problems);
    problems.throwIfAny();
    assertThat(file.spec().tables().values())
        .singleElement()
        .satisfies(table -> assertThat(table.checks()).hasSize(6));
  }

  @Test
  void everySettingIsExplainedInASentence() {
    List<Section<?>> sections =
        List.of(
            ChecksSettings.TABLES,
            ChecksSettings.RULES,
            CheckSettings.CHECKS,
            LimitSettings.ANOMALY);
    assertThat(sections)
        .flatExtracting(section -> section.settings().stream().map(Setting::help).toList())
        .allSatisfy(help -> assertThat(help).endsWith(".").hasSizeGreaterThan(15));
  }
}
