package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.yaml.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets reach the program, and nothing that is printed. */
class RedactionTest {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  @BeforeEach
  void secretFile() throws IOException {
    Files.writeString(folder.resolve("secret"), SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.key.password",
        "sasl.jaas.config",
        "sasl.oauthbearer.client.secret",
        "my.TOKEN",
        "aws.credentials",
        "schema.registry.api.key",
        "api-key",
        "ssl.keystore.key",
        "basic.auth.user.info"
      })
  void propertiesNamedLikeASecretAreRedacted(String property) {
    PipelineSpec spec =
        read(PipelineText.minimal().with("source.kafka", "{" + property + ": hunter2, a: b}"));
    assertThat(spec.source().kafka().properties()).containsEntry(property, SECRET);
    assertThat(spec.effectiveConfig()).contains("kafka: {" + property + ": [REDACTED], a: b}");
    assertNothingLeaks(spec);
  }

  @Test
  void valuesFromFilesAreRedactedWhereverTheyStand() {
    PipelineSpec spec =
        read(
            PipelineText.minimal()
                .with("pipeline", "${file:secret}")
                .with("lake", "/x/${file:secret}")
                .with("source.topics", "[a, '${file:secret}']")
                .with("source.unavailable-value", "${file:secret}")
                .with("source.connect-url", "http://${file:secret}:8083")
                .with("source.kafka", "{client.id: '${file:secret}', rack: r1}")
                .with("tables.orders.key", "['${file:secret}']")
                .with("tables.orders.source", "public.${file:secret}")
                .with("gold.revenue.key", "['${file:secret}']"));
    assertThat(spec.lake()).isEqualTo("/x/hunter2");
    assertThat(spec.source().kafka().properties()).containsEntry("client.id", SECRET);
    assertThat(spec.effectiveConfig())
        .contains("lake: [REDACTED]")
        .contains("kafka: {client.id: [REDACTED], rack: r1}");
    assertNothingLeaks(spec);
  }

  @Test
  void variablesNamedLikeASecretAreRedacted() {
    PipelineSpec spec =
        PipelineFile.read(
            PipelineText.minimal().with("source.kafka", "{a: '${KAFKA_PASSWORD}'}").in(folder),
            Map.of("KAFKA_PASSWORD", SECRET));
    assertThat(spec.source().kafka().properties()).containsEntry("a", SECRET);
    assertNothingLeaks(spec);
  }

  @Test
  void userAndPasswordOfAnAddressAreRedacted() {
    PipelineSpec spec =
        read(PipelineText.minimal().with("source.connect-url", "http://ada:hunter2@connect:8083"));
    assertThat(spec.effectiveConfig()).contains("http://[REDACTED]@connect:8083");
    assertNothingLeaks(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipeline: ${file:secret}!",
        "lake: s3://${file:secret}",
        "lake: s3://ada:hunter2@bucket",
        "lake: s3a://ada:hun/ter hunter2@bucket",
        "trigger: ${file:secret}",
        "max-bad-share: ${PASSWORD}",
        "parallel-tables: ${PASSWORD:1}",
        "source.connect-url: htp://ada:hunter2@x",
        "source.connect-url: 'http://ada:hunter2@x y'",
        "source.bootstrap-servers: a:1,${file:secret}",
        "source.type: ${file:secret}",
        "source.topics: ['${file:secret}!']",
        "source.kafka: hunter2",
        "source.kafka: {sasl.jaas.config: [hunter2]}",
        "source.kafka: {sasl.jaas.config: '${NONE} hunter2'}",
        "source.kafka: {sasl.jaas.config: '${hunter2 !}'}",
        "source.password: hunter2",
        "tables.orders.columns: {a: '${file:secret}'}",
        "tables.orders.source: ${file:secret}",
        "gold.revenue.sql: ${file:secret}",
      })
  void errorsDoNotLeak(String line) {
    int colon = line.indexOf(": ");
    Path file =
        PipelineText.minimal().with(line.substring(0, colon), line.substring(colon + 2)).in(folder);
    Throwable error = catchThrowable(() -> PipelineFile.read(file, Map.of("PASSWORD", SECRET)));
    assertThat(error).isInstanceOf(TidemarkException.class).hasMessageContaining("1 problem");
    assertThat(error.toString() + ((TidemarkException) error).remedy()).doesNotContain(SECRET);
    assertThat(error).hasNoCause();
  }

  @Test
  void aSecretsProblemStillNamesKeyAndRemedy() {
    Path file = PipelineText.minimal().with("trigger", "${file:secret}").in(folder);
    assertThat(catchThrowable(() -> PipelineFile.read(file, Map.of())))
        .hasMessageContaining(
            "trigger: [REDACTED] is not a valid duration (write a whole number with a unit: ");
  }

  @Test
  void tablesAndColumnsNamedLikeSecretsAreNoSecrets() {
    PipelineSpec spec =
        read(PipelineText.minimal().with("tables.tokens.columns", "{password_hash: string}"));
    assertThat(spec.effectiveConfig()).contains("columns: {password_hash: string}");
    assertThat(Secrets.isSecretName("key")).isFalse();
  }

  private PipelineSpec read(PipelineText text) {
    return PipelineFile.read(text.in(folder), Map.of());
  }

  private static void assertNothingLeaks(PipelineSpec spec) {
    List<Object> records =
        List.of(spec, spec.source(), spec.tables(), spec.gold(), spec.effectiveConfig());
    assertThat(records).allSatisfy(one -> assertThat(one.toString()).doesNotContain(SECRET));
  }
}
