package io.tidemark.quality.report;

import static io.tidemark.quality.report.Examples.NOW;
import static io.tidemark.quality.report.Examples.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spark.SharedSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Old pages go, and nothing else does. */
@ExtendWith(SharedSpark.class)
class StoredReportsTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path folder;
  private Path pages;
  private StoredReports stored;

  @BeforeEach
  void open(SparkSession spark) {
    pages = folder.resolve("lake/_tidemark/reports");
    stored = new StoredReports(Lake.at(spark, folder.resolve("lake").toString()), "shop");
  }

  private void page(String name, String text, int days) throws IOException {
    stored.store(name, text.getBytes(StandardCharsets.UTF_8));
    old(pages.resolve(name + ".html"), days);
  }

  private static void old(Path file, int days) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(pages)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void onlyOldPagesOfThisPipelineAreDeleted() throws IOException {
    String own = HtmlReport.of(report());
    String others = own.replace("Quality of shop: ", "Quality of shop2: ");
    page("20260101-000000-aaaa", own, 59);
    page("20260101-000000-bbbb-17", own, 31);
    page("20260101-000000-cccc", others, 59);
    page("20260101-000000-dddd", "<title>Notes</title>", 59);
    page("20260101-000000-eeee", own, 29);
    page("the day it broke", own, 59);
    Files.writeString(pages.resolve("20260101-000000-aaaa.txt"), own);
    old(pages.resolve("20260101-000000-aaaa.txt"), 59);
    old(Files.createDirectories(pages.resolve("20260101-000000-ffff.html")), 59);

    stored.prune(NOW, MONTH);

    assertThat(left())
        .containsExactly(
            "20260101-000000-aaaa.txt",
            "20260101-000000-cccc.html",
            "20260101-000000-dddd.html",
            "20260101-000000-eeee.html",
            "20260101-000000-ffff.html",
            "the day it broke.html");
  }

  @Test
  void theNewestStaysHoweverOldItIs() throws IOException {
    page("20250101-000000-aaaa", HtmlReport.of(report()), 400);
    page("20250102-000000-aaaa", HtmlReport.of(report()), 399);
    page("20250103-000000-aaaa", "<title>Notes</title>", 398);

    stored.prune(NOW, MONTH);

    assertThat(left()).containsExactly("20250102-000000-aaaa.html", "20250103-000000-aaaa.html");
  }
}
