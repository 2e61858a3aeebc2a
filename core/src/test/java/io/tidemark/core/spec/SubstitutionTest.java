package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/home/ada", "EMPTY", "", "TRICKY", "${HOME}$1\\x: [", "N", "7");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "${HOME}, /home/ada",
    "${HOME}/lake, /home/ada/lake",
    "${HOME}${N}-${N}, /home/ada7-7",
    "${NONE:./lake}, ./lake",
    "${NONE:http://a:80}, http://a:80",
    "${EMPTY:x}, x",
    "${HOME:x}, /home/ada",
    "$${HOME}, ${HOME}",
    "$HOME, $HOME",
    "${TRICKY}, '${HOME}$1\\x: ['",
  })
  void variablesAreReplacedInAnyText(String written, String value) {
    assertThat(kafkaValue("'" + written + "'")).isEqualTo(value);
  }

  @Test
  void aDefaultMayBeEmpty() {
    assertThat(kafkaValue("${NONE:}")).isEmpty();
  }

  @Test
  void typedValuesAndListItemsAreReplacedBeforeTheyAreParsed() {
    PipelineSpec spec =
        PipelineFile.read(
            PipelineText.minimal()
                .with("parallel-tables", "${N}")
                .with("source.topics", "['t${N}', \"${NONE:u}\"]")
                .in(folder),
            ENVIRONMENT);
    assertThat(spec.parallelTables()).isEqualTo(7);
    assertThat(spec.source().kafka().topics()).containsExactly("t7", "u");
  }

  @ParameterizedTest
  @CsvSource({
    "${NONE}, 'the environment variable NONE is not set (run export NONE=..., or write a default: ${NONE:value})'",
    "${EMPTY}, the environment variable EMPTY is empty (run export EMPTY=...",
    "${NONE, '''${'' is not closed (end it with ''}'', or write ''$${'' for a plain ''${'')'",
    "${}, '''${...}'' holds no variable name'",
    "${a b}, '''${...}'' holds no variable name'",
    "${A:${B}}, '''${'' within another ''${...}'' (substitutions do not nest)'",
    "${file:/none/such}, '${file:/none/such}: no such file, looked at /none/such (create it'",
  })
  void whatCannotBeReplacedIsReportedWithKeyAndLine(String written, String problem) {
    Path file = PipelineText.minimal().with("lake", "\"" + written + "\"").in(folder);
    assertThatThrownBy(() -> PipelineFile.read(file, ENVIRONMENT))
        .hasMessageContaining("1 problem\n")
        .hasMessageContaining("shop.yml:2:7: lake: " + problem);
  }

  @Test
  void everyMissingVariableOfOneValueIsReported() {
    Path file = PipelineText.minimal().with("lake", "${A}/${B}").in(folder);
    assertThatThrownBy(() -> PipelineFile.read(file, Map.of()))
        .hasMessageContaining("lake: the environment variable A is not set")
        .hasMessageContaining("lake: the environment variable B is not set");
  }

  @Test
  void anInvalidValueIsShownWithTheTextItCameFrom() {
    Path file = PipelineText.minimal().with("parallel-tables", "${HOME}").in(folder);
    assertThatThrownBy(() -> PipelineFile.read(file, ENVIRONMENT))
        .hasMessageContaining(
            "parallel-tables: '/home/ada' (from '${HOME}') is not a whole number");
  }

  @Test
  void filesAreReadWithoutTheBlanksAroundThem() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "\n hunter 2 \n\n");
    assertThat(kafkaValue("${file:" + secret + "}")).isEqualTo("hunter 2");
    assertThat(kafkaValue("a ${file:secret} b")).as("beside the file").isEqualTo("a hunter 2 b");
  }

  private String kafkaValue(String yaml) {
    Path written = PipelineText.minimal().with("source.kafka", "\n      x: " + yaml).in(folder);
    return PipelineFile.read(written, ENVIRONMENT).source().kafka().properties().get("x");
  }
}
