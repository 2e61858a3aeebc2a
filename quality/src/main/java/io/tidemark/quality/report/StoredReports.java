package io.tidemark.quality.report;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of a pipeline in its lake's folder of reports.
 *
 * <p>People put files of their own where reports are, and several pipelines may share a lake. So a
 * page is only what is named like one and also begins like one of this pipeline; all else is left
 * alone.
 */
final class StoredReports {
  private static final Logger LOG = LoggerFactory.getLogger(StoredReports.class);
  private static final String EXTENSION = ".html";

  /** A run, and of one that goes on the number of the page. */
  private static final Pattern NAME =
      Pattern.compile(RunIds.FORM.pattern() + "(-\\d+)?" + Pattern.quote(EXTENSION));

  /** The title stands before the stylesheet. */
  private static final int BEGINNING = 1024;

  private final FileSystem files;
  private final Path folder;
  private final String pipeline;

  StoredReports(Lake lake, String pipeline) {
    this.files = lake.files();
    this.folder = lake.reports();
    this.pipeline = pipeline;
  }

  /**
   * Writes a page.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if it cannot be written
   */
  Path store(String name, byte[] page) {
    Path file = new Path(folder, name + EXTENSION);
    try (OutputStream out = files.create(file, true)) {
      out.write(page);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(file.toString(), e);
    }
    return file;
  }

  /**
   * Deletes the pages that are older than the retention, but never the newest; what cannot be
   * deleted now is tried again after the next page.
   */
  void prune(Instant now, Duration retention) {
    try {
      long oldest = now.minus(retention).toEpochMilli();
      boolean newest = true;
      for (FileStatus page : newestFirst()) {
        boolean old = page.getModificationTime() < oldest;
        if ((newest || old) && isOwn(page.getPath())) {
          if (!newest) {
            files.delete(page.getPath(), false);
          }
          newest = false;
        }
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete old reports in {}", folder, e);
    }
  }

  private List<FileStatus> newestFirst() throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .filter(file -> file.isFile() && NAME.matcher(file.getPath().getName()).matches())
        .sorted(Comparator.comparing(FileStatus::getModificationTime).reversed())
        .toList();
  }

  private boolean isOwn(Path page) throws IOException {
    try (InputStream in = files.open(page)) {
      String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
      return beginning.contains("<title>" + HtmlReport.title(pipeline));
    }
  }
}
