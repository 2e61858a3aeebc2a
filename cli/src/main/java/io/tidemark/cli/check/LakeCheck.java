package io.tidemark.cli.check;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.HadoopSettings;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.yaml.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Looks at the lake without Spark: whether it can be written, and whose it is. */
final class LakeCheck {
  private final PipelineSpec spec;
  private final String shown;

  private LakeCheck(PipelineSpec spec) {
    this.spec = spec;
    this.shown =
        spec.redaction().hides("lake") ? Secrets.REDACTED : Secrets.withoutUserInfo(spec.lake());
  }

  /**
   * Looks at a pipeline's lake; leaves nothing behind.
   *
   * @param source the identity of the pipeline's source; empty if it did not answer
   */
  static List<Finding> run(PipelineSpec spec, Optional<String> source) {
    LakeCheck check = new LakeCheck(spec);
    String where = "lake " + check.shown;
    List<Finding> findings = new ArrayList<>();
    try {
      Path root = new Path(spec.lake());
      FileSystem files = root.getFileSystem(HadoopSettings.ofProcess());
      write(files, files.makeQualified(root));
      findings.add(Finding.ok(where, "writable"));
      findings.add(check.owner(where, LakeOwner.sources(files, root), source));
    } catch (UnsupportedFileSystemException e) {
      findings.add(
          Finding.error(
              where,
              "there is no file system for it: " + e.getMessage(),
              "Put its library on the class path (for s3a: hadoop-aws), or correct 'lake'"));
    } catch (IOException | IllegalArgumentException e) {
      findings.add(Finding.failure(where, Errors.lakeUnreachable(check.shown, e)));
    } catch (TidemarkException e) {
      findings.add(Finding.failure(where, e));
    }
    return findings;
  }

  private static void write(FileSystem files, Path root) throws IOException {
    List<Path> made = missing(files, root);
    Path file = new Path(root, "_tidemark-check-" + UUID.randomUUID());
    try {
      try (OutputStream out = files.create(file, false)) {
        out.write('\n');
      }
      files.delete(file, false);
    } finally {
      for (Path folder : made) {
        if (files.exists(folder) && files.listStatus(folder).length == 0) {
          files.delete(folder, false);
        }
      }
    }
  }

  /** The lake's folder and those above it that writing will make, the innermost first. */
  private static List<Path> missing(FileSystem files, Path root) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path folder = root; folder != null && !files.exists(folder); folder = folder.getParent()) {
      missing.add(folder);
    }
    return missing;
  }

  private Finding owner(String where, Map<String, String> sources, Optional<String> source) {
    String owner = sources.get(spec.name());
    if (owner == null) {
      return Finding.ok(where, "pipeline '%s' has not written to it yet".formatted(spec.name()));
    }
    if (source.isPresent() && !source.get().equals(owner)) {
      return Finding.failure(where, Errors.foreignLake(shown, spec.name(), owner, source.get()));
    }
    return Finding.ok(where, "pipeline '%s' feeds it from %s".formatted(spec.name(), owner));
  }
}
