package io.tidemark.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.merge.silver.SchemaReport;
import io.tidemark.merge.silver.SchemaReport.Difference;
import io.tidemark.merge.silver.SchemaReport.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaLinesTest {
  private static final LakeField ID = new LakeField("id", new LakeType.Int64());
  private static final LakeField NOTE = new LakeField("note", new LakeType.Text());

  private static final SchemaReport REPORT =
      new SchemaReport(
          "orders",
          List.of(
              version("aaaaaaaabbbb", "2026-01-01T00:00:00Z", ID),
              version("ccccccccdddd", "2026-02-01T00:00:00Z", ID, NOTE)),
          List.of(ID),
          List.of(
              new Difference("note", "added", Optional.of("STRING"), Optional.empty(), "block")),
          Optional.of("the contract says so. set it"));

  private static Version version(String fingerprint, String seen, LakeField... columns) {
    return new Version(fingerprint, Instant.parse(seen), List.of("id"), List.of(columns));
  }

  @Test
  void showsTheNewestSchemaOlderOnesAndTheLake() {
    assertThat(new SchemaLines(REPORT).show().lines().map(String::strip))
        .containsExactly(
            "orders",
            "source, since 2026-02-01T00:00:00Z (cccccccc), key [id]",
            "id                             BIGINT",
            "note                           STRING",
            "source, since 2026-01-01T00:00:00Z (aaaaaaaa), key [id]",
            "lake",
            "id                             BIGINT");
  }

  @Test
  void tellsWhatBecomesOfADifference() {
    assertThat(new SchemaLines(REPORT).diff().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("orders: added") && line.endsWith("-> block"))
        .contains("orders: HELD: the contract says so. set it");
    assertThat(new SchemaLines(REPORT).asMap())
        .containsEntry("table", "orders")
        .containsEntry("held", "the contract says so. set it");
  }
}
