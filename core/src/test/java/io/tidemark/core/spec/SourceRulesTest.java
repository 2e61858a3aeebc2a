package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one setting of the source asks of another. */
class SourceRulesTest {
  @TempDir private Path folder;

  @Test
  void avroNeedsARegistry() {
    assertThat(problems(PipelineText.minimal().with("source.format", "debezium-avro")))
        .singleElement()
        .asString()
        .contains("'source.registry' is missing for the format debezium-avro");
  }

  @Test
  void jsonHasNoRegistry() {
    assertThat(problems(PipelineText.minimal().with("source.registry", "http://registry:8081")))
        .singleElement()
        .asString()
        .contains("the format debezium-json has no registry");
  }

  @Test
  void anUnknownFormatIsTheOnlyProblem() {
    assertThat(problems(PipelineText.minimal().with("source.format", "avro")))
        .singleElement()
        .asString()
        .contains("source.format: 'avro' is not known");
  }

  @Test
  void thePasswordOfTheRegistryIsNotPrinted() {
    PipelineSpec spec =
        PipelineFile.read(
            PipelineText.minimal()
                .with("source.format", "debezium-avro")
                .with("source.registry", "http://tide:hunter2@registry:8081")
                .in(folder),
            java.util.Map.of());

    assertThat(spec.effectiveConfig()).contains("registry:8081").doesNotContain("hunter2");
    assertThat(spec.source().toString()).doesNotContain("hunter2");
  }

  @Test
  void anOutboxHasNeitherKeyNorSourceTable() {
    assertThat(
            problems(
                PipelineText.minimal()
                    .with("tables.events.outbox", "outbox.event.order")
                    .with("tables.events.key", "id")
                    .with("tables.events.source", "public.outbox")))
        .hasSize(2)
        .allMatch(problem -> problem.contains("a table of outbox events has none"));
  }

  private List<String> problems(PipelineText text) {
    return PipelineText.problems(folder, text.text());
  }
}
