package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 16: what a pipeline file may say about masks, and that it keeps its secrets. */
class MaskSettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static PipelineText masked(String mask) {
    return PipelineText.minimal()
        .with("masking.keys", "{k1: " + SECRET + "}")
        .with("tables.users.mask", mask);
  }

  @Test
  void rule16MaskWithoutAnyKeyIsAConfigurationError() {
    String text = PipelineText.minimal().with("tables.users.mask", "{email: last(4)}").text();
    assertThat(PipelineText.problems(folder, text))
        .singleElement()
        .asString()
        .contains("tables.users.mask.email: there is no masking key")
        .contains("masking: {keys:");
  }

  @Test
  void rule16UnknownKeyIsAConfigurationErrorThatNamesThoseThereAre() {
    assertThat(PipelineText.problems(folder, masked("{email: hash(k9)}").text()))
        .singleElement()
        .asString()
        .contains("'hash(k9)' names a masking key that is not there (masking.keys has: k1)");
  }

  @Test
  void rule16KeyColumnsTakeOnlyMasksThatKeepRowsApart() {
    String text = masked("{Email: last(4)}").with("tables.users.key", "[email]").text();
    assertThat(PipelineText.problems(folder, text))
        .singleElement()
        .asString()
        .contains("'last(4)' would make different rows one")
        .contains("write hash or token(<key>)");
  }

  @Test
  void oneColumnInTwoSpellingsIsRefused() {
    assertThat(PipelineText.problems(folder, masked("{email: hash, EMAIL: year}").text()))
        .singleElement()
        .asString()
        .contains("'email' and 'EMAIL' differ only in upper and lower case");
  }

  @Test
  void aMaskHoldsForItsColumnHoweverItIsSpelled() {
    String text =
        masked("{Email: hash, phone: year}").with("tables.users.rename", "{EMAIL: mail}").text();
    TableSpec users = PipelineFile.read(PipelineText.write(folder, text), Map.of()).table("users");

    assertThat(users.isMasked("email")).isTrue();
    assertThat(users.isMasked("mail")).isFalse();
    assertThat(users.lakeMasks()).containsOnlyKeys("mail", "phone").containsKey("MAIL");
    assertThat(users.maskedNames()).contains("email", "Mail", "PHONE").hasSize(3);
  }

  @Test
  void aShortSecretIsRefusedAndNotPrinted() {
    String text = masked("{email: hash}").with("masking.keys", "{k1: tooshort}").text();
    assertThat(PipelineText.problems(folder, text))
        .singleElement()
        .asString()
        .contains("at least 32 characters")
        .doesNotContain("tooshort");
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    Files.writeString(folder.resolve("k1.key"), SECRET + "\n");
    String text = masked("{email: hash}").with("masking.keys", "{k1: \"${file:k1.key}\"}").text();
    PipelineSpec spec = PipelineFile.read(PipelineText.write(folder, text), Map.of());
    assertThat(spec.masking().keys()).containsExactly(Map.entry("k1", SECRET));
    assertThat(spec.effectiveConfig() + spec + spec.masking()).doesNotContain(SECRET);
  }
}
