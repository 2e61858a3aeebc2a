package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines that poll a database, and databases beside other sources. */
class JdbcPipelineTest {
  private static final String SOURCE =
      "pipeline: p\nlake: l\nsource: {type: jdbc, url: 'jdbc:postgresql://h/d', user: u, password: s3cret%s}\n";
  @TempDir private Path folder;

  private PipelineSpec read(String text) throws IOException {
    return PipelineFile.read(Files.writeString(folder.resolve("p.yml"), text), Map.of());
  }

  private String problems(String text) {
    return catchThrowableOfType(TidemarkException.class, () -> read(text)).getMessage();
  }

  @Test
  void polledTablesHaveTheirSettings() throws IOException {
    PipelineSpec spec =
        read(SOURCE.formatted("") + "tables: {orders: {watermark: updated_at, lag: 2h}}\n");

    assertThat(spec.source().jdbc().every()).isEqualTo(Duration.ofMinutes(15));
    assertThat(spec.source().jdbc().chunkRows()).isEqualTo(100_000);
    assertThat(spec.table("orders").poll().watermark()).contains("updated_at");
    assertThat(spec.table("orders").poll().lag().time()).isEqualTo(Duration.ofHours(2));
    assertThat(spec.requireDatabase().user()).isEqualTo("u");
    assertThat(spec.effectiveConfig() + spec + spec.source()).doesNotContain("s3cret");
  }

  @Test
  void whatPollsCannotDoIsRefused() {
    assertThat(problems(SOURCE.formatted(""))).contains("there are none");
    assertThat(
            problems(
                SOURCE.formatted(", format: debezium-avro")
                    + "tables:\n  a: {}\n  b: {watermark: w, append-only: true}\n"
                    + "database: {url: 'jdbc:postgresql://h/d', user: u}\n"))
        .contains("tables.a: there is no 'watermark'")
        .contains("tables.b.append-only: needs change events")
        .contains("source.format: is about change events")
        .contains("database: the source is a database itself");
    assertThat(
            problems(
                SOURCE.formatted("").replace("//h/d", "//u:p@h/d") + "tables: {a: {watermark: w}}"))
        .contains("holds a user or a password")
        .doesNotContain("u:p@");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:tcp://h/~/shop;IFEXISTS=TRUE, ''",
    "jdbc:sqlserver://h:1433;databaseName=shop, ''",
    "jdbc:oracle:thin:@//h:1521/shop, ''",
    "jdbc:postgresql:shop, is not the address of a database",
    "jdbc:h2, is not the address of a database",
    "jdbc:sqlserver://h;databaseName=shop;Password=t0p, holds a user or a password",
    "jdbc:oracle:thin:me/t0p@h:1521:shop, holds a user or a password",
    "jdbc:other://me:t0p@h/shop, holds a user or a password",
  })
  void anyDriversAddressIsTakenWithoutSecrets(String url, String problem) throws IOException {
    String text =
        SOURCE.formatted("").replace("jdbc:postgresql://h/d", url) + "tables: {a: {watermark: w}}";
    if (problem.isEmpty()) {
      assertThat(read(text).source().jdbc().database().url()).isEqualTo(url);
    } else {
      assertThat(problems(text)).contains(problem).doesNotContain("t0p");
    }
  }

  @Test
  void pollsAreOfDatabasesOnly() {
    assertThat(
            problems(
                """
                pipeline: p
                lake: l
                source: {type: files, path: x}
                database: {url: 'jdbc:postgresql://h/d'}
                tables: {a: {watermark: w}}
                """))
        .contains("tables.a.watermark: means something only where 'source.type: jdbc' is set")
        .contains("database: needs both 'url' and 'user'");
  }
}
