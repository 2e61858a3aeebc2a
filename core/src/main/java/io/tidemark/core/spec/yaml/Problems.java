package io.tidemark.core.spec.yaml;

import io.tidemark.core.error.Errors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The problems of one file, and of those that it names, collected so that all are reported at once.
 * Not thread-safe.
 *
 * <p>Texts given to it are printed: they hold no secret.
 */
public final class Problems {
  /**
   * A file with problems.
   *
   * @param order how many files were read before it
   */
  private record Source(FileKind kind, Path path, int order) {
    @Override
    public String toString() {
      return kind.words() + " " + path;
    }
  }

  private record Problem(Source file, Place at, String text, String remedy) {
    String line() {
      String line = text + " (" + remedy + ")";
      return file.path() + ":" + at + ": " + CONTROL.matcher(line).replaceAll(" ");
    }
  }

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final Comparator<Problem> IN_ORDER =
      Comparator.comparing((Problem problem) -> problem.file().order()).thenComparing(Problem::at);

  private final Source file;
  private final List<Problem> found;

  private Problems(Source file, List<Problem> found) {
    this.file = file;
    this.found = found;
  }

  /** No problem yet in this pipeline file. */
  public Problems(Path file) {
    this(FileKind.PIPELINE, file);
  }

  /** No problem yet in this file. */
  public Problems(FileKind kind, Path file) {
    this(new Source(kind, file, 0), new ArrayList<>());
  }

  /** For a file that this one names: what is noted there is reported together with the rest. */
  public Problems of(FileKind kind, Path named) {
    return new Problems(new Source(kind, named, file.order() + 1), found);
  }

  /** Notes what is wrong at a place, and the change that corrects it. */
  public void add(Place at, String problem, String remedy) {
    found.add(new Problem(file, at, problem, remedy));
  }

  /**
   * Ends reading if there is any problem.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code {@code CONFIGURATION} and one
   *     line per problem, {@code file:line:column: problem (remedy)}, in the order of the file
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    // An aliased value is read once for each use, so the same problem may have been noted twice.
    List<Problem> sorted = found.stream().sorted(IN_ORDER).toList();
    List<String> lines = sorted.stream().map(Problem::line).distinct().toList();
    List<Source> files = sorted.stream().map(Problem::file).distinct().toList();
    String count = lines.size() == 1 ? "1 problem" : lines.size() + " problems";
    throw Errors.configuration(
        "Invalid %s: %s\n%s".formatted(joined(files), count, String.join("\n", lines)),
        "Correct the lines named above; " + explained(files) + " every key.");
  }

  private static String joined(List<Source> files) {
    return files.stream().map(Source::toString).collect(Collectors.joining(" and "));
  }

  private static String explained(List<Source> files) {
    List<String> pages = files.stream().map(one -> one.kind().reference()).distinct().toList();
    return String.join(" and ", pages) + (pages.size() == 1 ? " explains" : " explain");
  }
}
