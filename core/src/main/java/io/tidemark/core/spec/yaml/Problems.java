package io.tidemark.core.spec.yaml;

import io.tidemark.core.error.Errors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The problems of one file, collected so that all are reported at once. Not thread-safe.
 *
 * <p>Texts given to it are printed: they hold no secret.
 */
public final class Problems {
  private record Problem(Place at, String text, String remedy) {}

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private final Path file;
  private final List<Problem> found = new ArrayList<>();

  /** No problem yet in this file. */
  public Problems(Path file) {
    this.file = file;
  }

  /** Notes what is wrong at a place, and the change that corrects it. */
  public void add(Place at, String problem, String remedy) {
    found.add(new Problem(at, problem, remedy));
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
    List<String> lines =
        found.stream()
            .sorted(Comparator.comparing(Problem::at))
            .map(problem -> file + ":" + problem.at() + ": " + line(problem))
            .distinct()
            .toList();
    String count = lines.size() == 1 ? "1 problem" : lines.size() + " problems";
    throw Errors.configuration(
        lines.stream()
            .collect(
                Collectors.joining(
                    "\n", "Invalid pipeline file " + file + ": " + count + "\n", "")),
        "Correct the lines named above; docs/pipeline-reference.md explains every key.");
  }

  private static String line(Problem problem) {
    String line = problem.text() + " (" + problem.remedy() + ")";
    return CONTROL.matcher(line).replaceAll(" ");
  }
}
