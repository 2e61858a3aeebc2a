package io.tidemark.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.fixture.CheckedPipeline;
import io.tidemark.cli.fixture.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs write pages about what they judged, and do away with old ones. */
class RunPagesTest {
  private static final String AMOUNTS = "amounts: {type: completeness, column: amount}";

  @TempDir Path folder;

  @Test
  void everyRunThatJudgesHasAPage() throws IOException {
    CheckedPipeline pipeline =
        CheckedPipeline.in(
            folder, AMOUNTS, "channels: {log: {type: file, path: " + folder + "/alerts}}");
    pipeline.change(1, 1, "50");

    Console first = pipeline.run("run", "--once");

    assertThat(first.code()).as(first.err()).isZero();
    Path page = pipeline.pages().get(0);
    assertThat(first.out().lines().filter(line -> line.startsWith("report: ")))
        .containsExactly("report: " + page.toUri().toString().replace("///", "/"));
    assertThat(Files.readString(page))
        .contains("Quality of shop", "silver.orders", "1 row, about to be published")
        .doesNotContain("Not judged in this run");

    Console idle = pipeline.run("run", "--once");
    assertThat(idle.out()).as("nothing was judged").doesNotContain("report:");
    assertThat(pipeline.pages()).hasSize(1);

    Files.setLastModifiedTime(page, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
    pipeline.change(2, 2, "null");
    Console bad = pipeline.run("run", "--once", "--format", "json");
    assertThat(bad.code()).as(bad.err()).isEqualTo(3);
    List<Path> pages = pipeline.pages();
    assertThat(pages).as("the old page is gone").hasSize(1).doesNotContain(page);
    assertThat(bad.out()).contains("{\"report\":\"");
    assertThat(Files.readString(pages.get(0)))
        .contains("Rows that break them", "<code>2</code>", "Not judged in this run: gold.revenue.")
        .contains("2 measures, from 0.5 to 1, the newest 0.5");

    pipeline.change(3, 2, "500");
    assertThat(pipeline.run("ingest").out()).doesNotContain("report:");
    assertThat(pipeline.run("merge").out()).contains("report: ");
    Console gold = pipeline.run("gold");
    assertThat(gold.code()).as(gold.err()).isEqualTo(3);
    assertThat(Files.readString(pipeline.pages().get(2)))
        .contains("1 row, not published", "Not judged in this run: silver.orders.");
  }
}
